/** Bags that depositors hand over, with the built program: judged, taken into custody, their digests kept as prior baseline. */
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Archivist, type Answer } from '../support/archivist.ts';
import { digestOf as digest, TestBag } from '../support/bags.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

interface Manifest {
  readonly algorithm: string;
  readonly agreeing: number;
  readonly differing: number;
  readonly absent: number;
  readonly findings: number;
  readonly recorded: boolean;
  readonly before?: unknown;
}

interface Received {
  readonly version: string;
  readonly verdict: string;
  readonly by: string;
  readonly on: string;
  readonly agreeing: number;
  readonly differing: number;
  readonly manifests: readonly Manifest[];
}

const MEBIBYTE = Buffer.alloc(1024 * 1024);

const receivedBy = ({ json }: Answer): readonly Received[] => (json.receivedBags ?? []) as Received[];

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.init();
});

/** What another archive made of three recordings with `bag create`. */
function handedOver(): string {
  const other = new Archivist();
  other.keep(other.tapes('tapes', 3));
  const to = ada.path('in');
  const made = other.read(['bag', 'create', '--accession', 'acc-1', '--to', to, '--name', 'bag']);
  expect(made.status, made.stderr).toBe(0);
  return `${to}/bag`;
}

function catalogueBytes(): number {
  return ['catalogue.sqlite', 'catalogue.sqlite-wal']
    .map((name) => statSync(join(ada.archive, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size);
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function nothingRecorded(): void {
  expect(ada.ask(['status']).json).toMatchObject({ replicas: 0, items: 0 });
  expect(ada.ask(['jobs', 'list']).json).toMatchObject({ rows: [] });
}

const holding = (count: number): Record<string, unknown> => ({
  agreeing: count,
  differing: 0,
  notComparable: 0,
  absent: 0,
  findings: 0,
  recorded: true,
});

describe('a bag that another archive made', () => {
  it('is taken in place, and every digest in it is a prior baseline of what is now in custody', () => {
    const bag = handedOver();
    const done = ada.ask(ada.accession(bag));
    expect(done.status, done.stderr).toBe(0);
    expect(receivedBy(done)).toMatchObject([
      {
        version: '1.0',
        verdict: 'complete',
        by: 'Test archive',
        on: new Date().toISOString().slice(0, 10),
        agreeing: 3,
        differing: 0,
        manifests: [
          { algorithm: 'sha256', ...holding(3) },
          { algorithm: 'sha512', ...holding(3) },
        ],
      },
    ]);
    const [wav = ''] = (ada.ask(['search', '1.wav']).json.rows as { id: string }[]).map(({ id }) => id);
    expect(ada.read(['show', wav]).stdout).toContain('Prior baseline: it was as recorded on');
    expect(ada.read(['show', 'acc-1']).stdout).toContain(
      'came as a bag, BagIt 1.0: complete and well-formed',
    );
    expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
  });

  it('is copied into a managed location, and compared with the copy there', () => {
    expect(
      ada.read(['location', 'add', ada.path('Deep'), '--name', 'Deep', '--writes', 'managed']).status,
    ).toBe(0);
    const bag = handedOver();
    const words = [...ada.accession(bag), '--to', 'Deep'];
    const done = ada.ask(words);
    expect(done.status, done.stderr).toBe(0);
    expect(receivedBy(done)).toMatchObject([
      { agreeing: 3, differing: 0, manifests: [holding(3), holding(3)] },
    ]);

    const again = ada.ask(words);
    expect(again).toMatchObject({ status: 0, json: { files: 0 } });
    expect(receivedBy(again)[0]?.manifests).toMatchObject([
      { recorded: false, before: {} },
      { recorded: false, before: {} },
    ]);
  });

  it('with one byte of its payload changed is taken as it is, and what differs is told and a finding', () => {
    const bag = handedOver();
    const [file = ''] = readFileSync(`${bag}/manifest-sha256.txt`, 'utf8').split('\n');
    damage(`${bag}/${file.slice(66)}`);
    const done = ada.read(ada.accession(bag));
    expect(done.status).toBe(1);
    expect(done.stdout).toContain('2 files as Test archive wrote down: a prior baseline of');
    expect(done.stdout).toMatch(/1 file not as Test archive wrote down on .*: holdfast findings list/);
    const findings = ada.ask(['findings', 'list']).json.rows as { path: string }[];
    expect(findings).toHaveLength(1);
    expect(ada.read(['findings', 'list']).stdout).toContain('A manifest of Test archive of');
    // Told once: from then on it is a finding to decide on.
    expect(ada.ask(ada.accession(bag))).toMatchObject({ status: 0, json: { files: 0 } });
  });

  it('that lacks a file is refused, nothing is recorded, and it can be taken as the folder that it is', () => {
    const bag = handedOver();
    const [line = ''] = readFileSync(`${bag}/manifest-sha256.txt`, 'utf8').split('\n');
    rmSync(`${bag}/${line.slice(66)}`);
    const refused = ada.read(ada.accession(bag));
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain(line.slice(66));
    expect(refused.stderr).toContain('Nothing was taken into custody');
    expect(refused.stderr).toContain('--as-folder');
    nothingRecorded();

    const done = ada.ask([...ada.accession(bag), '--as-folder']);
    expect(done).toMatchObject({ status: 0 });
    expect(done.json).not.toHaveProperty('receivedBags');
    expect(ada.read(['show', 'acc-1']).stdout).toContain('a bag was taken as an ordinary folder, as asked');
  });
});

describe('a bag of somebody', () => {
  it('is dated as it says, and its MD5 and SHA-1 are compared as well; what is digested otherwise is told', () => {
    const bag = new TestBag({
      payload: { 'a 100%25.txt': 'one', 'side\nb.txt': 'two' },
      algorithms: [],
      info: 'Source-Organization: Kitchen\nBagging-Date: 2011-07-02\n',
    });
    const lines = (algorithm: string): string =>
      [
        ['a 100%2525.txt', 'one'],
        ['side%0Ab.txt', 'two'],
      ]
        .map(([path = '', content = '']) => `${digest(algorithm, content)}  data/${path}\n`)
        .join('');
    for (const algorithm of ['md5', 'sha1']) bag.write(`manifest-${algorithm}.txt`, lines(algorithm));
    bag.write('manifest-sha3512.txt', lines('sha3-512'));
    const done = ada.ask(ada.accession(bag.dir));
    expect(done.status, done.stdout).toBe(0);
    expect(receivedBy(done)).toMatchObject([
      {
        verdict: 'undetermined',
        by: 'Kitchen',
        on: '2011-07-02',
        agreeing: 2,
        manifests: [
          { algorithm: 'md5', ...holding(2) },
          { algorithm: 'sha1', ...holding(2) },
          { algorithm: 'sha3512', notTaken: 'algorithm', recorded: false },
        ],
      },
    ]);
  });

  it('stands beside ordinary folders, whose own files are as ever', () => {
    const tapes = ada.tapes('tapes', 2);
    const bag = new TestBag();
    const done = ada.ask(ada.accession(tapes, bag.dir));
    expect(done.status, done.stdout).toBe(0);
    expect(receivedBy(done)).toMatchObject([{ by: 'Kitchen', agreeing: 2, differing: 0 }]);

    expect(
      ada.read(['location', 'add', ada.path('Deep'), '--name', 'Deep', '--writes', 'managed']).status,
    ).toBe(0);
    const deposit = ada.ask([...ada.accession(tapes, bag.dir), '--to', 'Deep']);
    expect(deposit.status, deposit.stdout).toBe(0);
    expect(receivedBy(deposit)).toMatchObject([{ agreeing: 2, differing: 0 }]);
  });

  it('whose manifest leads out of it is refused, and nothing of it is recorded', () => {
    const bag = new TestBag();
    bag.change('manifest-sha256.txt', (text) => `${text}${'a'.repeat(64)}  data/../../../etc/passwd\n`);
    const refused = ada.ask(ada.accession(bag.dir));
    expect(refused).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
    nothingRecorded();
  });

  it('is no bag without its declaration: an ordinary folder', () => {
    const bag = new TestBag();
    rmSync(bag.path('bagit.txt'));
    const done = ada.ask(ada.accession(bag.dir));
    expect(done.status, done.stdout).toBe(0);
    expect(done.json).not.toHaveProperty('receivedBags');
  });

  it('of which a file could not be read at first has that compared when it could, and no other again', () => {
    const bag = new TestBag({}, ada.path('bag'));
    const all = readdirSync(ada.dir, { recursive: true, encoding: 'utf8' });
    ada.giveToNobody(ada.dir, ...all.map((path) => ada.path(path)));
    chmodSync(bag.path('data/a.wav'), 0);
    const first = ada.ask(ada.accession(bag.dir), { asNobody: true });
    expect(first.status).toBe(1);
    expect(receivedBy(first)).toMatchObject([{ agreeing: 1, manifests: [{ absent: 1, recorded: true }] }]);

    chmodSync(bag.path('data/a.wav'), 0o644);
    const second = ada.ask(ada.accession(bag.dir), { asNobody: true });
    expect(second).toMatchObject({ status: 0, json: { files: 1, accession: { accrual: 2 } } });
    expect(receivedBy(second)).toMatchObject([{ agreeing: 2, manifests: [{ before: {}, recorded: true }] }]);
    expect(ada.read(['show', 'acc-1']).stdout).toMatch(
      /Prior baseline of Kitchen.*: 1 file as recorded.*\n[^]*Prior baseline of Kitchen.*: 1 file as/,
    );
  });

  it('is gone on with after the program was killed, and compared whole at the end', async () => {
    const bag = new TestBag();
    // Sparse: long enough to be killed in the middle of, and no room taken.
    const zeros = createHash('sha256');
    for (let n = 0; n < 1024; n++) zeros.update(MEBIBYTE);
    writeFileSync(bag.path('data/z.bin'), '');
    truncateSync(bag.path('data/z.bin'), 1024 * MEBIBYTE.length);
    bag
      .change('bag-info.txt', (text) => text.replace(/^Payload-Oxum.*\n/m, ''))
      .change('manifest-sha256.txt', (text) => `${text}${zeros.digest('hex')}  data/z.bin\n`);
    const before = catalogueBytes();
    const { pid = 0, answer } = ada.begin(ada.accession(bag.dir));
    while (catalogueBytes() === before) await wait(10);
    await wait(100);
    process.kill(pid, 'SIGKILL');
    expect(await answer).toMatchObject({ status: null, stdout: '' });
    expect(ada.ask(['jobs', 'list']).json).toMatchObject({ rows: [{ state: 'interrupted' }] });

    const done = ada.ask(ada.accession(bag.dir));
    expect(done).toMatchObject({ status: 0, json: { accession: { accrual: 1 } } });
    expect(receivedBy(done)).toMatchObject([{ agreeing: 3, manifests: [{ recorded: true }] }]);
    expect(ada.ask(['jobs', 'list']).json).toMatchObject({ rows: [{ state: 'done' }] });
  });
});
