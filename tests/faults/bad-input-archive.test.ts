/** Archives that cannot be worked with: what is so is said, nothing is made worse, and what was held is held afterwards. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Archivist, type Answer } from '../support/archivist.ts';
import { withMishaps } from '../support/mishaps.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

const error = (answer: Answer): { code: string; message: string } =>
  answer.json.error as { code: string; message: string };

describe('given an archive that another process holds', () => {
  it('when a second accession of the same folder is started, then it is told by whom, and the first goes on', async () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    archivist.init();
    const go = archivist.path('go');
    const first = archivist.begin(archivist.accession(tapes), {
      env: withMishaps({ at: 'tapes/2.wav', does: 'hold', until: go }),
    });
    while (!existsSync(join(archivist.archive, 'host.json')))
      await new Promise((resolve) => setTimeout(resolve, 5));

    const second = archivist.ask(archivist.accession(tapes));
    expect([second.status, error(second).code]).toEqual([3, 'ARCHIVE_HELD']);
    expect(error(second).message).toMatch(
      new RegExp(
        `is in use by "accession" \\(process ${String(first.pid)}, since .*\\)\\. Wait until it has ended, or end it, then run this again\\.$`,
      ),
    );
    for (const words of [['audit'], ['rescan'], ['status'], ['show', 'acc-1'], ['jobs', 'cancel', 'job-1']])
      expect(error(archivist.ask(words)).code).toBe('ARCHIVE_HELD');
    // A look needs nothing of a busy archive.
    expect(archivist.ask(['survey', tapes])).toMatchObject({ status: 0, json: { files: 3 } });

    writeFileSync(go, '');
    expect(await first.answer).toMatchObject({ status: 0, json: { files: 3, problems: [] } });
    expect(archivist.ask(archivist.accession(tapes))).toMatchObject({
      status: 0,
      json: { files: 0, alreadyHeld: 3 },
    });
  });

  it('when two begin at the very same time, then one takes custody and the other does nothing', async () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    archivist.init();
    const both = await Promise.all([1, 2].map(() => archivist.begin(archivist.accession(tapes)).answer));
    const codes = both.map(({ status }) => status ?? -1).sort((a, b) => a - b);
    // One after the other is as good: then the second finds nothing new.
    expect(codes[0]).toBe(0);
    expect([0, 3]).toContain(codes[1]);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 3, openJobs: 0 });
    expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  });
});

describe('given an archive on a volume without room', () => {
  itWith(
    theRightToMount,
    'when the catalogue fills it in an accession, then what was recorded stays, and the same command goes on',
    () => {
      const archivist = new Archivist();
      const volume = mountVolume(archivist.path('volume'), '16m');
      const env = { HOLDFAST_ARCHIVE: join(volume.at, 'archive') };
      const tapes = archivist.tapes('tapes', 1200);
      expect(archivist.ask(['init', env.HOLDFAST_ARCHIVE], { env }).status).toBe(0);
      const ballast = join(volume.at, 'ballast');
      const { bavail, bsize } = statfsSync(volume.at);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - 400_000));

      const full = archivist.ask(archivist.accession(tapes), { env });
      expect([full.status, error(full).code]).toEqual([3, 'DISK_FULL']);
      expect(error(full).message).toMatch(
        /is full\. What was being recorded was taken back; the catalogue is whole\. Make room there/,
      );
      expect(archivist.ask(['status'], { env })).toMatchObject({ status: 1, json: { openJobs: 1 } });
      expect(archivist.ask(['log', 'verify'], { env }).json).toMatchObject({ ok: true });

      rmSync(ballast);
      expect(archivist.ask(archivist.accession(tapes), { env })).toMatchObject({
        status: 0,
        json: { files: 1200, problems: [] },
      });
      expect(archivist.ask(['status'], { env })).toMatchObject({
        status: 0,
        json: { replicas: 1200, objects: 1200, openJobs: 0 },
      });
    },
  );

  itWith(
    theRightToMount,
    'when not a byte is left, then every command says that it is full, and loses nothing',
    () => {
      const archivist = new Archivist();
      const volume = mountVolume(archivist.path('volume'), '2m');
      const env = { HOLDFAST_ARCHIVE: join(volume.at, 'archive') };
      const tapes = archivist.tapes();
      expect(archivist.ask(['init', env.HOLDFAST_ARCHIVE], { env }).status).toBe(0);
      expect(archivist.ask(archivist.accession(tapes), { env }).status).toBe(0);
      fill(join(volume.at, 'full'));
      for (const words of [['status'], ['audit'], ['show', 'acc-1'], archivist.accession(tapes)]) {
        const answer = archivist.ask(words, { env });
        expect([words[0], answer.status, error(answer).code]).toEqual([words[0], 3, 'DISK_FULL']);
        expect(error(answer).message).toMatch(/is full\..*Make room there/);
      }
      rmSync(join(volume.at, 'full'));
      expect(archivist.ask(['audit'], { env })).toMatchObject({
        status: 0,
        json: { outcomes: { intact: 3 } },
      });
    },
  );

  itWith(
    theRightToMount,
    'when an archive is to be made there, then none is, and the same command makes it later',
    () => {
      const archivist = new Archivist();
      const volume = mountVolume(archivist.path('volume'), '400k');
      const dir = join(volume.at, 'archive');
      const answer = archivist.ask(['init', dir]);
      expect([answer.status, error(answer)]).toEqual([
        3,
        {
          code: 'DISK_FULL',
          message: `The volume of ${dir} is full, so no archive was made. Make room there, then run this again.`,
        },
      ]);
      expect(error(archivist.ask(['status', '--archive', dir])).code).toBe('ARCHIVE_NOT_FOUND');
      volume.remount('size=4m');
      expect(archivist.ask(['init', dir]).status).toBe(0);
      expect(archivist.ask(['status', '--archive', dir]).status).toBe(0);
    },
  );
});

describe('given an archive that cannot be written to', () => {
  itWith(
    theRightToMount,
    'when its volume is mounted read-only, then it is read, and acts are refused with the reason',
    () => {
      const archivist = new Archivist();
      const volume = mountVolume(archivist.path('volume'), '4m');
      const env = { HOLDFAST_ARCHIVE: join(volume.at, 'archive') };
      const tapes = archivist.tapes();
      expect(archivist.ask(['init', env.HOLDFAST_ARCHIVE], { env }).status).toBe(0);
      expect(archivist.ask(archivist.accession(tapes), { env }).status).toBe(0);
      volume.remount('ro');
      expect(archivist.ask(['status'], { env })).toMatchObject({ status: 0, json: { replicas: 3 } });
      expect(archivist.ask(['show', join(tapes, '1.wav')], { env }).status).toBe(0);
      expect(archivist.ask(['location', 'check'], { env })).toMatchObject({
        status: 0,
        json: { rows: [{ state: 'reachable' }] },
      });
      expect(archivist.ask(['log', 'verify'], { env }).json).toMatchObject({ ok: true });
      for (const words of [
        ['audit'],
        ['rescan'],
        archivist.accession(tapes),
        ['init', join(volume.at, 'other')],
      ]) {
        const answer = archivist.ask(words, { env });
        expect([words[0], answer.status, error(answer).code]).toEqual([words[0], 3, 'ARCHIVE_READ_ONLY']);
        expect(error(answer).message).toMatch(
          /Check who owns it and how its volume is mounted\.$|give this user permission\.$/,
        );
      }
    },
  );

  it('when it belongs to somebody else, then it is read as far as they let, and never called empty', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    archivist.keep(tapes);
    archivist.giveToNobody(archivist.dir);
    const asNobody = { asNobody: true };
    if (process.getuid?.() !== 0) chmodSync(archivist.archive, 0o555);
    expect(archivist.ask(['status'], asNobody)).toMatchObject({ status: 0, json: { replicas: 3 } });
    expect(error(archivist.ask(['audit'], asNobody)).code).toBe('ARCHIVE_READ_ONLY');
    chmodSync(join(archivist.archive, 'catalogue.sqlite'), 0);
    const closed = archivist.ask(['status'], asNobody);
    expect([closed.status, error(closed).code]).toEqual([3, 'ARCHIVE_READ_ONLY']);
    expect(error(closed).message).toMatch(/Check who owns/);
    chmodSync(archivist.archive, 0o755);
  });
});

describe('given a catalogue that is not the one it should be', () => {
  const damages: Record<string, [(catalogue: string) => void, string, RegExp]> = {
    'is not there': [
      (path) => rmSync(path),
      'CATALOGUE_CORRUPT',
      /is not there\. Nothing was changed\. Put a good one in its place/,
    ],
    'is empty': [
      (path) => truncateSync(path, 0),
      'CATALOGUE_CORRUPT',
      /is empty \(0 bytes\)\. Nothing was changed\. Put a good one/,
    ],
    'is cut in half': [
      (path) => truncateSync(path, readFileSync(path).length / 2),
      'CATALOGUE_CORRUPT',
      /is damaged .*Put a good one/,
    ],
    'holds something else from the first byte': [
      (path) => writeFileSync(path, Buffer.alloc(50_000, 'x')),
      'CATALOGUE_CORRUPT',
      /is damaged .*Put a good one/,
    ],
    'was written over in the middle': [
      (path) => overwrite(path, 4096, 200_000),
      'CATALOGUE_CORRUPT',
      /is damaged .*Put a good one/,
    ],
    'is a database of another program': [
      (path) => {
        rmSync(path);
        new Database(path).exec('CREATE TABLE notes (text)').close();
      },
      'CATALOGUE_CORRUPT',
      /is a database, but not a catalogue of Holdfast/,
    ],
    'is a folder': [
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
      'CATALOGUE_CORRUPT',
      /is not a file/,
    ],
    'comes from a newer version': [
      (path) => new Database(path).exec('PRAGMA user_version = 9000').close(),
      'CATALOGUE_NEWER',
      /was written by a newer Holdfast \(schema 9000; this one knows \d+\)\. Nothing was changed\. Use the newer program\.$/,
    ],
    'belongs to another archive': [
      (path) => {
        const file = join(path, '../archive.json');
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(/"id": "[^"]+"/, '"id": "0b5cf3a4-53a7-4b5e-8d2e-6f8f3f0a5d11"'),
        );
      },
      'CATALOGUE_CORRUPT',
      /belongs to another archive than archive\.json/,
    ],
  };
  for (const [what, [damage, code, message]] of Object.entries(damages)) {
    it(`when it ${what}, then every command refuses, and puts nothing in its place`, () => {
      const archivist = new Archivist();
      const tapes = archivist.tapes();
      archivist.keep(tapes);
      const good = archivist.path('good');
      cpSync(archivist.archive, good, { recursive: true });
      damage(join(archivist.archive, 'catalogue.sqlite'));
      const before = contents(archivist.archive);
      for (const words of [
        ['status'],
        ['findings'],
        ['audit'],
        archivist.accession(tapes),
        ['survey', tapes],
      ]) {
        const answer = archivist.ask(words);
        expect([words[0], answer.status, error(answer).code]).toEqual([words[0], 3, code]);
        expect(error(answer).message).toMatch(message);
        expect(answer.stderr).toBe('');
      }
      expect(contents(archivist.archive)).toEqual(before);
      // With the good one back, all is as it was.
      rmSync(archivist.archive, { recursive: true });
      cpSync(good, archivist.archive, { recursive: true });
      expect(archivist.ask(['status']).json).toMatchObject({ replicas: 3 });
    });
  }
});

function fill(path: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=1k'], { stdio: 'ignore' });
  } catch {
    // It ends when there is no more room: that is what it is for.
  }
}

function overwrite(path: string, from: number, length: number): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(length, 0x5a), 0, length, from);
  closeSync(handle);
}

/** All files of an archive but those that SQLite and the lock come and go with. */
function contents(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(({ name }) => !/-(wal|shm)$|^host\./.test(name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return `${path} ${entry.isFile() ? readFileSync(path).toString('base64').length + readFileSync(path).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7) : ''}`;
    })
    .sort();
}
