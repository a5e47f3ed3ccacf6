import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReader } from '../../electron/adapters/sqlite/catalogue-reader.ts';
import type { CatalogueReader } from '../../electron/core/ports/catalogue.ts';
import type { ScannedFolder } from '../../electron/core/ports/readings.ts';
import { rawPath, utf8Path } from '../../shared/domain/path.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';
import { agent, nameOf, stampOf, writtenCatalogue, type MadeFile } from '../support/written-catalogue.ts';

const dir = sharedFolder();
let reader: CatalogueReader;
const under = utf8Path('box');
const latin: MadeFile = { name: Buffer.from('\xe9t\xe9.flac', 'latin1') };
const other: MadeFile = { name: Buffer.from('\xe8t\xe8.flac', 'latin1') };
const files: MadeFile[] = [
  latin,
  other,
  ...['a', 'b', 'c', 'é', 'e\u0301', '\ufffdt\ufffd'].map((name) => ({ name: `${name}.flac` })),
];
let auditId = 0;

beforeAll(() => {
  const { path, writer, begin, record } = writtenCatalogue(dir);
  const opened = begin();
  record(opened, 'box', files);
  record(opened, 'box/inner', [{ name: 'z.flac' }, { name: 'y.flac' }]);
  record(opened, 'boxes', [{ name: 'x.flac' }]);
  record(opened, '', [{ name: 'top.flac' }]);
  writer.closeAccession(opened.actId, 'done');
  const run = writer.beginRun({
    kind: 'audit',
    title: 'A',
    resumeKey: 'a',
    params: {},
    locationIds: [1],
    agent,
  });
  auditId = run.actId;
  writer.recordChecks(auditId, [{ replicaId: 3, outcome: 'intact', bytesRead: 1 }]);
  writer.close();
  reader = openReader(path, { threads: 2 });
});
afterAll(() => reader.close());

function slice(folder: string, scanned: readonly MadeFile[], last = true): ScannedFolder {
  return {
    folder: utf8Path(folder),
    names: scanned.map(nameOf),
    stamps: BigInt64Array.from(
      scanned.flatMap((file) => {
        const { size, mtimeNs, ctimeNs, inode } = stampOf(file);
        return [size, mtimeNs, ctimeNs, inode];
      }),
    ),
    notes: [],
    last,
  };
}

const text = (rows: readonly { readonly name: Uint8Array }[]) =>
  rows.map(({ name }) => Buffer.from(name).toString('latin1'));
const latin1 = (file: MadeFile) => Buffer.from(nameOf(file)).toString('latin1');

describe('compare', () => {
  it('finds everything unchanged in any order, byte by byte', async () => {
    for (const order of [files, [...files].reverse(), [...files].sort(() => -1)]) {
      const [result] = await reader.compare(1, under, [slice('', order)]);
      expect(result).toMatchObject({ unchanged: files.length, added: [], changed: [], gone: [] });
    }
  });

  it('tells added, changed and gone apart', async () => {
    const changed = { ...files[2], mtimeNs: 1_700_000_000_123_456_790n } as MadeFile;
    const scanned = [{ name: 'new.flac' }, changed, ...files.slice(3), other];
    const [result, inner] = await reader.compare(1, under, [
      slice('', scanned),
      slice('inner', [{ name: 'y.flac' }]),
    ]);
    expect(text(result?.added ?? [])).toEqual(['new.flac']);
    expect(result?.changed).toMatchObject([{ replicaId: 3, stamp: { mtimeNs: 1_700_000_000_123_456_790n } }]);
    expect(text(result?.gone ?? [])).toEqual([latin1(latin)]);
    expect(result?.unchanged).toBe(files.length - 2);
    expect(text(inner?.gone ?? [])).toEqual(['z.flac']);
  });

  it('joins the slices of a folder, in one call or in several', async () => {
    const [a, b] = [files.slice(0, 3), files.slice(3, 7)];
    const inOne = await reader.compare(1, under, [slice('', a, false), slice('', b)]);
    expect(inOne.map(({ unchanged }) => unchanged)).toEqual([3, 4]);
    expect(inOne[0]?.gone).toEqual([]);
    expect(text(inOne[1]?.gone ?? [])).toEqual([latin1(files[7] as MadeFile)]);
    const [first] = await reader.compare(1, under, [slice('', a, false)]);
    const [second] = await reader.compare(1, under, [slice('', b, false)]);
    const [third] = await reader.compare(1, under, [slice('', [])]);
    expect([first?.unchanged, second?.unchanged, third?.unchanged]).toEqual([3, 4, 0]);
    expect(text(third?.gone ?? [])).toEqual([latin1(files[7] as MadeFile)]);
  });

  it('is not misled by a scan that was given up', async () => {
    await reader.compare(1, under, [slice('', files.slice(0, 4), false)]);
    const [again] = await reader.compare(1, under, [slice('', files, false)]);
    const [end] = await reader.compare(1, under, [slice('', [])]);
    expect(again).toMatchObject({ unchanged: files.length, added: [], changed: [] });
    expect(end?.gone).toEqual([]);
    await reader.compare(1, under, [slice('', files.slice(0, 4), false)]);
    const [elsewhere] = await reader.compare(1, under, [
      slice('inner', [{ name: 'y.flac' }, { name: 'z.flac' }]),
    ]);
    expect(elsewhere).toMatchObject({ unchanged: 2, gone: [] });
  });

  it('compares the root of a location', async () => {
    const [result] = await reader.compare(1, utf8Path(''), [
      slice('', [{ name: 'top.flac' }, { name: 'x.flac' }]),
    ]);
    expect(result).toMatchObject({ unchanged: 1, gone: [] });
    expect(text(result?.added ?? [])).toEqual(['x.flac']);
  });

  it('knows nothing of a folder or location that was never registered', async () => {
    const [result] = await reader.compare(1, under, [slice('nowhere', [{ name: 'a.flac' }])]);
    expect(text(result?.added ?? [])).toEqual(['a.flac']);
    const [elsewhere] = await reader.compare(9, under, [slice('', [{ name: 'a.flac' }])]);
    expect(text(elsewhere?.added ?? [])).toEqual(['a.flac']);
  });
});

