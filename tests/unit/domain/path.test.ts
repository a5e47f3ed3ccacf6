import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  baseName,
  comparisonForm,
  decodeUtf8,
  displayPath,
  fromBase64,
  isInside,
  joinRaw,
  parentOf,
  pathFromJson,
  pathToJson,
  rawPath,
  relativeTo,
  shortenMiddle,
  toBase64,
  utf8Path,
} from '../../../shared/domain/path.ts';
import type { RawPath } from '../../../shared/domain/path.ts';

const bytes = (...values: (number | string)[]): RawPath =>
  rawPath(
    Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.of(value)))),
  );
const text = (raw: Uint8Array | undefined) => (raw === undefined ? undefined : Buffer.from(raw).toString());

// Fragments that have broken such code before, mixed with any bytes.
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\',
        '\\\\',
        '\n',
        '\t',
        '\r',
        'n',
        't',
        'r',
        'x',
        'x41',
        'xFF',
        'u',
        'u{202E}',
        '\u202e',
        '\x7f',
      ),
      fc.constantFrom(
        '\u0085',
        '\u200d',
        '\u200c',
        '\u0301',
        'e',
        'é',
        'ی',
        '👩',
        '\ufeff',
        '\u{e0041}',
        '/',
        '..',
        '東',
      ),
      fc.integer({ min: 1, max: 255 }),
      fc.string({ unit: 'binary', maxLength: 4 }).map((value) => value.replaceAll('\0', '')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => bytes(...parts.map((part) => (typeof part === 'string' ? part.toWellFormed() : part))));

/** The inverse that the rule in the docstring implies: its existence is the proof that display is injective. */
function readDisplay(display: string): Buffer {
  const parts: Buffer[] = [];
  const short: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
  const escape = /\\(?:([nrt\\])|x([0-9A-F]{2})|u\{([0-9A-F]+)\})|[^]/gu;
  for (const match of display.matchAll(escape)) {
    if (match[1] !== undefined) parts.push(Buffer.from(short[match[1]] ?? ''));
    else if (match[2] !== undefined) parts.push(Buffer.from(match[2], 'hex'));
    else if (match[3] !== undefined) parts.push(Buffer.from(String.fromCodePoint(parseInt(match[3], 16))));
    else parts.push(Buffer.from(match[0]));
  }
  return Buffer.concat(parts);
}

