import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { Custodian, expectSound, TERMS } from '../support/custodian.ts';
import { holdfast } from '../support/holdfast.ts';
import { originals } from '../support/originals.ts';
import {
  archiveFolder,
  differences,
  everyRow,
  filesIn,
  forgeSupplement,
  putDigest,
  type Rows,
} from '../support/rebuilt.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

interface Told {
  readonly code: string;
  readonly message: string;
}

/** A vault of two accessions with an old snapshot and newer supplements: what every test has a copy of. */
const shared = sharedFolder();
let before: Rows | undefined;

function prepare(): Rows {
  if (before !== undefined) return before;
  const us = new Custodian();
  us.deposit();
  const old = filesIn(us.vault, 'snapshots').at(-1) ?? '';
  copyFileSync(old, join(shared, old.split('/').at(-1) ?? ''));
  copyFileSync(`${old}.sha256`, join(shared, `${old.split('/').at(-1) ?? ''}.sha256`));
  us.do('describe', 'acc-1', '--set', 'title=Tapes of the kettle');
  us.do('accession', us.tapes('more', 2), '--title', 'More', '--to', 'Vault', ...TERMS);
  cpSync(us.vault, join(shared, 'vault'), { recursive: true });
  return (before = us.rows());
}

let vault = '';
let archive = '';
let rows: Rows = {};

beforeEach(() => {
  rows = prepare();
  const dir = realpathSync(tempFolder());
  vault = join(dir, 'vault');
  archive = join(dir, 'archive');
  cpSync(join(shared, 'vault'), vault, { recursive: true });
});

function rebuild(...words: readonly string[]) {
  const ran = holdfast(['rebuild', archive, '--from', vault, '--moved', '--json', ...words]);
  const json = JSON.parse(ran.stdout) as {
    problems: Told[];
    notes: Told[];
    snapshot: unknown;
    supplements: number;
    error?: Told;
  };
  return { status: ran.status, json, codes: (json.problems ?? []).map(({ code }) => code) };
}

const snapshots = () => filesIn(vault, 'snapshots');
const newest = () => snapshots().at(-1) ?? '';
const supplement = (number: number) => filesIn(vault, 'supplements')[number] ?? '';

function withoutSnapshots(): void {
  rmSync(join(archiveFolder(vault), 'snapshots'), { recursive: true });
}

/** All but where the location stands: every copy of the vault is somewhere else. */
function expectEqual(): void {
  const { locations: _, ...found } = differences(rows, everyRow(join(archive, 'catalogue.sqlite')));
  expect(found).toEqual({});
  expectSound(archive);
}

describe('a snapshot', () => {
  for (const [what, damage] of [
    ['with a flipped byte', (path: string) => flip(path, 4096 * 3 + 77)],
    ['that is cut off', (path: string) => truncateSync(path, 8192)],
    ['that is empty', (path: string) => truncateSync(path, 0)],
    ['without its digest', (path: string) => rmSync(`${path}.sha256`)],
    ['whose digest is no text', (path: string) => writeFileSync(`${path}.sha256`, Buffer.alloc(64, 0xff))],
    ['that is a link', (path: string) => link(path)],
    ['that is another database', (path: string) => (foreign(path), putDigest(path))],
    ['with a trigger of somebody else’s', (path: string) => (trigger(path), putDigest(path))],
    [
      'whose pages are damaged, under a digest that agrees',
      (path: string) => (scramble(path), putDigest(path)),
    ],
    ['that is renamed to look newer', (path: string) => rename(path)],
  ] as const)
    it(`${what} is refused, and an older one taken`, () => {
      const count = snapshots().length;
      damage(newest());
      const { status, json, codes } = rebuild();
      expect(status, JSON.stringify(json)).toBe(1);
      expect(codes).toEqual(['snapshot_refused']);
      expect(json.snapshot).not.toBeNull();
      expect(count).toBeGreaterThan(1);
      expectEqual();
    });

  it('of a newer program stops the rebuild: an older one would lose what it knows', () => {
    const db = new Database(newest());
    db.pragma('user_version = 99');
    db.close();
    putDigest(newest());
    const { status, json } = rebuild();
    expect(status).toBe(3);
    expect(json.error).toMatchObject({ code: 'CATALOGUE_NEWER' });
    expect(json.error?.message).toContain('newer Holdfast');
    expect(existsSync(archive)).toBe(false);
  });

  it('none of which can be used leaves the supplements, which tell the same', () => {
    for (const path of snapshots()) flip(path, 200);
    const { json } = rebuild();
    expect(json.snapshot).toBeNull();
    expectEqual();
  });
});

