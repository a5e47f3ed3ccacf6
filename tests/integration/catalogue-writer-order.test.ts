import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSigningKey, loadSigningKey } from '../../electron/adapters/keys/signing-keys.ts';
import { createArchive } from '../../electron/adapters/sqlite/create.ts';
import { signingKeyId } from '../../electron/adapters/sqlite/signing-key-id.ts';
import { openWriter, type WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import { hash } from 'node:crypto';
import type { OpenedAccession } from '../../electron/core/ports/catalogue.ts';
import type { FileOutcome, ScannedFolder } from '../../electron/core/ports/readings.ts';
import { fileKind } from '../../shared/domain/file-kind.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { dumpCatalogue } from '../support/catalogue-dump.ts';

/** Contents are few and names many, so that one content stands at several paths, as audio and as something else. */
interface MadeFile {
  readonly folder: string;
  readonly name: string;
  readonly content: number;
  readonly fails: boolean;
}

const FOLDERS = [
  '',
  'Box',
  'Box/CD1',
  'Box/CD2',
  'Box/Scans',
  'Single',
  'Single/Logs',
  'Mixed',
  'Papers',
  'Papers/Covers',
];
const NAMES = [
  '01 a.wav',
  '02 b.flac',
  '03 c.flac',
  '2-04 d.flac',
  'x',
  'disc.cue',
  'rip.log',
  'cover.jpg',
  'a.txt',
  'e.wav',
];
const ALBUMS = [undefined, 'Nocturnes', 'NOCTURNES', 'Études (CD 1)', 'Études', undefined];

const files = fc.uniqueArray(
  fc.record({
    folder: fc.constantFrom(...FOLDERS),
    name: fc.constantFrom(...NAMES),
    content: fc.nat(14),
    fails: fc.integer({ min: 0, max: 11 }).map((n) => n === 0),
  }),
  { minLength: 1, maxLength: 40, selector: ({ folder, name }) => `${folder}/${name}` },
);

/** What a file reads as follows from its content alone, but for the kind, which its name has a say in. */
function outcomeOf({ name, content, fails }: MadeFile): FileOutcome {
  if (fails) return { status: 'failed', problem: { code: 'io_error', detail: 'EIO' }, offset: content };
  const kind = fileKind(Buffer.from(name));
  const audio = kind === 'audio';
  const album = ALBUMS[content % ALBUMS.length];
  return {
    status: 'read',
    stamp: { size: BigInt(content * 10), mtimeNs: 5n, ctimeNs: 6n, inode: 7n },
    sha256: Buffer.from(hash('sha256', String(content)), 'hex'),
    digests: [{ algorithm: 'md5', value: Buffer.from(hash('md5', String(content)), 'hex') }],
    kind,
    format: { name: audio ? 'FLAC' : 'Unknown', mime: '', puid: '' },
    identifiers: content % 3 === 0 ? [['isrc', `X${content}`]] : [],
    problems: content === 0 ? [{ code: 'empty_file' }] : [],
    ...(audio && { technical: { durationMs: content * 100 } }),
    ...(audio &&
      content % 2 === 0 && {
        embedded: {
          found: '{}',
          ...(content % 4 === 0 && { title: `Title ${content}`, artist: `Artist ${content % 5}` }),
          ...(album !== undefined && { album, date: `199${content % 10}` }),
          track: content,
        },
      }),
  };
}

const notes: ScannedFolder['notes'] = [
  { name: Buffer.from('Thumbs.db'), problem: { code: 'left_out', detail: 'thumbnail cache of Windows' } },
  { name: Buffer.from('link'), problem: { code: 'symlink_not_followed', detail: 'elsewhere' } },
];
const RUNS = process.env.HOLDFAST_LONG === '1' ? 400 : 40;
const agent = { name: 'Ada', softwareVersion: '1' };

function open(dir: string): WriterMethods {
  const path = join(dir, 'catalogue.sqlite');
  return openWriter(path, loadSigningKey(join(dir, 'keys'), signingKeyId(path)));
}

function begin(writer: WriterMethods): OpenedAccession {
  return writer.beginAccession({
    accession: { paths: [{ display: '/a' }], title: 'Bequest', rightsBasis: 'other', rightsNote: '' },
    roots: [{ location: { root: utf8Path('/a'), name: 'a', inode: 1n }, path: utf8Path('') }],
    resumeKey: 'k',
    agent,
  });
}

/** Takes files in, in the order given, a run of a folder at a time; stops after `until` runs, of which `kept` are committed. */
function take(
  writer: WriterMethods,
  opened: OpenedAccession,
  made: readonly MadeFile[],
  propose: boolean,
  until = Infinity,
  kept = 0,
) {
  const locationId = opened.roots[0]?.locationId ?? 0;
  const left = new Map<string, number>();
  for (const { folder } of made) left.set(folder, (left.get(folder) ?? 0) + 1);
  let runs = 0;
  for (let at = 0; at < made.length && runs < until; runs++) {
    const folder = made[at]?.folder ?? '';
    const run: MadeFile[] = [];
    for (; at < made.length && made[at]?.folder === folder && run.length < 3; at++)
      run.push(...made.slice(at, at + 1));
    const { actId, accrualId } = opened;
    writer.recordFiles({
      actId,
      accrualId,
      locationId,
      folder: utf8Path(folder),
      files: run.map((file) => ({ name: Buffer.from(file.name), outcome: outcomeOf(file) })),
    });
    left.set(folder, (left.get(folder) ?? 0) - run.length);
    if (runs + 1 === kept) writer.locationReached(locationId);
    if (propose && left.get(folder) === 0) writer.proposeItems(accrualId, locationId, utf8Path(folder));
  }
  if (runs < until) writer.recordNotes(opened.actId, locationId, utf8Path('Box'), notes);
}

/** What a power cut leaves: the files as they are on disk, the open transaction among them, the process gone. */
function crash(dir: string, writer: WriterMethods, to: string): void {
  mkdirSync(to);
  for (const name of ['catalogue.sqlite', 'catalogue.sqlite-wal'])
    if (existsSync(join(dir, name))) copyFileSync(join(dir, name), join(to, name));
  mkdirSync(join(to, 'keys'));
  const id = signingKeyId(join(dir, 'catalogue.sqlite'));
  for (const half of ['private', 'public'])
    copyFileSync(join(dir, 'keys', `${id}.${half}.pem`), join(to, 'keys', `${id}.${half}.pem`));
  writer.close();
}

it('gives the same catalogue whatever the order of folders and files, and wherever it was cut off', () => {
  const temp = mkdtempSync(join(tmpdir(), 'holdfast-order-'));
  const empty = join(temp, 'empty');
  createArchive({ dir: empty, name: 'Order', agent, createKey: createSigningKey });
  let n = 0;
  const fresh = (): string => {
    const dir = join(temp, String(n++));
    const writer = open(empty);
    crash(empty, writer, dir);
    return dir;
  };
  const shuffles = files.chain((made) =>
    fc.record({
      made: fc.constant(made),
      orders: fc.array(fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length }), {
        minLength: 1,
        maxLength: 3,
      }),
      cuts: fc.array(fc.tuple(fc.nat(made.length), fc.nat(made.length)), { minLength: 3, maxLength: 3 }),
      propose: fc.boolean(),
    }),
  );
  try {
    fc.assert(
      fc.property(shuffles, ({ made, orders, cuts, propose }) => {
        const straight = fresh();
        const writer = open(straight);
        const opened = begin(writer);
        const sorted = [...made].sort((a, b) => (`${a.folder}/${a.name}` < `${b.folder}/${b.name}` ? -1 : 1));
        take(writer, opened, sorted, true);
        const tally = writer.closeAccession(opened.actId, 'done');
        expect(writer.checkCounters()).toEqual([]);
        writer.close();

        let dir = fresh();
        let other = open(dir);
        let again = begin(other);
        for (const [index, order] of orders.entries()) {
          take(other, again, order, propose, ...(cuts[index] ?? []));
          const survivor = join(temp, String(n++));
          crash(dir, other, survivor);
          rmSync(dir, { recursive: true });
          dir = survivor;
          other = open(dir);
          other.markInterrupted();
          again = other.reopenAccession(again.jobId);
        }
        take(other, again, orders[0] ?? made, propose);
        const otherTally = other.closeAccession(again.actId, 'done');
        expect(otherTally).toEqual(tally);
        expect(other.checkCounters()).toEqual([]);
        other.close();
        expect(dumpCatalogue(join(dir, 'catalogue.sqlite'))).toEqual(
          dumpCatalogue(join(straight, 'catalogue.sqlite')),
        );
        rmSync(dir, { recursive: true });
        rmSync(straight, { recursive: true });
      }),
      { numRuns: RUNS },
    );
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
});
