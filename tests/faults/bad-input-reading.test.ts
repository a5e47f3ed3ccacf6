/** Files that cannot be read as they stand: each is told with what to do about it, and the rest of the collection goes on. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wavHeader } from '../fixtures/generate/containers.ts';
import { Archivist } from '../support/archivist.ts';
import { withMishaps } from '../support/mishaps.ts';
import { originals } from '../support/originals.ts';
import { longOnly } from '../support/skips.ts';

interface Told {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** A good recording, the bad file, and another good one below: what an accession says, and what a survey says. */
function surveyedAndTaken(archivist: Archivist, folder: string, env: NodeJS.ProcessEnv = {}) {
  archivist.init();
  const survey = archivist.ask(['survey', folder], { env });
  const taken = archivist.ask(archivist.accession(folder), { env });
  return { survey, taken, problems: taken.json.problems as Told[] };
}

describe('given a file that goes wrong while it is read, the archivist reads which one and why, and the rest is taken', () => {
  it('when it vanishes between being listed and being read', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const env = withMishaps({ at: 'tapes/2.wav', does: 'unlink' });
    archivist.init();
    const taken = archivist.ask(archivist.accession(tapes), { env });
    expect(taken).toMatchObject({ status: 1, json: { files: 2, problemsTotal: 1 } });
    expect(taken.json.problems).toEqual([
      {
        path: join(tapes, '2.wav'),
        code: 'vanished',
        message:
          'It was listed, and gone when it was to be read. Find out what removes it, then run this again.',
      },
    ]);
    expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 2 } } });
  });

  it('when it grows while it is read: no digest of a state that it never had, until it rests', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const { survey, taken, problems } = surveyedAndTaken(
      archivist,
      tapes,
      withMishaps({ at: '/2.wav', does: 'grow' }),
    );
    expect(survey).toMatchObject({
      status: 1,
      json: { files: 2, problems: [{ code: 'changed_while_read' }] },
    });
    expect(taken).toMatchObject({ status: 1, json: { files: 2 } });
    expect(problems).toMatchObject([{ path: join(tapes, '2.wav'), code: 'changed_while_read' }]);
    expect(problems[0]?.message).toMatch(/Close what writes to it, then run this again\.$/);
    expect(archivist.ask(archivist.accession(tapes))).toMatchObject({
      status: 0,
      json: { files: 1, alreadyHeld: 2 },
    });
  });

  it('when the disk fails in the middle of it: told with the offset, in survey, accession and audit', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const long = join(tapes, 'long.wav');
    writeFileSync(long, Buffer.alloc(3_000_000, 7));
    const env = withMishaps({ at: 'long.wav', does: 'fail', from: 2_123_456 });
    const { survey, taken, problems } = surveyedAndTaken(archivist, tapes, env);
    const told = {
      path: long,
      code: 'io_error',
      message: expect.stringMatching(/at offset 2123456 \(EIO\)\. Stop writing to this disk/) as string,
    };
    expect(survey).toMatchObject({ status: 1, json: { files: 3, problems: [told] } });
    expect(taken).toMatchObject({ status: 1, json: { files: 3 } });
    expect(problems).toEqual([told]);

    expect(archivist.ask(archivist.accession(tapes))).toMatchObject({ status: 0, json: { files: 1 } });
    const audit = archivist.ask(['audit'], { env });
    expect(audit).toMatchObject({
      status: 1,
      json: { outcomes: { intact: 3, unreadable: 1, altered: 0, missing: 0 } },
    });
    const read = archivist.read(['findings'], { env });
    expect(read.stdout).toMatch(/unreadable[^]*long\.wav[^]*at offset 2123456 \(EIO\)/);
    // A disk that answers again: the same bytes are intact.
    expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ intact: 4 });
  });

  it('when this user may not read it, or not list its folder', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const locked = archivist.tapes('tapes/locked');
    archivist.giveToNobody(archivist.dir);
    chmodSync(join(tapes, '2.wav'), 0);
    chmodSync(locked, 0);
    const asNobody = { asNobody: true };
    expect(archivist.ask(['init', archivist.archive], asNobody).status).toBe(0);
    const taken = archivist.ask(archivist.accession(tapes), asNobody);
    expect(taken).toMatchObject({ status: 1, json: { files: 2, problemsTotal: 2 } });
    const told = new Map(
      (taken.json.problems as Told[]).map(({ path, code, message }) => [path, [code, message]]),
    );
    expect(told.get(join(tapes, '2.wav'))).toEqual([
      'unreadable',
      'It may not be read (EACCES). Give this user permission to read it, then run this again.',
    ]);
    expect(told.get(locked)).toEqual([
      'folder_unreadable',
      'This folder could not be listed (EACCES), so what it holds is unknown. Give this user permission, then run this again.',
    ]);
    chmodSync(locked, 0o755);
    chmodSync(join(tapes, '2.wav'), 0o644);
    expect(archivist.ask(archivist.accession(tapes), asNobody)).toMatchObject({
      status: 0,
      json: { files: 4 },
    });
    // What was held and may not be read any more is unreadable, not altered; what may not be listed is not gone.
    chmodSync(join(tapes, '2.wav'), 0);
    chmodSync(locked, 0);
    expect(archivist.ask(['rescan'], asNobody).json.outcomes).toMatchObject({ gone: 0, not_checked: 3 });
    expect(archivist.ask(['audit'], asNobody).json.outcomes).toMatchObject({
      intact: 2,
      unreadable: 4,
      missing: 0,
    });
    chmodSync(locked, 0o755);
  });
});