describe('the display form of a path', () => {
  it.each([
    [utf8Path('Radio/1987 – Café.flac'), 'Radio/1987 – Café.flac'],
    [bytes('a', 0xff, 'b'), 'a\\xFFb'],
    [bytes(0xed, 0xa0, 0x80), '\\xED\\xA0\\x80'],
    [bytes(0xc0, 0xaf), '\\xC0\\xAF'],
    [bytes('cut', 0xe6, 0x9d), 'cut\\xE6\\x9D'],
    [utf8Path('a\nb\tc\rd'), 'a\\nb\\tc\\rd'],
    [utf8Path('\x1b[31mred\x7f\u0085'), '\\u{1B}[31mred\\u{7F}\\u{85}'],
    [utf8Path('a\u202egpj.exe'), 'a\\u{202E}gpj.exe'],
    [utf8Path('\u2066a\u2069\u2028\u2029'), '\\u{2066}a\\u{2069}\\u{2028}\\u{2029}'],
    [utf8Path('a\u200bb\ufeff\u200d'), 'a\\u{200B}b\\u{FEFF}\\u{200D}'],
    [utf8Path('می\u200cخواهم 👩\u200d🚀'), 'می\u200cخواهم 👩\u200d🚀'],
    [utf8Path('葛\u{e0100}'), '葛\u{e0100}'],
    [utf8Path('a\\b'), 'a\\b'],
    [utf8Path('a\\new'), 'a\\\\new'],
    [utf8Path('a\\\n'), 'a\\\\\\n'],
    [bytes('a\\', 0xff), 'a\\\\\\xFF'],
    [utf8Path('\\\\'), '\\\\\\'],
  ])('shows %o safely', (raw, shown) => {
    expect(displayPath(raw)).toBe(shown);
  });

  it('is never the same for two different paths: it can be read back', () => {
    fc.assert(
      fc.property(nasty, (raw) => {
        expect(readDisplay(displayPath(raw)).equals(raw)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('never holds what a terminal obeys or a screen hides', () => {
    fc.assert(
      fc.property(nasty, (raw) => {
        expect(displayPath(raw)).not.toMatch(
          /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/u,
        );
        expect(displayPath(raw).isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a path in JSON', () => {
  it('comes back as the same bytes', () => {
    fc.assert(
      fc.property(nasty, (raw) => {
        const json = JSON.parse(JSON.stringify(pathToJson(raw))) as { display: string; bytes?: string };
        expect(Buffer.from(pathFromJson(json)).equals(raw)).toBe(true);
        expect(json.bytes === undefined).toBe(json.display === decodeUtf8(raw));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps a byte order mark, which is part of the name', () => {
    const raw = bytes(0xef, 0xbb, 0xbf, 'a');
    expect(decodeUtf8(raw)).toBe('\ufeffa');
    expect(Buffer.from(pathFromJson(pathToJson(raw))).equals(raw)).toBe(true);
  });

  it('is refused when hostile', () => {
    expect(() => pathFromJson({ display: 'a\0b' })).toThrow(RangeError);
    expect(() => pathFromJson({ display: 'a', bytes: 'AA==' })).toThrow(RangeError);
    expect(() => pathFromJson({ display: '\ud800' })).toThrow(RangeError);
    for (const bad of ['A', 'AA', 'AAA', 'A===', 'AB==', 'AA=A', 'A A=', 'YQ', 'Y_==', '====', '=']) {
      expect(() => fromBase64(bad), bad).toThrow(RangeError);
    }
  });

  it('uses the base64 of everybody else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'));
        expect(Buffer.from(fromBase64(toBase64(value))).equals(value)).toBe(true);
      }),
    );
  });
});

describe('the comparison form', () => {
  it('finds NFC and NFD twins, also beside stray bytes', () => {
    expect(comparisonForm(utf8Path('Dvořák'.normalize('NFD')))).toBe(
      comparisonForm(utf8Path('Dvořák'.normalize('NFC'))),
    );
    expect(comparisonForm(bytes('e\u0301', 0xff))).toBe(comparisonForm(bytes('é', 0xff)));
  });

  it('never makes twins of names that are not', () => {
    expect(comparisonForm(bytes('\n\u0301'))).not.toBe(comparisonForm(bytes('\\ń')));
    expect(comparisonForm(bytes(0x85))).not.toBe(comparisonForm(utf8Path('\\x85')));
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        const [textA, textB] = [decodeUtf8(a), decodeUtf8(b)];
        fc.pre(textA !== undefined && textB !== undefined);
        expect(comparisonForm(a) === comparisonForm(b)).toBe(
          textA?.normalize('NFC') === textB?.normalize('NFC'),
        );
      }),
    );
  });
});

describe('paths and folders', () => {
  it('joins and parts', () => {
    expect(text(joinRaw(utf8Path(''), Buffer.from('a')))).toBe('a');
    expect(text(joinRaw(utf8Path('a/b'), Buffer.from('c')))).toBe('a/b/c');
    expect(text(joinRaw(utf8Path('/'), Buffer.from('c')))).toBe('/c');
    expect(text(joinRaw(utf8Path('a/b'), Buffer.from('')))).toBe('a/b');
    expect(
      ['a/b', '/a', '/', '', 'a', 'a/', 'a//b', '//a'].map((path) => text(baseName(utf8Path(path)))),
    ).toEqual(['b', 'a', '', '', 'a', 'a', 'b', 'a']);
    expect(
      ['a/b', '/a', '/', '', 'a', 'a/b/', 'a//b', '/a/b'].map((path) => text(parentOf(utf8Path(path)))),
    ).toEqual(['a', '/', '/', '', '', 'a', 'a', '/a']);
  });

  it.each([
    ['/a/b', '/a/b/c', 'c'],
    ['/a/b/', '/a/b/c', 'c'],
    ['/a/b', '/a/b', ''],
    ['/a/b', '/a/bc', undefined],
    ['/a/b', '/a', undefined],
    ['/', '/a', 'a'],
    ['', 'a/b', 'a/b'],
    ['', '/a', undefined],
    ['a', 'a/../b', undefined],
    ['a', 'a/..', undefined],
    ['a', 'a/...', '...'],
    ['a', 'a/..b/c', '..b/c'],
    ['', '../a', undefined],
  ])('from %o, %o is %o', (root, path, relative) => {
    expect(text(relativeTo(utf8Path(root), utf8Path(path)))).toBe(relative);
    expect(isInside(utf8Path(root), utf8Path(path))).toBe(relative !== undefined);
  });

  it('does not take NFC and NFD folders for one', () => {
    expect(isInside(utf8Path('é'), utf8Path('e\u0301/x'))).toBe(false);
  });

  it('finds its way back from any join', () => {
    fc.assert(
      fc.property(nasty, nasty, (folder, name) => {
        fc.pre(folder.length > 0 && name.length > 0 && !folder.includes(0x2f) && !name.includes(0x2f));
        fc.pre(text(name) !== '..');
        const joined = joinRaw(folder, name);
        expect(Buffer.from(relativeTo(folder, joined) ?? []).equals(name)).toBe(true);
        expect(Buffer.from(baseName(joined)).equals(name)).toBe(true);
        expect(Buffer.from(parentOf(joined)).equals(folder)).toBe(true);
      }),
    );
  });
});

describe('shortening', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefgh', 5, 'ab…gh'],
    ['abcdefgh', 4, 'a…gh'],
    ['abcdefgh', 1, '…'],
    ['abcdefgh', 0, ''],
    ['東京放送局', 7, '東…送'.replace('送', '局')],
    ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301…e\u0301'],
  ])('%o to %d columns', (long, width, short) => {
    expect(shortenMiddle(long, width)).toBe(short);
  });
});
