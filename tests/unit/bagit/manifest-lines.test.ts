import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bagInfoElement,
  encodeManifestPath,
  manifestLine,
  manifestName,
} from '../../../electron/adapters/bagit/bag-files.ts';
import {
  isDigest,
  readFetchLine,
  readInfoLine,
  readManifestLine,
} from '../../../electron/adapters/bagit/manifest-lines.ts';
import { decodeManifestPath, refusedPath } from '../../../shared/domain/manifest-path.ts';

const digest = 'ab'.repeat(32);
const anyPath = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .map((text) => `data/${text.toWellFormed()}`);

describe('a line of a manifest', () => {
  it('that we write is read as it was meant, whatever the path', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(decodeManifestPath(encodeManifestPath(path))).toBe(path);
        const line = manifestLine(digest, path).slice(0, -1);
        expect(line).not.toMatch(/[\r\n]/);
        expect(readManifestLine(line)).toMatchObject({ hex: digest, path });
      }),
    );
  });

  it('encodes CR, LF and the percent sign, and nothing else', () => {
    expect(encodeManifestPath('data/a%\r\n é"\\.wav')).toBe('data/a%25%0D%0A é"\\.wav');
    expect(decodeManifestPath('%0a%0D%25%20%2F%00')).toBe('\n\r%%20%2F%00');
  });

  it.each(['', 'abc', `${digest}`, `  ${digest}  data/a`, `${digest}  `])('%j is none', (line) => {
    expect(readManifestLine(line)).toBeUndefined();
  });

  it('may be of md5sum', () => {
    expect(readManifestLine(`${digest} *data/a`)).toMatchObject({
      path: 'data/a',
      dialect: '* before the path',
    });
    expect(readManifestLine(`\\${digest}  data/a\\nb\\\\c`)?.path).toBe('data/a\nb\\c');
    expect(readManifestLine(`${digest}  data/a\\nb`)?.path).toBe('data/a\\nb');
  });

  it('never fails, and neither do the others', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        for (const read of [readManifestLine, readFetchLine, readInfoLine, refusedPath, manifestName])
          read(line);
      }),
      { numRuns: 2000 },
    );
  });
});

it('a digest has the length of its algorithm', () => {
  expect([isDigest(digest, 'sha256'), isDigest(digest, 'sha512'), isDigest(digest, undefined)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([isDigest('abc', undefined), isDigest('', undefined), isDigest('zz', undefined)]).toEqual([
    false,
    false,
    false,
  ]);
});

it('a line of fetch.txt is an address, a length and a path', () => {
  expect(readFetchLine('https://example.org/a%20b 12 data/a b.wav')).toEqual({
    url: 'https://example.org/a%20b',
    length: 12n,
    path: 'data/a b.wav',
  });
  expect(readFetchLine('ftp://x -\tdata/a')).toEqual({ url: 'ftp://x', path: 'data/a' });
  for (const line of ['data/a', 'https://x data/a', 'https://x 1e3 data/a', 'https://x 12 ', ''])
    expect(readFetchLine(line)).toBeUndefined();
});

it('an element of bag-info.txt is folded so that it is read as it was', () => {
  const words = fc.array(
    fc.string({ minLength: 1, maxLength: 30 }).map((word) => word.replaceAll(/\s/g, '_')),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(words, (all) => {
      const value = all.join(' ');
      const [first = '', ...more] = bagInfoElement('External-Description', value).trimEnd().split('\n');
      const begin = readInfoLine(first);
      const rest = more.map((line) => {
        const read = readInfoLine(line);
        return read !== undefined && 'more' in read ? read.more : undefined;
      });
      expect(begin).toMatchObject({ label: 'External-Description' });
      expect([begin && 'value' in begin ? begin.value : '', ...rest].join(' ').trim()).toBe(value);
    }),
  );
});

describe('a path of a manifest', () => {
  it.each([
    'data/a',
    'data/..a',
    'data/a..',
    'data/a/b c',
    'data/100%',
    'data/50% off, 20% more',
    'manifest-sha256.txt',
    'data/a~',
  ])('%s is taken', (path) => {
    expect(refusedPath(path)).toBeUndefined();
  });

  it('is never taken when it climbs, whatever stands around it', () => {
    const around = fc.array(fc.constantFrom('data', 'a', '.', '', 'b c'), { maxLength: 3 });
    fc.assert(
      fc.property(around, around, fc.constantFrom('/', '\\'), (before, after, separator) => {
        expect(refusedPath([...before, '..', ...after].join(separator))).toBeDefined();
      }),
    );
  });
});
