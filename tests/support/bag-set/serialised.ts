/** Serialised bags: sound ones as programs make them, and what no program should have to unpack. */
import { gzipSync } from 'node:zlib';
import type { BagVerdict } from '../../../shared/domain/bag-findings.ts';
import { displayPath, utf8Path } from '../../../shared/domain/path.ts';
import { type MadeEntry, tarOf, zipOf } from '../archives.ts';
import { digestOf } from '../bags.ts';
import type { Told } from './set-bag.ts';

export interface SerialisedBag {
  readonly name: string;
  /** The name of its file. */
  readonly file: string;
  readonly verdict: BagVerdict;
  readonly finds: readonly Told[];
  readonly make: () => Buffer | Promise<Buffer>;
}

const MANIFEST = 'manifest-sha256.txt';

/** The entries of a sound bag, tag files first. */
function bagEntries(root = 'bag', content = 'one'): MadeEntry[] {
  const declaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
  const manifest = `${digestOf('sha256', 'one')}  data/a.wav\n`;
  const tags = [
    [MANIFEST, manifest],
    ['bagit.txt', declaration],
  ] as const;
  const sealed = tags.map(([file, text]) => `${digestOf('sha256', text)}  ${file}\n`).join('');
  return [
    { name: `${root}/`, type: 'directory' },
    ...tags.map(([file, text]) => ({ name: `${root}/${file}`, content: text })),
    { name: `${root}/tagmanifest-sha256.txt`, content: sealed },
    { name: `${root}/data/`, type: 'directory' },
    { name: `${root}/data/a.wav`, content },
  ];
}

const withEntries = (...more: MadeEntry[]): MadeEntry[] => [...bagEntries(), ...more];

/** The same entries in each form that can hold them. */
function forms(
  name: string,
  verdict: BagVerdict,
  finds: readonly Told[],
  entries: () => readonly MadeEntry[],
): SerialisedBag[] {
  return [
    { name: `${name}-in-tar`, file: 'bag.tar', verdict, finds, make: () => tarOf(entries()) },
    {
      name: `${name}-in-tar-gz`,
      file: 'bag.tar.gz',
      verdict,
      finds,
      make: async () => gzipSync(await tarOf(entries())),
    },
    { name: `${name}-in-zip`, file: 'bag.zip', verdict, finds, make: () => zipOf(entries()) },
  ];
}

const onlyTar = (rows: readonly SerialisedBag[]): SerialisedBag[] =>
  rows.filter(({ file }) => file !== 'bag.zip');

const outside: readonly (readonly [name: string, path: string])[] = [
  ['absolute-path', '/etc/cron.d/x'],
  ['parent', 'bag/../../x'],
  ['parent-first', '../x'],
  ['parent-by-backslashes', 'bag\\..\\..\\x'],
  ['drive', 'C:/x'],
  ['network-share', '\\\\server\\x'],
];

const sound: readonly SerialisedBag[] = [
  ...forms('serialised', 'valid', [], () => bagEntries()),
  ...forms('serialised-payload-first', 'valid', [], () => bagEntries().reverse()),
  ...forms('serialised-without-folders', 'valid', [], () =>
    bagEntries().filter(({ type }) => type !== 'directory'),
  ),
  ...forms('serialised-with-dot-slash', 'valid', [], () => [
    { name: './', type: 'directory' },
    ...bagEntries('./bag'),
  ]),
  ...forms('serialised-under-another-name', 'valid_with_warnings', ['BAG-SERIAL-NAME'], () =>
    bagEntries('other'),
  ),
];

