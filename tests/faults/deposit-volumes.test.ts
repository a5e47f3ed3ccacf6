/**
 * Deposits and replications on volumes as disks have them: one that takes two names for one, and ones that fill up, fail or are
 * pulled out while they are written to.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { Archivist, type Answer } from '../support/archivist.ts';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { aVolumeOf, realVolume, type RealVolume } from '../support/real-volumes.ts';
import { itWith } from '../support/skips.ts';

const MB = 1024 * 1024;
const anExt4 = aVolumeOf('ext4');
const anExfat = aVolumeOf('exfat');
const anNtfs = aVolumeOf('ntfs');
/** Slow enough for four files of a megabyte to be under way still when the disk fails. */
const SLOWLY = ['--limit', '1500K'];

function succeed(archivist: Archivist, words: readonly string[]): Answer {
  const answer = archivist.ask(words);
  expect(answer.status, `${words.join(' ')}: ${answer.stdout}${answer.stderr}`).toBe(0);
  return answer;
}

/** Waits until bytes reach the volume; fails where they never do. */
async function untilItIsWritten(store: string): Promise<void> {
  const staging = join(store, '.holdfast/staging');
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      const files = readdirSync(staging, { recursive: true, encoding: 'utf8' });
      if (files.filter((name) => name.endsWith('.bin')).length > 1) return;
    } catch {
      // Not begun yet.
    }
    await delay(25);
  }
  throw new Error('nothing was written to the volume');
}

describe('a volume that takes names for one which differ by case', () => {
  itWith(anExfat, 'keeps each of them in a valid bag, deposited, replicated and found again', () => {
    const archivist = new Archivist();
    archivist.init();
    const first = realVolume('exfat', archivist.path('first'), 40);
    const second = realVolume('exfat', archivist.path('second'), 40);
    writeFileSync(join(first.at, 'tried'), '');
    expect(readdirSync(first.at)).toContain('tried');
    expect(readFileSync(join(first.at, 'TRIED'), 'utf8'), 'the volume tells names apart').toBe('');
    rmSync(join(first.at, 'tried'));
    for (const [name, volume] of Object.entries({ First: first, Second: second }))
      succeed(archivist, [
        'location',
        'add',
        join(volume.at, 'store'),
        '--name',
        name,
        '--writes',
        'managed',
      ]);

    const tapes = archivist.path('tapes');
    const names = [
      'Case.wav',
      'CASE.WAV',
      'case.wav',
      'Side A/1.wav',
      'side a/1.wav',
      'é.wav',
      'e\u0301.wav',
    ];
    for (const name of names) {
      mkdirSync(join(tapes, name, '..'), { recursive: true });
      writeFileSync(join(tapes, name), `what is on ${Buffer.from(name).toString('hex')}`);
    }
    const deposited = succeed(archivist, [...archivist.accession(tapes), '--to', 'First']);
    expect(deposited.json).toMatchObject({ files: names.length, problems: [] });
    succeed(archivist, ['replicate', '--all', '--to', 'Second']);

    for (const volume of [first, second]) {
      const bags = bagsIn(join(volume.at, 'store'));
      expect(bags).toHaveLength(1);
      const [bag = ''] = bags;
      sha256sum(bag);
      expect(succeed(archivist, ['bag', 'validate', bag]).json).toMatchObject({
        bags: [{ verdict: 'valid' }],
      });
      const kept = readFileSync(join(bag, 'holdfast/original-names.tsv'), 'utf8')
        .split('\n')
        .map((line) => Buffer.from(line.split('\t')[1] ?? '', 'base64').toString());
      expect(kept).toEqual(expect.arrayContaining(['Case.wav', 'CASE.WAV', 'Side A/1.wav', 'e\u0301.wav']));
    }
    const audit = succeed(archivist, ['audit']);
    expect(audit.json).toMatchObject({ outcomes: { intact: 2 * names.length }, findings: [] });
    const found = succeed(archivist, ['search', 'case']).json['rows'];
    expect(found).toHaveLength(3);
    expect(succeed(archivist, ['status']).json).toMatchObject({
      objects: names.length,
      replicas: 2 * names.length,
    });
  });

  itWith(anExfat, 'takes a bag of what stands in place elsewhere under such names', () => {
    const archivist = new Archivist();
    const tapes = archivist.path('tapes');
    mkdirSync(tapes);
    for (const name of ['Take.bin', 'TAKE.bin']) writeFileSync(join(tapes, name), name);
    archivist.keep(tapes);
    const volume = realVolume('exfat', archivist.path('volume'), 40);
    const store = join(volume.at, 'store');
    succeed(archivist, ['location', 'add', store, '--name', 'Deep', '--writes', 'managed']);
    expect(succeed(archivist, ['replicate', '--all', '--to', 'Deep']).json).toMatchObject({
      copied: 2,
      verified: 2,
    });
    const [bag = ''] = bagsIn(store);
    sha256sum(bag);
    rmSync(archivist.archive, { recursive: true });
    // What stood in place is not there to be asked again.
    rmSync(tapes, { recursive: true });
    const rebuilt = archivist.ask(['rebuild', archivist.archive, '--from', store]);
    expect(rebuilt.status, rebuilt.stderr).toBeLessThan(2);
    const audit = archivist.ask(['audit', '--location', 'Deep']);
    expect(audit.json).toMatchObject({ outcomes: { intact: 2 } });
  });
});

