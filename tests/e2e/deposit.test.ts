import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { bagsIn as bags, sha256sum } from '../support/bag-folders.ts';
import { originals } from '../support/originals.ts';

let archivist: Archivist;
let store: string;

function makeStore(name = 'Deep'): string {
  const root = archivist.path(name);
  const added = archivist.read(['location', 'add', root, '--name', name, '--writes', 'managed']);
  expect(added.status, added.stderr).toBe(0);
  return root;
}

function deposit(...folders: string[]): string[] {
  return [...archivist.accession(...folders), '--to', 'Deep'];
}

function counters(): void {
  const log = archivist.ask(['log', 'verify']);
  expect(log.json).toMatchObject({ ok: true });
}

beforeEach(() => {
  archivist = new Archivist();
  archivist.init();
  store = makeStore();
});

describe('an accession that is copied into a managed location', () => {
  it('makes a bag that sha256sum finds valid, and leaves what it copied as it was', () => {
    const tapes = archivist.tapes('tapes', 3);
    mkdirSync(join(tapes, 'side b'));
    writeFileSync(join(tapes, 'side b', 'notes.txt'), 'what was said');
    utimesSync(join(tapes, '1.wav'), 1, 1_000_000);
    const before = originals(tapes);
    const { status, json, stderr } = archivist.ask(deposit(tapes));
    expect(status, stderr).toBe(0);
    expect(json).toMatchObject({ files: 4, objects: 4, problems: [], accession: { number: '2026-0001' } });
    const [bag = '', ...more] = bags(store);
    expect(more).toEqual([]);
    sha256sum(bag);
    expect(readFileSync(join(bag, 'data', 'side b', 'notes.txt'), 'utf8')).toBe('what was said');
    expect(statSync(join(bag, 'data', '1.wav')).mtimeMs).toBe(1_000_000_000);
    expect(originals(tapes)).toEqual(before);
    expect(readFileSync(join(bag, 'bag-info.txt'), 'utf8')).toContain('External-Description: Tapes');
  });

  it('counts as verified, for its bytes were read back and compared', () => {
    archivist.ask(deposit(archivist.tapes()));
    expect(archivist.ask(['status']).json).toMatchObject({
      replicas: 3,
      byOutcome: { intact: 3 },
      overdue: 0,
    });
    const audit = archivist.ask(['audit']);
    expect(audit.json).toMatchObject({ outcomes: { intact: 3 }, tagFiles: { findings: [] } });
    expect(audit.status).toBe(0);
    const rescan = archivist.ask(['rescan']);
    expect(rescan.json).toMatchObject({ outcomes: { unchanged: 3, untracked: 0, gone: 0 } });
    counters();
  });

  it('adds what is new as the next accrual, a bag of its own, and copies nothing twice', () => {
    const tapes = archivist.tapes();
    archivist.ask(deposit(tapes));
    const again = archivist.ask(deposit(tapes));
    expect(again.json).toMatchObject({
      files: 0,
      alreadyHeld: 3,
      accession: { number: '2026-0001', accrual: 1 },
    });
    expect(bags(store)).toHaveLength(1);
    writeFileSync(join(tapes, '4.txt'), 'found later');
    const later = archivist.ask(deposit(tapes));
    expect(later.json).toMatchObject({
      files: 1,
      alreadyHeld: 3,
      accession: { number: '2026-0001', accrual: 2 },
    });
    const [, second = ''] = bags(store);
    expect(second.endsWith('/2026-0001-a2')).toBe(true);
    sha256sum(second);
  });

  it('titles what it had to rename by its own name, and finds it by that and by its cue sheet', () => {
    const folder = join(archivist.path('shelf'), 'Live? (Disc 1)');
    mkdirSync(folder, { recursive: true });
    archivist.copyFixture('wav-pcm16.wav', join(folder, 'What?.wav'));
    const cue = 'FILE "What?.wav" WAVE\n  TRACK 01 AUDIO\n    TITLE "Opening night"\n    INDEX 01 00:00:00\n';
    writeFileSync(join(folder, 'disc.cue'), cue);
    expect(archivist.ask(deposit(archivist.path('shelf'))).json).toMatchObject({ files: 2 });
    const named = { title: 'What?', itemTitle: 'Live? (Disc 1)' };
    for (const words of ['what', 'live disc', 'opening night'])
      expect(archivist.ask(['search', words]).json['rows'], words).toContainEqual(
        expect.objectContaining(named) as unknown,
      );
  });

  it('copies nothing twice because a name has got a twin, or lost it', () => {
    const tapes = archivist.path('twins');
    mkdirSync(join(tapes, 'Side A'), { recursive: true });
    for (const name of ['Take.wav', 'Side A/One.wav']) writeFileSync(join(tapes, name), `what is on ${name}`);
    expect(archivist.ask(deposit(tapes)).json).toMatchObject({ files: 2 });
    for (const name of ['TAKE.wav', 'Side A/ONE.wav']) writeFileSync(join(tapes, name), `and on ${name}`);
    expect(archivist.ask(deposit(tapes)).json).toMatchObject({ files: 2, alreadyHeld: 2 });
    rmSync(join(tapes, 'Take.wav'));
    expect(archivist.ask(deposit(tapes)).json).toMatchObject({ files: 0, alreadyHeld: 3 });
    expect(archivist.ask(['status']).json).toMatchObject({ objects: 4, replicas: 4 });
  });

  it('sees that a file was changed since, although its size and its time are as they were', () => {
    const tapes = archivist.tapes();
    archivist.ask(deposit(tapes));
    const [changed, touched] = [join(tapes, '1.wav'), join(tapes, '2.wav')];
    const { atime, mtime } = statSync(changed);
    const bytes = readFileSync(changed);
    bytes[bytes.length - 1] = 0x21;
    writeFileSync(changed, bytes);
    utimesSync(changed, atime, mtime);
    // Only looked at otherwise: the same content is not copied again.
    utimesSync(touched, statSync(touched).atime, statSync(touched).mtime);
    expect(archivist.ask(deposit(tapes)).json).toMatchObject({ files: 1, alreadyHeld: 2 });
    expect(bags(store)).toHaveLength(2);
    expect(archivist.ask(deposit(tapes)).json).toMatchObject({ files: 0, alreadyHeld: 3 });
  });

  it('takes names that no bag can have under others, and says which in the bag', () => {
    const tapes = archivist.path('odd');
    mkdirSync(tapes);
    const names = [
      Buffer.from([0xff, 0xfe, 0x2e, 0x77]),
      Buffer.from('a\nb.txt'),
      Buffer.from('CON'),
      Buffer.from('50%.txt'),
    ];
    for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${tapes}/`), name]), name);
    const { json, status, stderr } = archivist.ask(deposit(tapes));
    expect(status, stderr).toBe(0);
    expect(json).toMatchObject({ files: 4 });
    const [bag = ''] = bags(store);
    sha256sum(bag);
    const table = readFileSync(join(bag, 'holdfast', 'original-names.tsv'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1);
    const originalsTold = table.map((line) =>
      Buffer.from(line.split('\t')[1] ?? '', 'base64').toString('latin1'),
    );
    expect(originalsTold.sort()).toEqual(names.map((name) => name.toString('latin1')).sort());
  });

  it('finds what is damaged in a bag afterwards, its tag files too', () => {
    archivist.ask(deposit(archivist.tapes()));
    const [bag = ''] = bags(store);
    writeFileSync(join(bag, 'data', '1.wav'), 'gone');
    writeFileSync(join(bag, 'bag-info.txt'), 'touched by hand');
    writeFileSync(join(bag, 'data', 'stranger.wav'), 'who put this here');
    const audit = archivist.ask(['audit']);
    expect(audit.status).toBe(1);
    expect(audit.json).toMatchObject({
      outcomes: { intact: 2 },
      tagFiles: { findingsTotal: 1, findings: [{ outcome: 'altered' }] },
    });
    const rescan = archivist.ask(['rescan']);
    expect(rescan.json).toMatchObject({ outcomes: { untracked: 1 } });
  });

  it('is refused where the place is none for it', () => {
    const tapes = archivist.tapes();
    expect(archivist.ask([...archivist.accession(tapes), '--to', 'Nowhere']).status).toBe(2);
    archivist.read(['location', 'add', archivist.path(), '--name', 'In place']);
    const inPlace = archivist.ask([...archivist.accession(tapes), '--to', 'In place']);
    expect(inPlace.status).toBe(2);
    rmSync(join(store, '.holdfast'), { recursive: true });
    const unmarked = archivist.ask(deposit(tapes));
    expect(unmarked.status).toBe(3);
    expect(unmarked.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0 });
  });
});

describe('a managed location', () => {
  it('takes the deposits of two archives, and neither counts or sweeps what is the other one’s', () => {
    archivist.ask(deposit(archivist.tapes('mine', 2)));
    const other = new Archivist();
    other.init();
    const added = other.read(['location', 'add', store, '--name', 'Deep', '--writes', 'managed']);
    expect(added.status, added.stderr).toBe(0);
    const theirs = other.ask([...other.accession(other.tapes('theirs', 3)), '--to', 'Deep']);
    expect(theirs.json).toMatchObject({ files: 3 });
    for (const [keeper, files] of [
      [archivist, 2],
      [other, 3],
    ] as const) {
      expect(keeper.ask(['audit']).json).toMatchObject({ outcomes: { intact: files }, findingsTotal: 0 });
      expect(keeper.ask(['rescan']).json).toMatchObject({ outcomes: { unchanged: files, untracked: 0 } });
    }
  });

  it('keeps nothing of a deposit that was cancelled', async () => {
    const tapes = archivist.tapes();
    const { pid, answer } = archivist.begin([...deposit(tapes), '--limit', '2k']);
    const staged = () =>
      readdirSync(join(store, '.holdfast'), { recursive: true, encoding: 'utf8' }).some((name) =>
        name.endsWith('.wav'),
      );
    await expect.poll(staged, { timeout: 60_000 }).toBe(true);
    process.kill(pid ?? 0, 'SIGINT');
    expect((await answer).status).toBe(130);
    const [job] = archivist.ask(['jobs', 'list']).json['rows'] as { id: string; state: string }[];
    expect(job?.state).toBe('paused');
    archivist.ask(['jobs', 'cancel', job?.id ?? '']);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0, openJobs: 0 });
    expect(bags(store)).toEqual([]);
    const staging = join(store, '.holdfast', 'staging');
    const left = execFileSync('find', [staging, '-type', 'f'], { encoding: 'utf8' });
    expect(left).toBe('');
  });
});

describe('a marker', () => {
  it('that turns up elsewhere asks whether it was moved or copied, and is never merged', () => {
    const clone = archivist.path('clone');
    execFileSync('cp', ['-a', store, clone]);
    const added = archivist.ask(['location', 'add', clone, '--name', 'Clone', '--writes', 'managed']);
    expect(added.status).toBe(2);
    expect(JSON.stringify(added.json)).toContain('moved');
    const copied = archivist.ask([
      'location',
      'add',
      clone,
      '--name',
      'Clone',
      '--writes',
      'managed',
      '--copied',
    ]);
    expect(copied.status).toBe(0);
    const markers = [store, clone].map((root) => readFileSync(join(root, '.holdfast/location.json'), 'utf8'));
    expect(markers[0]).not.toBe(markers[1]);
  });
});

describe('a replication', () => {
  it('makes bags of what is in place, and the same bags again elsewhere', () => {
    const tapes = archivist.tapes();
    expect(archivist.ask(archivist.accession(tapes)).status).toBe(0);
    const other = makeStore('Other');
    const first = archivist.ask(['replicate', '2026-0001', '--to', 'Deep']);
    expect(first.status, first.stderr).toBe(0);
    expect(first.json).toMatchObject({ copied: 3, verified: 3, skipped: 0, problems: [] });
    const second = archivist.ask(['replicate', '--all', '--to', 'Other']);
    expect(second.json).toMatchObject({ copied: 3, skipped: 0 });
    const [a = '', b = ''] = [...bags(store), ...bags(other)];
    sha256sum(a);
    sha256sum(b);
    execFileSync('diff', ['-r', a, b]);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 9, objects: 3 });
    expect(archivist.ask(['replicate', '--all', '--to', 'Other']).json).toMatchObject({
      copied: 0,
      skipped: 1,
    });
    counters();
  });

  it('takes another copy where one is damaged, and says so', () => {
    const tapes = archivist.tapes();
    archivist.ask(archivist.accession(tapes));
    archivist.ask(['replicate', '--all', '--to', 'Deep']);
    makeStore('Other');
    const [bag = ''] = bags(store);
    writeFileSync(join(bag, 'data', '2.wav'), 'rotten');
    const replicated = archivist.ask(['replicate', '--all', '--to', 'Other']);
    expect(replicated.json).toMatchObject({
      copied: 3,
      problemsTotal: 1,
      problems: [{ code: 'copy_differs' }],
    });
    expect(replicated.status).toBe(1);
    const [good = ''] = bags(archivist.path('Other'));
    sha256sum(good);
  });

  it('makes no bag where a content has no good copy left', () => {
    const tapes = archivist.tapes();
    archivist.ask(archivist.accession(tapes));
    writeFileSync(join(tapes, '2.wav'), 'rotten');
    const replicated = archivist.ask(['replicate', '--all', '--to', 'Deep']);
    expect(replicated.status).toBe(1);
    expect(replicated.json).toMatchObject({ copied: 0, bags: [] });
    expect(JSON.stringify(replicated.json)).toContain('no_good_copy');
    expect(bags(store)).toEqual([]);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 3 });
  });
});
