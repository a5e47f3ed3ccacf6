import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ChecksumLines } from '../../../shared/domain/checksum-lines.ts';
import { crc32OfParts } from '../../../shared/domain/crc32-of-parts.ts';
import { algorithmsFor, headOf, lineOf, type ManifestForm } from '../../../shared/domain/manifest-forms.ts';
import { hostileNames } from '../../fixtures/generate/hostile-list.ts';

const digests = {
  sha256: 'c'.repeat(64),
  sha512: 'd'.repeat(128),
  md5: 'a'.repeat(32),
  crc32: '0badcafe',
};
const paths = hostileNames.map(({ name }) => `side a/${name.toString('latin1')}`);

function line(form: ManifestForm, path: string, known: object = digests): unknown {
  const algorithms = algorithmsFor(form, []) ?? [];
  const written = lineOf(form, algorithms, { path, size: 12, digests: known }, () => ({ display: path }));
  return 'line' in written ? written.line : written.omitted;
}

describe('lines of a manifest', () => {
  it('are read back as the same bytes of every hostile name, where they are written at all', () => {
    for (const form of ['gnu', 'gnu-binary', 'tag', 'hashdeep', 'md5deep'] as const)
      for (const path of paths) {
        const reader = new ChecksumLines();
        const algorithms = algorithmsFor(form, []) ?? [];
        for (const head of headOf(form, algorithms).split('\n')) reader.read(head);
        const written = line(form, path) as string;
        if (written === 'name') expect(path).toMatch(form === 'hashdeep' ? /\n/ : /[\n\r]/);
        else
          expect(reader.read(written.slice(0, -1))).toEqual({
            path,
            checksums: [expect.objectContaining({ algorithm: algorithms[0] })],
          });
      }
  });

  it('write every name in the forms of GNU coreutils', () => {
    for (const form of ['gnu', 'gnu-binary', 'tag'] as const)
      for (const path of paths) expect(line(form, path)).toMatch(/^[^\n\r]+\n$/);
    expect(line('gnu', 'a\\b\nc\rd')).toBe(`\\${digests.sha256}  a\\\\b\\nc\\rd\n`);
    expect(line('gnu-binary', 'a')).toBe(`${digests.sha256} *a\n`);
    expect(line('tag', 'a) = b')).toBe(`SHA256 (a) = b) = ${digests.sha256}\n`);
  });

  it('never guess: a digest that is not recorded is a file that is left out', () => {
    expect(line('sfv', 'a', { sha256: digests.sha256 })).toBe('no digest');
    expect(line('md5deep', 'a', {})).toBe('no digest');
    expect(line('ffp', 'a.flac')).toBe('no digest');
    expect(line('csv', 'a', { md5: digests.md5 })).toBe(`"a","","12","","","","${digests.md5}",""\r\n`);
  });

  it('begin no name of an SFV as a comment or with what is trimmed', () => {
    expect(line('sfv', ';a.wav')).toBe('./;a.wav 0badcafe\n');
    expect(line('sfv', ' a.wav')).toBe('./ a.wav 0badcafe\n');
    expect(line('sfv', 'b;c.wav')).toBe('b;c.wav 0badcafe\n');
  });

  it('run in no spreadsheet', () => {
    for (const path of ['=cmd()', '+1', '-1', '@x', '\tx', 'a,=b'])
      expect(String(line('csv', path)).split('"')[1]).toContain("'");
    expect(line('csv', 'quoted "q".wav')).toMatch(/^"quoted ""q"".wav",/);
  });
});

it('a form takes its own algorithms and no others', () => {
  expect(algorithmsFor('hashdeep', ['sha256', 'md5'])).toEqual(['md5', 'sha256']);
  expect(algorithmsFor('hashdeep', ['sha512'])).toBeUndefined();
  expect(algorithmsFor('gnu', ['sha1', 'md5'])).toBeUndefined();
  expect(algorithmsFor('ffp', ['md5'])).toBeUndefined();
  expect(algorithmsFor('ffp', [])).toEqual([]);
});

describe('the CRC-32 of a whole', () => {
  it('is that of its parts put together', () => {
    for (const size of [1, 63, 64, 65, 1_000, 64 * 40]) {
      const whole = createHash('sha512').update(String(size)).digest().subarray(0, 64);
      const bytes = Buffer.concat(Array.from({ length: 41 }, () => whole)).subarray(0, size);
      const parts = Buffer.alloc(Math.ceil(size / 64) * 4);
      for (let at = 0; at < size; at += 64)
        parts.writeUInt32BE(crc32(bytes.subarray(at, Math.min(size, at + 64))), (at / 64) * 4);
      expect(crc32OfParts(parts, size, 64)).toBe(crc32(bytes));
    }
  });

  it('is unknown where the parts are not those of the size', () => {
    expect(crc32OfParts(Buffer.alloc(8), 64, 64)).toBeUndefined();
    expect(crc32OfParts(Buffer.alloc(0), 0, 64)).toBeUndefined();
  });
});
