/** Every hostile name that we know, in a bag of ours: read back by us, by sha256sum and sha512sum, and by who unpacks it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BagPayloadFile, writeBagTags } from '../../electron/adapters/bagit/write-bag.ts';
import {
  BagNames,
  foldName,
  ORIGINAL_NAMES_FILE,
  ORIGINAL_NAMES_HEADER,
  originalNameLine,
  readOriginalNameLine,
  unmapBagName,
} from '../../shared/domain/bag-name.ts';
import { decodeUtf8, rawPath, utf8Path, type RawPath } from '../../shared/domain/path.ts';
import { makeHostileNames, removeHostileNames } from '../fixtures/generate/hostile-names.ts';
import { codes, judge } from '../support/bags.ts';
import { itWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';

const folder = sharedFolder();
const bag = join(folder, 'bag');
const mapped = new Map<string, RawPath>();

beforeAll(async () => {
  const source = join(folder, 'source');
  const { entries } = await makeHostileNames(source, 1, { sparseBytes: 4096 });
  const files = entries.filter(({ kind }) => kind === 'file');
  const names = new BagNames((bytes) => createHash('sha256').update(bytes).digest());
  const raws = files.map(({ relative }) => rawPath(Uint8Array.from(relative)));
  for (const raw of raws) names.add(raw);
  const payload: BagPayloadFile[] = [];
  const table = [ORIGINAL_NAMES_HEADER];
  files.forEach(({ path }, i) => {
    const raw = raws[i] as RawPath;
    const name = names.map(raw);
    const content = readWhole(path);
    const to = join(bag, 'data', name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, content, { flag: 'wx' });
    const digest = (algorithm: string) => createHash(algorithm).update(content).digest();
    payload.push({ path: name, size: content.length, sha256: digest('sha256'), sha512: digest('sha512') });
    mapped.set(name, raw);
    table.push(originalNameLine(name, raw) ?? '');
  });
  removeHostileNames(source);
  payload.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const tagFiles = [{ path: ORIGINAL_NAMES_FILE, content: table.join('') }];
  await writeBagTags(utf8Path(bag), { payload, info: [['Source-Organization', 'Kitchen']], tagFiles });
});

/** Read by descriptor: some of them have no permission bits. */
function readWhole(path: Buffer): Buffer {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(1024 * 1024);
    return buffer.subarray(0, readSync(handle, buffer));
  } finally {
    closeSync(handle);
  }
}

describe('a bag of every hostile name', () => {
  it('is valid without a warning, by a reading that shares nothing with the writing', async () => {
    const report = await judge(bag);
    expect([report.verdict, codes(report)]).toEqual(['valid', []]);
    expect(report.payloadVerified).toBe(mapped.size);
    expect(mapped.size).toBeGreaterThan(70);
  });

  it('has names that no system takes for one', () => {
    expect(new Set(Array.from(mapped.keys(), foldName)).size).toBe(mapped.size);
  });

  it('says what each was called before: in its path, or in the table', () => {
    const lines = readFileSync(join(bag, ORIGINAL_NAMES_FILE), 'utf8').split('\n').slice(1, -1);
    const table = new Map(
      lines.map((line) => readOriginalNameLine(line)).map((each) => [each?.path, each?.raw]),
    );
    for (const [path, raw] of mapped) {
      const original = table.get(path) ?? utf8Path(path);
      expect(Buffer.compare(original, raw)).toBe(0);
      const read = unmapBagName(path);
      if (read !== undefined) expect(Buffer.compare(read, raw)).toBe(0);
      expect(table.has(path)).toBe(decodeUtf8(raw) !== path);
    }
  });

  for (const algorithm of ['sha256', 'sha512'])
    itWith({ tool: `${algorithm}sum` }, `is checked by ${algorithm}sum -c alone`, () => {
      for (const kind of ['manifest', 'tagmanifest'])
        execFileSync(`${algorithm}sum`, ['--check', '--strict', '--quiet', `${kind}-${algorithm}.txt`], {
          cwd: bag,
        });
    });
});

itWith({ tool: ['sha256sum', 'bash'] }, 'a bag that sha256sum and a shell made is valid', async () => {
  const made = join(folder, 'by-hand');
  const script = `
    set -e
    mkdir -p "$0/data/Seite A"; cd "$0"
    echo one > "data/Seite A/ä 1.wav"; echo two > data/b.wav
    printf 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n' > bagit.txt
    printf 'Payload-Oxum: 8.2\\n' > bag-info.txt
    find data -type f -exec sha256sum {} + > manifest-sha256.txt
    sha256sum bagit.txt bag-info.txt manifest-sha256.txt > tagmanifest-sha256.txt`;
  execFileSync('bash', ['-c', script, made]);
  expect(await judge(made)).toMatchObject({ verdict: 'valid', findings: [], payloadVerified: 2 });
  execFileSync('bash', [
    '-c',
    'cd "$0" && find ./data -type f -exec sha256sum -b {} + > manifest-sha256.txt && rm tagmanifest*',
    made,
  ]);
  const dialect = await judge(made);
  expect([dialect.verdict, codes(dialect)]).toEqual(['valid_with_warnings', ['BAG-MANIFEST-DIALECT']]);
});