describe('a supplement', () => {
  beforeEach(withoutSnapshots);

  for (const [what, damage] of [
    ['with a flipped byte', (path: string) => flip(path, 5000)],
    ['that is cut off', (path: string) => truncateSync(path, readFileSync(path).length - 200)],
    ['that is empty', (path: string) => truncateSync(path, 0)],
    ['with something behind its end', (path: string) => appendFileSync(path, '[1]\n')],
    ['that is one endless line', (path: string) => writeFileSync(path, Buffer.alloc(70 * 1024 * 1024, 0x5b))],
    [
      'that is a deep nest',
      (path: string) =>
        forgeSupplement(path, (lines) => [...lines, '['.repeat(100_000) + ']'.repeat(100_000)]),
    ],
    ['that is a link', (path: string) => link(path)],
    ['that is a folder', (path: string) => (rmSync(path), mkdirSync(path))],
    [
      'of another archive',
      (path: string) => forgeSupplement(path, replacing('"archive":{"id":"', '"archive":{"id":"0')),
    ],
    [
      'with a table that it cannot have',
      (path: string) => forgeSupplement(path, replacing('"table":"items"', '"table":"sqlite_schema"')),
    ],
    [
      'with a column that is none',
      (path: string) => forgeSupplement(path, replacing('"grouping_key"', '"grouping_key) --"')),
    ],
    [
      'that names a path above its location',
      (path: string) => forgeSupplement(path, replacing('/bags/', '/../../')),
    ],
    [
      'with rows of another accession',
      (path: string) =>
        forgeSupplement(path, (lines) =>
          lines.map((line) => (/^\[\d+,1,"[^"]*:/.test(line) ? line.replace(/^\[(\d+),1,/, '[$1,2,') : line)),
        ),
    ],
    [
      'with text for a number',
      (path: string) =>
        forgeSupplement(path, (lines) => lines.map((line) => line.replace(/^\[(\d+),/, '["$1",'))),
    ],
    [
      'with a row of another length',
      (path: string) =>
        forgeSupplement(path, (lines) => lines.map((line) => (line.startsWith('[1,') ? '[1]' : line))),
    ],
  ] as const)
    it(`${what} is refused whole and told; its bag is taken, with its gaps`, () => {
      damage(supplement(0));
      const { status, json, codes } = rebuild();
      expect(status, JSON.stringify(json)).toBe(1);
      expect(codes).toContain('supplement_refused');
      expect(codes).toContain('no_supplement');
      expect(json).toMatchObject({ accessions: 3 });
      expectSound(archive);
    });

  it('of a newer program stops the rebuild', () => {
    forgeSupplement(supplement(0), replacing('"schema":', '"schema":9'));
    expect(rebuild()).toMatchObject({ status: 3, json: { error: { code: 'CATALOGUE_NEWER' } } });
  });

  it('that gives a file another digest than its bag: the bag’s manifest wins, and the log says that something is wrong', () => {
    const real = /^\[\d+,"([0-9a-f]{64})",\d+,/m.exec(readFileSync(supplement(0), 'utf8'))?.[1] ?? '';
    forgeSupplement(supplement(0), (lines) => lines.map((line) => line.replace(real, 'ab'.repeat(32))));
    const { status, json, codes } = rebuild('--verify');
    expect(status, JSON.stringify(json)).toBe(1);
    expect(codes).toEqual(expect.arrayContaining(['digest_differs', 'log_broken']));
    expect(JSON.stringify(json)).not.toContain('altered":1');
    expect(everyRow(join(archive, 'catalogue.sqlite'))['objects']?.join()).toContain(real);
    expectSound(archive);
  });

  it('whose events were changed is taken with them, and the log told as broken', () => {
    for (const path of filesIn(vault, 'supplements'))
      forgeSupplement(path, replacing('taken into custody', 'never taken'));
    const { json, codes } = rebuild();
    expect(codes).toEqual(['log_broken']);
    expect(JSON.stringify(json.problems)).toContain('its details are not the ones that it commits to');
  });
});

describe('a bag', () => {
  const bag = () => join(archiveFolder(vault), 'bags', String(new Date().getUTCFullYear()) + '-0001');

  it('whose manifest was touched does not change a digest that the signed log holds', () => {
    const path = join(bag(), 'manifest-sha256.txt');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^[0-9a-f]{8}/, '00000000'));
    const { status, codes } = rebuild();
    expect(status).toBe(1);
    expect(codes).toEqual(['digest_differs']);
    expectEqual();
  });

  it('that lost a file, and one that is shorter, are told', () => {
    rmSync(join(bag(), 'data', '1.wav'));
    truncateSync(join(bag(), 'data', '2.wav'), 10);
    expect(rebuild().codes.sort()).toEqual(['not_there', 'size_differs']);
    expectEqual();
  });

  it('that leads elsewhere by a link is not followed', () => {
    const data = join(bag(), 'data');
    renameSync(data, join(vault, 'elsewhere'));
    symlinkSync(join(vault, 'elsewhere'), data);
    expect(rebuild().codes).toEqual(['not_there', 'not_there', 'not_there']);
  });

  it('that is gone is told', () => {
    rmSync(bag(), { recursive: true });
    expect(rebuild().codes).toEqual(['bag_missing']);
  });
});

it('a rebuild changes nothing in the location', () => {
  // What is read of the location beside its recordings may well be seen to have been read.
  const withoutAccess = (line: string) =>
    line.includes('/data/') ? line : line.replace(/ \d+ ([0-9a-f]*)$/, ' $1');
  const untouched = originals(vault).map(withoutAccess);
  rebuild();
  expect(originals(vault).map(withoutAccess)).toEqual(untouched);
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const where = Math.min(at, bytes.length - 1);
  bytes[where] = (bytes[where] ?? 0) ^ 0x10;
  writeFileSync(path, bytes);
}

function link(path: string): void {
  renameSync(path, join(vault, 'target'));
  symlinkSync(join(vault, 'target'), path);
}

function foreign(path: string): void {
  rmSync(path);
  const db = new Database(path);
  db.exec('CREATE TABLE archive (id TEXT)');
  db.close();
}

function trigger(path: string): void {
  const db = new Database(path);
  db.exec(`CREATE TRIGGER mine AFTER INSERT ON events BEGIN DELETE FROM descriptions; END`);
  db.close();
}

function scramble(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096 * 20, 4096 * 24);
  writeFileSync(path, bytes);
}

function rename(path: string): void {
  renameSync(path, path.replace(/catalogue-\d+/, 'catalogue-999'));
  renameSync(`${path}.sha256`, `${path.replace(/catalogue-\d+/, 'catalogue-999')}.sha256`);
  putDigest(path.replace(/catalogue-\d+/, 'catalogue-999'));
}

function replacing(from: string, to: string): (lines: string[]) => string[] {
  return (lines) => lines.map((line) => line.replace(from, to));
}
