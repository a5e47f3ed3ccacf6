/** Bags whose form is wrong: declaration, manifests, the lines in them. */
import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, TestBag } from '../bags.ts';
import { tempFolder } from '../temp.ts';
import { utf16 } from './encodings.ts';
import {
  changed,
  invalid,
  listing,
  MANIFEST,
  manifested,
  one,
  type SetBag,
  two,
  undetermined,
  warned,
} from './set-bag.ts';

const MALFORMED = 'BAG-DECLARATION-MALFORMED bagit.txt';
const declared = (how: (text: string) => string): TestBag => new TestBag().change('bagit.txt', how);

const declarations: readonly SetBag[] = [
  invalid(
    'declaration-missing',
    ['BAG-DECLARATION-MISSING bagit.txt', 'BAG-TAG-FILE-MISSING bagit.txt'],
    () => changed(new TestBag(), (bag) => rmSync(bag.path('bagit.txt'))),
  ),
  invalid('declaration-with-white-space-before-the-colon', [MALFORMED], () =>
    declared((text) => text.replace('Version: ', 'Version : ')),
  ),
  invalid('declaration-with-white-space-at-a-lines-end', [MALFORMED], () =>
    declared((text) => text.replace('1.0\n', '1.0 \n')),
  ),
  invalid('declaration-with-a-byte-order-mark', [MALFORMED], () => declared((text) => `\ufeff${text}`)),
  invalid('declaration-with-a-third-line', [MALFORMED], () => declared((text) => `${text}More: x\n`)),
  invalid('declaration-with-an-empty-third-line', [MALFORMED], () => declared((text) => `${text}\n`)),
  invalid('declaration-in-utf-16', [MALFORMED], () =>
    new TestBag().write('bagit.txt', utf16('BagIt-Version: 1.0\n')).seal(),
  ),
  invalid('declaration-empty', [MALFORMED], () => declared(() => '')),
  invalid('declaration-of-one-line', [MALFORMED], () => declared((text) => `${text.split('\n')[0]}\n`)),
  invalid('declaration-with-its-lines-exchanged', [MALFORMED], () =>
    declared((text) => `${text.trimEnd().split('\n').reverse().join('\n')}\n`),
  ),
  invalid('declaration-with-labels-in-lower-case', [MALFORMED], () => declared((text) => text.toLowerCase())),
  invalid('declaration-whose-version-is-a-word', [MALFORMED], () =>
    declared((text) => text.replace('1.0', 'one')),
  ),
  warned('declaration-of-0-97-with-two-spaces', ['BAG-DECLARATION-LOOSE bagit.txt'], () =>
    new TestBag({ version: '0.97' }).change('bagit.txt', (text) => text.replace('Version: ', 'Version:  ')),
  ),
  ...['1.1', '0.92', '0.98', '2.0', '10.0'].map((version) =>
    invalid(
      `version-${version.replace('.', '-')}`,
      ['BAG-VERSION-UNKNOWN bagit.txt'],
      () => new TestBag({ version }),
    ),
  ),
  ...['EBCDIC-XX', 'UTF-7', 'UTF-32'].map((encoding) =>
    invalid(
      `encoding-${encoding.toLowerCase()}`,
      ['BAG-ENCODING-UNKNOWN bagit.txt'],
      () => new TestBag({ encoding }),
    ),
  ),
  invalid(
    'payload-folder-missing',
    [
      'BAG-MISSING data/a.wav',
      'BAG-MISSING data/side/b.wav',
      'BAG-OXUM-MISMATCH bag-info.txt',
      'BAG-PAYLOAD-FOLDER-MISSING data',
    ],
    () => changed(new TestBag(), (bag) => rmSync(bag.path('data'), { recursive: true })),
  ),
  invalid(
    'payload-folder-a-link-to-elsewhere',
    [
      'BAG-MISSING data/a.wav',
      'BAG-MISSING data/side/b.wav',
      'BAG-OXUM-MISMATCH bag-info.txt',
      'BAG-PAYLOAD-FOLDER-MISSING data',
      'BAG-SYMLINK data',
    ],
    () =>
      changed(new TestBag(), (bag) => {
        const elsewhere = join(tempFolder(), 'data');
        cpSync(bag.path('data'), elsewhere, { recursive: true });
        rmSync(bag.path('data'), { recursive: true });
        symlinkSync(elsewhere, bag.path('data'));
      }),
  ),
  warned('payload-with-an-empty-folder', ['BAG-EMPTY-FOLDER data/nothing'], () =>
    changed(new TestBag(), (bag) => mkdirSync(bag.path('data/nothing'))),
  ),
];