describe('a volume that lists names in other letters than they were written in', () => {
  itWith(anNtfs, 'is refused before anything stands there', () => {
    const archivist = new Archivist();
    archivist.init();
    const volume = realVolume('ntfs', archivist.path('volume'), 40);
    const added = archivist.ask([
      'location',
      'add',
      join(volume.at, 'Store'),
      '--name',
      'Deep',
      '--writes',
      'managed',
    ]);
    expect(added.status).toBe(3);
    expect(added.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    expect(added.stdout).toContain('ignore_case');
    expect(
      readdirSync(volume.at, { recursive: true }).filter(
        (name) => !/^(store|store.\.holdfast)$/.test(String(name)),
      ),
    ).toEqual([]);
    expect(archivist.ask(['location', 'list']).json).toMatchObject({ rows: [] });
  });
});

/** Four files of a megabyte, a volume to deposit them on, and another place beside it. */
function scene(kind: 'deposit' | 'replication'): {
  archivist: Archivist;
  volume: RealVolume;
  store: string;
  words: string[];
  elsewhere: string[];
  before: number;
} {
  const archivist = new Archivist();
  archivist.init();
  const volume = realVolume('ext4', archivist.path('volume'), 24);
  // The root of the location is where the volume is mounted, so that the folder is there when the volume is not.
  const store = volume.at;
  const place = (root: string, name: string): Answer =>
    succeed(archivist, ['location', 'add', root, '--name', name, '--writes', 'managed']);
  place(store, 'Deep');
  place(archivist.path('other'), 'Other');
  const tapes = archivist.path('tapes');
  mkdirSync(tapes);
  for (let n = 1; n <= 4; n += 1) writeFileSync(join(tapes, `${String(n)}.bin`), Buffer.alloc(MB, n));
  const accession = archivist.accession(tapes);
  if (kind === 'replication') succeed(archivist, accession);
  const to = (name: string): string[] =>
    kind === 'deposit' ? [...accession, '--to', name] : ['replicate', '--all', '--to', name];
  return {
    archivist,
    volume,
    store,
    words: to('Deep'),
    elsewhere: to('Other'),
    before: kind === 'deposit' ? 0 : 4,
  };
}

function onlyRecorded(archivist: Archivist, replicas: number): void {
  expect(archivist.ask(['status']).json).toMatchObject({ replicas });
}

function isWhole(archivist: Archivist, root: string, replicas: number): void {
  const bags = bagsIn(root);
  expect(bags).toHaveLength(1);
  for (const bag of bags) sha256sum(bag);
  onlyRecorded(archivist, replicas);
  expect(succeed(archivist, ['log', 'verify']).json).toMatchObject({ ok: true });
}

describe.for(['deposit', 'replication'] as const)('a %s on a disk that', (kind) => {
  itWith(anExt4, 'fills up in the middle goes on once there is room, and elsewhere meanwhile', async () => {
    const { archivist, volume, store, words, elsewhere, before } = scene(kind);
    const { answer } = archivist.begin([...words, ...SLOWLY]);
    await untilItIsWritten(store);
    const junk = join(volume.at, 'junk');
    expect(() => writeFileSync(junk, Buffer.alloc(24 * MB))).toThrow('ENOSPC');
    const stopped = await answer;
    expect(stopped.status).toBe(3);
    expect(stopped.json).toMatchObject({ error: { code: 'DISK_FULL' } });
    onlyRecorded(archivist, before);
    expect(bagsIn(store)).toEqual([]);

    // Nobody has to wait for that disk.
    succeed(archivist, elsewhere);
    isWhole(archivist, archivist.path('other'), before + 4);

    rmSync(junk);
    const done = archivist.ask(words);
    expect(done.status, done.stdout + done.stderr).toBe(0);
    isWhole(archivist, store, before + 8);
  });

  itWith(anExt4, 'becomes read-only in the middle is told, and goes on once it is mended', async () => {
    const { archivist, volume, store, words, before } = scene(kind);
    const { answer } = archivist.begin([...words, ...SLOWLY]);
    await untilItIsWritten(store);
    volume.turnReadOnly();
    const stopped = await answer;
    expect(stopped.status).toBe(3);
    expect(stopped.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    expect(stopped.stdout).toContain('Deep');
    onlyRecorded(archivist, before);
    expect(archivist.ask(words).status).toBe(3);
    onlyRecorded(archivist, before);

    volume.plugIn();
    succeed(archivist, words);
    isWhole(archivist, store, before + 4);
  });

  itWith(
    anExt4,
    'is pulled out in the middle leaves nothing where it was, and goes on once it is back',
    async () => {
      const { archivist, volume, store, words, before } = scene(kind);
      const { answer } = archivist.begin([...words, ...SLOWLY]);
      await untilItIsWritten(store);
      volume.unplug();
      const stopped = await answer;
      expect(stopped.status).toBe(3);
      expect(stopped.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
      expect(readdirSync(volume.at), 'on the disk below').toEqual([]);
      onlyRecorded(archivist, before);
      expect(archivist.ask(words).status).toBe(3);
      expect(readdirSync(volume.at), 'on the disk below').toEqual([]);

      volume.plugIn();
      succeed(archivist, words);
      isWhole(archivist, store, before + 4);
    },
  );
});
