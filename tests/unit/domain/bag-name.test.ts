import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BagNames,
  foldName,
  ORIGINAL_NAMES_HEADER,
  originalNameLine,
  readOriginalNameLine,
  unmapBagName,
} from '../../../shared/domain/bag-name.ts';
import { decodeUtf8, rawPath, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { hostileNames, twins } from '../../fixtures/generate/hostile-list.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const raw = (name: string | Uint8Array): RawPath =>
  typeof name === 'string' ? utf8Path(name) : rawPath(Uint8Array.from(name));

function mapAll(paths: readonly (string | Uint8Array)[]): string[] {
  const names = new BagNames(sha256);
  for (const path of paths) names.add(raw(path));
  return paths.map((path) => names.map(raw(path)));
}

const mapOne = (path: string | Uint8Array): string => mapAll([path])[0] as string;

/** What a careless destination makes of a path: case and normalisation gone. */
const onDisk = (path: string): string => foldName(path.normalize('NFC'));

/** Names out of pieces that have something to do with each other, and any bytes. */
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'A', 'b', '=', '_', '3A', '3a', 'ﬀ', 'c', 'C', '%', '.', ' ', '~', ':'),
  },
  fc.constantFrom(
    'é',
    'e\u0301',
    'É',
    '\u0301',
    '\u0338',
    'ß',
    'ẞ',
    'ss',
    '\u212a',
    'k',
    'ſ',
    'ς',
    'σ',
    'Σ',
    'ı',
    'İ',
    'i',
  ),
  fc.constantFrom(
    '가',
    '\u1100',
    '\u1161',
    '\u11a8',
    '\u200b',
    '\ufeff',
    '\u034f',
    '\u0345',
    'ᾳ',
    'con',
    'NUL',
    'lpt¹',
    '\n',
    '\u2028',
  ),
  fc.string({ unit: 'binary', maxLength: 2 }),
);
const textSegment = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').toWellFormed());
const segment = fc
  .oneof(
    { weight: 5, arbitrary: textSegment.map((text) => Buffer.from(text)) },
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
  )
  .map((bytes) => Buffer.from(bytes).filter((byte) => byte !== 0 && byte !== 0x2f))
  .filter((bytes) => bytes.length > 0 && !/^\.{1,2}$/.test(Buffer.from(bytes).toString('latin1')));
const path = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) =>
    Buffer.concat(segments.flatMap((each, i) => (i === 0 ? [each] : [Buffer.from('/'), each]))),
  );

describe('a name that any disk and any tool can hold', () => {
  it.each([
    'a.wav',
    'Side A/01 Kettle, first boil.flac',
    'Dvořák.wav',
    'Dvor\u030ca\u0301k.wav',
    '東京の台所.wav',
    '.hidden',
    ' leading space',
  ])('%s stays as it is', (name) => expect(mapOne(name)).toBe(name));

  it.each([
    ['line\nbreak.wav', 'line=0Abreak.wav'],
    ['100%.wav', '100=25.wav'],
    ['a=b.wav', 'a=3Db.wav'],
    ['what?<*>|.wav', 'what=3F=3C=2A=3E=7C.wav'],
    ['back\\slash', 'back=5Cslash'],
    ['con.wav', '=63on.wav'],
    ['LPT1', '=4CPT1'],
    ['CONcert.wav', 'CONcert.wav'],
    ['~', '=7E'],
    ['a~', 'a~'],
    ['dot.', 'dot=2E'],
    ['...', '..=2E'],
    [' ', '=20'],
    ['no break at the end\u00a0', 'no break at the end=C2=A0'],
    [':\u0301', '=3A=CC=81'],
  ])('%j becomes %s', (name, mapped) => expect(mapOne(name)).toBe(mapped));

  it('is escaped byte by byte where it is no UTF-8', () => {
    expect(mapOne(Buffer.from('Dvo\xf8\xe1k.wav', 'latin1'))).toBe('Dvo=F8=E1k.wav');
  });

  it('keeps its beginning and its extension where it is too long, and says which it is by its digest', () => {
    const mapped = mapOne(`${'n'.repeat(250)}?.WAV`);
    expect(Buffer.byteLength(mapped)).toBe(255);
    expect(mapped).toMatch(/^n{209}=_[0-9a-f]{40}\.wav$/);
    expect(unmapBagName(mapped)).toBeUndefined();
  });

  it('is short where its path is longer than a disk takes', () => {
    const long = `${Array.from({ length: 15 }, () => 'ä'.repeat(120)).join('/')}/sound.wav`;
    expect(mapOne(long)).toMatch(/^=_paths\/=_[0-9a-f]{64}\.wav$/);
  });
});