describe('goneFolders', () => {
  const paths = (rows: Awaited<ReturnType<CatalogueReader['goneFolders']>>) =>
    rows.map(
      ({ folder, name }) => `${Buffer.from(folder).toString()}|${Buffer.from(name).toString('latin1')}`,
    );

  it('names what stands in folders that a scan did not come across', async () => {
    expect(paths(await reader.goneFolders(1, under, [utf8Path('')]))).toEqual([
      'inner|y.flac',
      'inner|z.flac',
    ]);
    expect(await reader.goneFolders(1, under, [utf8Path(''), utf8Path('inner')])).toEqual([]);
    expect(
      paths(
        await reader.goneFolders(1, rawPath(Buffer.alloc(0)), [
          utf8Path(''),
          utf8Path('box'),
          utf8Path('box/inner'),
        ]),
      ),
    ).toEqual(['boxes|x.flac']);
    expect(await reader.goneFolders(1, under, [])).toHaveLength(files.length + 2);
  });
});

describe('auditPlan', () => {
  it('takes the longest unverified first, by path, without what the act has checked', async () => {
    const { ids: plan } = await reader.auditPlan(1, auditId);
    expect(plan).not.toContain(3);
    expect(plan).toHaveLength(files.length + 3);
    const { ids: all, verifiedAt } = await reader.auditPlan(1, 999);
    // Verified a moment ago: last of all.
    expect(all.at(-1)).toBe(3);
    expect(verifiedAt.at(-1)).toBeGreaterThan(1_700_000_000_000);
    expect(new Set(verifiedAt.subarray(0, -1))).toEqual(new Set([-1]));
    const checks = await reader.plannedChecks(all);
    expect(checks.map(({ replicaId }) => replicaId)).toEqual([...all]);
    const order = checks.slice(0, -1).map(({ path }) => Buffer.from(path));
    const folderOf = (path: Buffer) => path.subarray(0, path.lastIndexOf(0x2f));
    const sorted = [...order].sort(
      (a, b) => Buffer.compare(folderOf(a), folderOf(b)) || Buffer.compare(a, b),
    );
    expect(order).toEqual(sorted);
    expect(checks[0]).toMatchObject({ size: 1_000, mtimeNs: 1_700_000_000_123_456_789n });
    expect((await reader.auditPlan(2, 1)).ids).toHaveLength(0);
  });
});

describe('openReader', () => {
  it('tells with every call why a catalogue cannot be read', async () => {
    const broken = openReader(`${tempFolder()}/none.sqlite`, { threads: 1 });
    await expect(broken.archive()).rejects.toThrow();
    await expect(broken.locations()).rejects.toThrow();
    await broken.close();
  });

  it('answers calls at once, and ends', async () => {
    const second = openReader(`${dir}/catalogue.sqlite`);
    const answers = await Promise.all([
      second.archive(),
      second.status(Date.now()),
      second.verifyLog(),
      second.locations(),
    ]);
    expect(answers[2].ok).toBe(true);
    await second.close();
    await expect(second.archive()).rejects.toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