const manifests: readonly SetBag[] = [
  invalid(
    'manifest-missing',
    ['BAG-MANIFEST-MISSING', 'BAG-UNLISTED data/a.wav', 'BAG-UNLISTED data/side/b.wav'],
    () =>
      changed(new TestBag(), (bag) => {
        rmSync(bag.path(MANIFEST));
        bag.seal();
      }),
  ),
  invalid(
    'manifest-twice-for-one-algorithm',
    ['BAG-MANIFEST-NAME manifest-SHA256.txt', 'BAG-MANIFEST-TWICE manifest-SHA256.txt'],
    () => new TestBag({ files: { 'manifest-SHA256.txt': '' } }),
  ),
  ...['sha-256', 'SHA256'].map((name) =>
    warned(`manifest-named-${name}`, [`BAG-MANIFEST-NAME manifest-${name}.txt`], () =>
      changed(new TestBag(), (bag) => {
        renameSync(bag.path(MANIFEST), bag.path(`manifest-${name}.txt`));
        bag.seal();
      }),
    ),
  ),
  ...[
    ['of-one-word', 'nothing'],
    ['without-a-path', two],
    ['with-white-space-for-a-path', `${two}  `],
    ['without-white-space', `${two}data/c.wav`],
  ].map(([how = '', line = '']) =>
    invalid(`manifest-line-${how}`, [`BAG-MANIFEST-LINE ${MANIFEST}`], () =>
      manifested((text) => `${text}${line}\n`),
    ),
  ),
  ...[
    ['too-short', one.slice(1)],
    ['too-long', `${one}0`],
    ['not-hexadecimal', `g${one.slice(1)}`],
    ['of-another-algorithm', digestOf('md5', 'one')],
  ].map(([how = '', digest = '']) =>
    invalid(`digest-${how}`, [`BAG-DIGEST-MALFORMED ${MANIFEST}`, 'BAG-UNLISTED data/a.wav'], () =>
      manifested((text) => text.replace(one, digest)),
    ),
  ),
  ...[
    ['star', '*data/a.wav'],
    ['dot-slash', './data/a.wav'],
    ['star-dot-slash', '*./data/a.wav'],
  ].map(([how = '', path = '']) =>
    warned(`dialect-${how}`, [`BAG-MANIFEST-DIALECT ${MANIFEST}`], () =>
      manifested((text) => text.replace('data/a.wav', path)),
    ),
  ),
  warned(
    'dialect-escaped-line',
    [`BAG-MANIFEST-DIALECT ${MANIFEST}`, 'BAG-RESERVED-NAME data/a\\b.wav'],
    () =>
      new TestBag({ payload: { 'a\\b.wav': 'one' } }).change(MANIFEST, () => `\\${one}  data/a\\\\b.wav\n`),
  ),
  warned(
    'dialect-comment-and-empty-line',
    [`BAG-MANIFEST-DIALECT ${MANIFEST}`, `BAG-MANIFEST-DIALECT ${MANIFEST}`],
    () => manifested((text) => `# made by hand\n\n${text}`),
  ),
  warned('manifest-with-a-byte-order-mark', [`BAG-BYTE-ORDER-MARK ${MANIFEST}`], () =>
    manifested((text) => `\ufeff${text}`),
  ),
  undetermined('manifest-line-without-an-end', [`BAG-TOO-LARGE ${MANIFEST}`], () =>
    listing(`data/${'x'.repeat(70_000)}`),
  ),
  invalid('manifest-lists-a-file-twice', ['BAG-LISTED-TWICE data/side/b.wav'], () =>
    listing('data/side/b.wav'),
  ),
  invalid('manifest-lists-a-tag-file', ['BAG-PATH-OUTSIDE-PAYLOAD bagit.txt'], () => listing('bagit.txt')),
  invalid('manifest-lists-what-is-not-there', ['BAG-MISSING data/c.wav'], () => listing('data/c.wav')),
];

export const forms: readonly SetBag[] = [...declarations, ...manifests];