describe('twins', () => {
  it('by case are told apart by what distinguishes them, whichever comes first', () => {
    const expected = ['=43ase.wav', '=43=41=53=45.=57=41=56', 'case.wav'];
    expect(mapAll(['Case.wav', 'CASE.WAV', 'case.wav'])).toEqual(expected);
    expect(mapAll(['case.wav', 'CASE.WAV', 'Case.wav'])).toEqual(expected.reverse());
  });

  it('by normalisation: the NFC name stays', () => {
    expect(mapAll(['dvo\u0159\u00e1k', 'dvor\u030ca\u0301k'])).toEqual(['dvořák', 'dvor=CC=8Ca=CC=81k']);
  });

  it('are folders too, and files of other folders are none', () => {
    expect(mapAll(['Box/a.wav', 'box/a.wav', 'box/b/A.wav'])).toEqual([
      '=42ox/a.wav',
      'box/a.wav',
      'box/b/A.wav',
    ]);
  });
});

describe('whatever the names', () => {
  it('no two become one, even where case and normalisation are not told apart', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 30 }), (paths) => {
        const different = [...new Map(paths.map((each) => [each.toString('hex'), each])).values()];
        const mapped = mapAll(different);
        expect(new Set(mapped.map(onDisk)).size).toBe(different.length);
        for (const each of mapped)
          expect(each.normalize('NFC').replaceAll(/[^=]/g, '').length).toBe(
            each.replaceAll(/[^=]/g, '').length,
          );
      }),
      { numRuns: 2000 },
    );
  });

  it('each is read back from its mapped form, and from the line that the table has for it', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        mapAll(paths).forEach((mapped, i) => {
          const original = paths[i] as Buffer;
          expect(Buffer.from(unmapBagName(mapped) ?? [])).toEqual(original);
          const line = originalNameLine(mapped, raw(original));
          if (line === undefined) expect(mapped).toBe(decodeUtf8(original));
          else expect(readOriginalNameLine(line)).toEqual({ path: mapped, raw: raw(original) });
        });
      }),
    );
  });

  it('each is one that Windows takes, that manifests hold as it is, and of UTF-8', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        for (const mapped of mapAll(paths)) {
          expect(mapped.isWellFormed()).toBe(true);
          for (const name of mapped.split('/')) {
            expect(name).not.toMatch(/[\p{Cc}<>:"|?*\\%\u2028\u2029]|^~|[. ]$|^$/u);
            expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
            expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          }
        }
      }),
    );
  });

  it('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(textSegment, (text) => {
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('every hostile name that we know', () => {
  it('comes through, and back', () => {
    const paths = [
      ...hostileNames.map(({ name }) => name),
      ...twins.map(({ folder, name }) => Buffer.from(`${folder}/${name.toString()}`)),
    ];
    const mapped = mapAll(paths);
    expect(new Set(mapped.map(onDisk)).size).toBe(paths.length);
    mapped.forEach((each, i) => expect(Buffer.from(unmapBagName(each) ?? [])).toEqual(paths[i]));
  });
});

describe('the table of original names', () => {
  it.each([
    ['its own header', ORIGINAL_NAMES_HEADER],
    ['a path that says another name', `a=3Ab\t${Buffer.from('other').toString('base64')}\tother\n`],
    ['a way out of the bag', `=_x\t${Buffer.from('../up').toString('base64')}\t../up\n`],
    ['an absolute path', `=_x\t${Buffer.from('/etc').toString('base64')}\t/etc\n`],
    ['no base64', 'a=3Ab\t***\tx\n'],
    ['nothing', ''],
  ])('is not believed: %s', (_, line) => expect(readOriginalNameLine(line)).toBeUndefined());

  it('is believed where the path is only a digest', () => {
    const long = `${'n'.repeat(300)}/x.wav`;
    const mapped = mapOne(long);
    expect(readOriginalNameLine(originalNameLine(mapped, raw(long)) ?? '')).toEqual({
      path: mapped,
      raw: raw(long),
    });
  });
});

describe('what is no payload path', () => {
  it.each(['', '/a', 'a//b', 'a/', '../a', 'a/./b'])('%j is refused', (name) => {
    const names = new BagNames(sha256);
    expect(() => names.add(raw(name))).toThrow(RangeError);
    expect(() => names.map(raw(name))).toThrow(RangeError);
  });

  it.each(['=2E=2E/up', 'a=2Fb', 'a=00b', 'a=', 'a=zz', '=_0123', ''])('%j is not read back', (mapped) =>
    expect(unmapBagName(mapped)).toBeUndefined(),
  );
});
