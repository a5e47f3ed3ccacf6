/** Bags with names that make trouble, and bags that name what must not be followed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestBag } from '../bags.ts';
import { tempFolder } from '../temp.ts';
import {
  changed,
  invalid,
  listing,
  MANIFEST,
  named,
  one,
  type SetBag,
  sound,
  two,
  warned,
} from './set-bag.ts';

const refused: readonly (readonly [name: string, path: string])[] = [
  ['parent', '../up'],
  ['parent-within', 'data/../../up'],
  ['parent-and-back', 'data/x/../a.wav'],
  ['parent-by-backslashes', 'data/..\\..\\x'],
  ['absolute', '/etc/passwd'],
  ['network-share', '//server/x'],
  ['network-share-by-backslashes', '\\\\server\\x'],
  ['drive', 'C:/x'],
  ['drive-by-backslash', 'c:\\x'],
  ['drive-relative', 'd:x'],
  ['home', '~/x'],
  ['home-of-another', '~root/x'],
  ['home-below-data', 'data/~x'],
  ['variable', '%HOME%/x'],
  ['variable-encoded', 'data/%25USERPROFILE%25'],
  ['empty-segment', 'data//x'],
  ['dot-segment', 'data/./x'],
  ['no-name', 'data/'],
];

const refusals: readonly SetBag[] = [
  ...refused.map(([name, path]) =>
    invalid(`manifest-lists-${name}`, [`BAG-PATH-REFUSED ${MANIFEST}`], () => listing(path)),
  ),
  ...refused
    .slice(0, -1)
    .map(([name, path]) =>
      invalid(
        `fetch-names-${name}`,
        ['BAG-PATH-REFUSED fetch.txt'],
        () => new TestBag({ files: { 'fetch.txt': `http://example.org/x 5 ${path}\n` } }),
      ),
    ),
  invalid('tag-manifest-lists-parent', ['BAG-PATH-REFUSED tagmanifest-sha256.txt'], () =>
    changed(new TestBag(), (bag) => {
      const file = 'tagmanifest-sha256.txt';
      bag.write(file, `${bag.read(file)}${two}  ../x\n`);
    }),
  ),
];

const harmless: readonly (readonly [name: string, file: string])[] = [
  ['spaces-within', 'a  b c.wav'],
  ['space-first', ' a.wav'],
  ['dots-first', '..a'],
  ['hidden', '.a.wav'],
  ['hyphen-first', '-rf'],
  ['hash-first', '#a.wav'],
  ['apostrophe', "a'b.wav"],
  ['backtick-and-dollar', 'a`$(b).wav'],
  ['tilde-within', 'a~1.wav'],
  ['emoji', '🎙.wav'],
  ['right-to-left', 'תקליט.wav'],
  ['turned-by-an-override', 'a\u202evaw.exe'],
  ['zero-width', 'a\u200bb.wav'],
  ['combining-mark-first', '\u0301a.wav'],
  ['longest', `${'x'.repeat(251)}.wav`],
  ['of-a-manifest', 'manifest-sha256.txt'],
  ['data-in-data', 'data/data/a.wav'],
  ['deep', `${'d/'.repeat(200)}a.wav`],
];

const forWindows: readonly (readonly [name: string, file: string])[] = [
  ['device', 'con.wav'],
  ['device-in-capitals', 'NUL'],
  ['numbered-device', 'COM1.txt'],
  ['device-folder', 'aux/a.wav'],
  ['question-mark', 'what?.wav'],
  ['colon', '12:30.wav'],
  ['star', '*.wav'],
  ['quote', 'say "x".wav'],
  ['angle', '<a>.wav'],
  ['bar', 'a|b.wav'],
  ['backslash', 'a\\b.wav'],
  ['tab', 'a\tb.wav'],
  ['line-feed', 'a\nb.wav'],
  ['carriage-return', 'a\rb.wav'],
  ['escape', 'a\u001b[31mb.wav'],
  ['dot-last', 'dot.'],
  ['space-last', 'space '],
];

const shown = (text: string): string =>
  text.replace(
    /[\u0000-\u001f]/g,
    (character) =>
      ({ '\t': '\\t', '\n': '\\n', '\r': '\\r' })[character] ??
      `\\u{${character.charCodeAt(0).toString(16).toUpperCase()}}`,
  );

const names: readonly SetBag[] = [
  ...harmless.map(([name, file]) => sound(`name-${name}`, () => named(file))),
  ...forWindows.map(([name, file]) =>
    warned(`name-${name}`, [`BAG-RESERVED-NAME data/${shown(file)}`], () => named(file)),
  ),
  warned('name-percent', ['BAG-PERCENT-IN-NAME data/100%.wav'], () => named('100%.wav')),
  warned('name-that-looks-encoded', ['BAG-PERCENT-IN-NAME data/a%0Ab.wav'], () => named('a%0Ab.wav')),
  warned(
    'name-percent-not-encoded',
    ['BAG-PERCENT-IN-NAME data/100%.wav', 'BAG-PERCENT-NOT-ENCODED data/100%.wav'],
    () => new TestBag({ payload: { '100%.wav': 'one' } }),
  ),
  warned(
    'name-that-looks-encoded-not-encoded',
    ['BAG-PERCENT-IN-NAME data/a%25.wav', 'BAG-PERCENT-NOT-ENCODED data/a%25.wav'],
    () => new TestBag({ payload: { 'a%25.wav': 'one' } }),
  ),
  invalid('name-home-on-disk', [`BAG-PATH-REFUSED ${MANIFEST}`, 'BAG-UNLISTED data/~a.wav'], () =>
    named('~a.wav'),
  ),
  warned(
    'names-that-differ-in-case',
    ['BAG-CASE-TWIN'],
    () => new TestBag({ payload: { 'a.wav': '1', 'A.WAV': '2' } }),
  ),
  warned(
    'folders-that-differ-in-case',
    ['BAG-CASE-TWIN'],
    () => new TestBag({ payload: { 'side/a.wav': '1', 'Side/a.wav': '2' } }),
  ),
  invalid(
    'names-that-differ-in-normalisation',
    ['BAG-NORMALISATION-TWIN'],
    () => new TestBag({ payload: { 'e\u0301.wav': 'nfd', 'é.wav': 'nfc' } }),
  ),
  invalid(
    'folders-that-differ-in-normalisation',
    ['BAG-NORMALISATION-TWIN'],
    () => new TestBag({ payload: { 'e\u0301/a.wav': 'nfd', 'é/a.wav': 'nfc' } }),
  ),
  invalid(
    'manifest-lists-both-normalisations-of-a-file',
    ['BAG-NORMALISATION-DIFFERS data/e\u0301.wav', 'BAG-NORMALISATION-TWIN'],
    () =>
      new TestBag({ payload: { 'é.wav': 'two' } }).change(
        MANIFEST,
        () => `${two}  data/e\u0301.wav\n${two}  data/é.wav\n`,
      ),
  ),
  warned('manifest-in-nfd-name-in-nfc', ['BAG-NORMALISATION-DIFFERS data/e\u0301.wav'], () =>
    new TestBag({ payload: { 'é.wav': 'two' } }).change(MANIFEST, () => `${two}  data/e\u0301.wav\n`),
  ),
  warned('manifest-in-nfc-name-in-nfd', ['BAG-NORMALISATION-DIFFERS data/é.wav'], () =>
    new TestBag({ payload: { 'e\u0301.wav': 'two' } }).change(MANIFEST, () => `${two}  data/é.wav\n`),
  ),
  ...(['data', 'notes'] as const).map((folder) =>
    invalid(
      `name-not-utf-8-in-${folder}`,
      folder === 'data'
        ? ['BAG-NAME-NOT-UTF8 data/f\\xF6', 'BAG-OXUM-MISMATCH bag-info.txt', 'BAG-UNLISTED data/f\\xF6']
        : ['BAG-NAME-NOT-UTF8 notes/f\\xF6'],
      () =>
        changed(new TestBag(), (bag) => {
          mkdirSync(bag.path(folder), { recursive: true });
          writeFileSync(Buffer.concat([Buffer.from(bag.path(`${folder}/f`)), Buffer.of(0xf6)]), 'x');
        }),
    ),
  ),
];

const links: readonly SetBag[] = [
  invalid(
    'file-a-link-out-of-the-bag',
    ['BAG-MISSING data/a.wav', 'BAG-OXUM-MISMATCH bag-info.txt', 'BAG-SYMLINK data/a.wav'],
    () =>
      changed(new TestBag(), (bag) => {
        const outside = join(tempFolder(), 'a.wav');
        renameSync(bag.path('data/a.wav'), outside);
        symlinkSync(outside, bag.path('data/a.wav'));
      }),
  ),
  invalid('link-within-the-bag', ['BAG-SYMLINK data/again.wav'], () =>
    changed(new TestBag(), (bag) => symlinkSync('a.wav', bag.path('data/again.wav'))),
  ),
  invalid('link-to-the-folder-above', ['BAG-SYMLINK data/up'], () =>
    changed(new TestBag(), (bag) => symlinkSync('..', bag.path('data/up'))),
  ),
  invalid('link-to-nothing', ['BAG-SYMLINK data/gone'], () =>
    changed(new TestBag(), (bag) => symlinkSync('/nowhere', bag.path('data/gone'))),
  ),
  invalid(
    'manifest-a-link-out-of-the-bag',
    [
      'BAG-MANIFEST-MISSING',
      `BAG-SYMLINK ${MANIFEST}`,
      `BAG-TAG-FILE-MISSING ${MANIFEST}`,
      'BAG-UNLISTED data/a.wav',
      'BAG-UNLISTED data/side/b.wav',
    ],
    () =>
      changed(new TestBag(), (bag) => {
        const elsewhere = join(tempFolder(), 'manifest');
        renameSync(bag.path(MANIFEST), elsewhere);
        symlinkSync(elsewhere, bag.path(MANIFEST));
      }),
  ),
  invalid('pipe-in-the-payload', ['BAG-SPECIAL-FILE data/pipe'], () =>
    changed(new TestBag(), (bag) => execFileSync('mkfifo', [bag.path('data/pipe')])),
  ),
  invalid(
    'pipe-in-a-files-place',
    ['BAG-MISSING data/a.wav', 'BAG-OXUM-MISMATCH bag-info.txt', 'BAG-SPECIAL-FILE data/a.wav'],
    () =>
      changed(new TestBag(), (bag) => {
        renameSync(bag.path('data/a.wav'), join(tempFolder(), 'a.wav'));
        execFileSync('mkfifo', [bag.path('data/a.wav')]);
      }),
  ),
  sound('hexadecimal-in-capitals', () =>
    new TestBag().change(MANIFEST, (text) => text.replace(one, one.toUpperCase())),
  ),
];

export const paths: readonly SetBag[] = [...refusals, ...names, ...links];