describe('given what is no file with sound in it', () => {
  it('when there are pipes, sockets, devices and links, then each is named, none is opened, nothing hangs', async () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    execFileSync('mkfifo', [join(tapes, 'pipe.wav')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(tapes, 'socket.wav'), resolve));
    symlinkSync('a', join(tapes, 'b'));
    symlinkSync('b', join(tapes, 'a'));
    symlinkSync('nowhere.wav', join(tapes, 'dangling.wav'));
    symlinkSync('/etc/hostname', join(tapes, 'outside'));
    symlinkSync('1.wav', join(tapes, 'to-a-file-here.wav'));
    const before = originals(tapes);
    const { survey, taken, problems } = surveyedAndTaken(archivist, tapes);
    expect([survey.status, taken.status]).toEqual([1, 1]);
    expect(taken.json).toMatchObject({ files: 3, leftOut: 1 });
    const told = Object.fromEntries(
      problems.map(({ path, message }) => [path.slice(tapes.length + 1), message]),
    );
    expect(told).toEqual({
      'pipe.wav': 'It is a named pipe, not a file with content. Leave it out or remove it.',
      'socket.wav': 'It is a socket, not a file with content. Leave it out or remove it.',
      a: 'It is a symbolic link to b, which leads in a circle. Repair or remove the link.',
      b: 'It is a symbolic link to a, which leads in a circle. Repair or remove the link.',
      'dangling.wav':
        'It is a symbolic link to nowhere.wav, which does not exist. Repair or remove the link.',
      outside:
        'It is a symbolic link to /etc/hostname and was not followed. If what it points to belongs to this accession, name that path as well.',
    });
    expect(survey.json.problemsTotal).toBe(6);
    expect(originals(tapes)).toEqual(before);
    server.close();
  });

  it('when a file has no bytes, then it is kept, with a word about it', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const empty = join(tapes, 'empty.wav');
    writeFileSync(empty, '');
    const { taken } = surveyedAndTaken(archivist, tapes);
    expect(taken).toMatchObject({ status: 0, json: { files: 4, problems: [] } });
    const said = archivist.ask(['jobs', 'show', 'job-1']).json.problems;
    expect(said).toMatchObject({ rows: [{ path: empty, code: 'empty_file', severity: 'advisory' }] });
    expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ intact: 4 });
    expect(archivist.ask(['show', empty]).json.digests).toEqual({
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  it('when a thousand things are left out by rule, then the one problem is still named first', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const droppings = join(tapes, 'aaa');
    mkdirSync(droppings);
    for (let n = 0; n < 1100; n += 1) writeFileSync(join(droppings, `._${n}`), '');
    symlinkSync('nowhere', join(tapes, 'zzz'));
    archivist.init();
    const taken = archivist.ask(archivist.accession(tapes));
    expect(taken.json).toMatchObject({
      leftOut: 1100,
      problemsTotal: 1,
      problems: [{ path: join(tapes, 'zzz') }],
    });
    expect(archivist.read(['jobs', 'show', 'job-1']).stdout).toMatch(/^ {2}Problem: .*zzz\n/m);
  });
});

describe('given very large files', () => {
  longOnly('when a sparse file of 5 GB is taken, then it is read to its end and verified', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    const sparse = join(tapes, 'sparse.wav');
    const size = 5_000_000_000;
    const handle = openSync(sparse, 'w');
    // The header's 32 bits cannot say it: a recorder writes what fits.
    writeSync(handle, wavHeader(0xffff_ff00, {}, { rate: 44100, channels: 2, bits: 16 }));
    ftruncateSync(handle, size);
    closeSync(handle);
    archivist.keep(tapes);
    expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 4 } } });
    expect(archivist.ask(['show', sparse]).json.replicas).toMatchObject([{ size }]);
    rmSync(sparse);
  });
});