const refused: readonly SerialisedBag[] = [
  ...outside.flatMap(([name, path]) =>
    forms(`serialised-${name}`, 'invalid', [`BAG-SERIAL-PATH ${displayPath(utf8Path(path))}`], () =>
      withEntries({ name: path, content: 'x' }),
    ),
  ),
  ...forms('serialised-file-twice', 'invalid', ['BAG-SERIAL-TWICE data/a.wav'], () =>
    withEntries({ name: 'bag/data/a.wav', content: 'on3' }),
  ),
  ...forms('serialised-file-twice-by-dot', 'invalid', ['BAG-SERIAL-TWICE data/a.wav'], () =>
    withEntries({ name: 'bag/./data//a.wav', content: 'on3' }),
  ),
  ...forms('serialised-link', 'invalid', ['BAG-SYMLINK data/x'], () =>
    withEntries({ name: 'bag/data/x', type: 'symlink', to: '/etc/passwd' }),
  ),
  ...forms(
    'serialised-file-behind-a-link',
    'invalid',
    ['BAG-SERIAL-TWICE data/x', 'BAG-SYMLINK data/x', 'BAG-UNLISTED data/x/y'],
    () =>
      withEntries(
        { name: 'bag/data/x', type: 'symlink', to: '/etc' },
        { name: 'bag/data/x/y', content: 'x' },
      ),
  ),
  ...onlyTar(
    forms('serialised-hard-link', 'invalid', ['BAG-SERIAL-LINK data/x'], () =>
      withEntries({ name: 'bag/data/x', type: 'link', to: 'bag/data/a.wav' }),
    ),
  ),
  ...forms('serialised-device', 'invalid', ['BAG-SPECIAL-FILE data/null'], () =>
    withEntries({ name: 'bag/data/null', type: 'character-device' }),
  ),
  ...forms('serialised-pipe', 'invalid', ['BAG-SPECIAL-FILE data/pipe'], () =>
    withEntries({ name: 'bag/data/pipe', type: 'fifo' }),
  ),
  ...forms('serialised-two-bags', 'invalid', ['BAG-SERIAL-ROOT'], () => [
    ...bagEntries(),
    ...bagEntries('another'),
  ]),
  ...forms('serialised-folder-of-a-mac', 'invalid', ['BAG-SERIAL-ROOT'], () =>
    withEntries({ name: '__MACOSX/bag/._a.wav', content: 'x' }),
  ),
  ...forms('serialised-without-its-folder', 'invalid', ['BAG-SERIAL-ROOT'], () =>
    bagEntries('.').filter(({ name }) => name !== './'),
  ),
  ...forms('serialised-one-file', 'invalid', ['BAG-SERIAL-ROOT'], () => [{ name: 'bag', content: 'x' }]),
  ...forms('serialised-altered', 'invalid', ['BAG-DIGEST-MISMATCH data/a.wav'], () =>
    bagEntries('bag', 'on3'),
  ),
  ...forms('serialised-file-not-listed', 'invalid', ['BAG-UNLISTED data/b.wav'], () =>
    withEntries({ name: 'bag/data/b.wav', content: 'x' }),
  ),
  ...forms('serialised-empty-folder', 'valid_with_warnings', ['BAG-EMPTY-FOLDER data/nothing'], () =>
    withEntries({ name: 'bag/data/nothing/', type: 'directory' }),
  ),
];

const PLENTY = 300 * 1024 * 1024;

const damaged: readonly SerialisedBag[] = [
  {
    name: 'serialised-tar-cut-off',
    file: 'bag.tar',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN'],
    make: async () => (await tarOf(bagEntries('bag', 'x'.repeat(10_000)))).subarray(0, -6000),
  },
  {
    name: 'serialised-tar-gz-cut-off',
    file: 'bag.tar.gz',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN'],
    make: async () => gzipSync(await tarOf(bagEntries())).subarray(0, -20),
  },
  {
    name: 'serialised-gz-of-no-tar',
    file: 'bag.tar.gz',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN'],
    make: () => gzipSync('x'.repeat(5000)),
  },
  {
    name: 'serialised-nothing',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-ROOT'],
    make: () => zipOf([]),
  },
  {
    name: 'serialised-zip-cut-off',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN'],
    make: () => zipOf(bagEntries()).subarray(0, -30),
  },
  {
    name: 'serialised-zip-with-a-wrong-crc',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN data/a.wav', 'BAG-UNREADABLE data/a.wav'],
    make: () =>
      zipOf([...bagEntries().slice(0, -1), { name: 'bag/data/a.wav', content: 'one', claims: { crc: 7 } }]),
  },
  {
    name: 'serialised-zip-larger-than-it-says',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BROKEN data/a.wav', 'BAG-UNREADABLE data/a.wav'],
    make: () =>
      zipOf([...bagEntries().slice(0, -1), { name: 'bag/data/a.wav', content: 'one', claims: { size: 2 } }]),
  },
  {
    name: 'serialised-zip-encrypted',
    file: 'bag.zip',
    verdict: 'undetermined',
    finds: ['BAG-UNREADABLE data/a.wav'],
    make: () =>
      zipOf([...bagEntries().slice(0, -1), { name: 'bag/data/a.wav', content: 'one', claims: { flags: 1 } }]),
  },
  {
    name: 'serialised-zip-packed-in-another-way',
    file: 'bag.zip',
    verdict: 'undetermined',
    finds: ['BAG-UNREADABLE data/a.wav'],
    make: () =>
      zipOf([
        ...bagEntries().slice(0, -1),
        { name: 'bag/data/a.wav', content: 'one', claims: { method: 12 } },
      ]),
  },
  {
    name: 'serialised-bomb-in-tar-gz',
    file: 'bag.tar.gz',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BOMB'],
    make: async () =>
      gzipSync(await tarOf(withEntries({ name: 'bag/data/b.wav', content: Buffer.alloc(PLENTY) }))),
  },
  {
    name: 'serialised-bomb-in-zip',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BOMB'],
    make: () => zipOf(withEntries({ name: 'bag/data/b.wav', content: Buffer.alloc(PLENTY) })),
  },
  {
    name: 'serialised-bomb-of-entries-over-each-other',
    file: 'bag.zip',
    verdict: 'invalid',
    finds: ['BAG-SERIAL-BOMB'],
    make: () =>
      zipOf([
        { name: 'bag/data/0', content: Buffer.alloc(1_000_000) },
        ...Array.from({ length: 100 }, (_, n) => ({
          name: `bag/data/${n + 1}`,
          content: Buffer.alloc(1_000_000),
          overlaps: true,
        })),
      ]),
  },
];

export const serialised: readonly SerialisedBag[] = [...sound, ...refused, ...damaged];
