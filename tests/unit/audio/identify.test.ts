import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../electron/adapters/audio/content.ts';
import { formats } from '../../../electron/adapters/audio/formats.ts';
import { headerFacts } from '../../../electron/adapters/audio/header-facts.ts';
import { identify } from '../../../electron/adapters/audio/identify.ts';

/** A file of which the first `head` bytes are at hand, as of one larger than what is retained. */
function contentOf(bytes: Buffer, head = bytes.length): Content {
  const read = (position: number, target: Uint8Array): number => bytes.copy(target, 0, position);
  return { size: bytes.length, head: bytes.subarray(0, head), read };
}

const find = (bytes: Buffer, name = 'x', head?: number) =>
  identify(contentOf(bytes, head), Buffer.from(name));
const fixtures = join(import.meta.dirname, '../../fixtures/audio');
const index = JSON.parse(readFileSync(join(fixtures, 'index.json'), 'utf8')) as { audio: { file: string }[] };

describe('identify', () => {
  it.each(index.audio)('finds the same in $file with little of it at hand', ({ file }) => {
    // Matroska is looked at in the head alone.
    const bytes = readFileSync(join(fixtures, file));
    const head = file.endsWith('.mka') ? bytes.length : 512;
    expect(find(bytes, file, head)).toEqual(find(bytes, file));
  });

  it('never throws and always ends, whatever the bytes', () => {
    const starts = index.audio.map(({ file }) => readFileSync(join(fixtures, file)).subarray(0, 2000));
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(2000),
        (start, noise, at) => {
          const bytes = Buffer.from(start);
          bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
          const { format } = find(bytes);
          headerFacts(contentOf(bytes), format.name);
          expect(Object.values(formats).map(({ mime }) => mime)).toContain(format.mime);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('takes no noise for sound', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2000, maxLength: 4000 }), (noise) => {
        // Nothing that is a signature by chance: the test is about frames.
        noise.set([0x01, 0x02, 0x03, 0x00]);
        expect(find(Buffer.from(noise)).format.name).toBe('unidentified');
      }),
    );
  });

  it.each([
    ['plain', 'hello\n', 'text'],
    ['Latin-2 text', Buffer.from([0x44, 0x76, 0x6f, 0xf8, 0xe1, 0x6b, 0x20, 0x61]), 'text (not UTF-8)'],
    ['UTF-16', Buffer.from('\ufeffhello', 'utf16le'), 'text (UTF-16)'],
    ['zeros', Buffer.alloc(5000), 'unidentified'],
    ['a bare MZ', 'MZ is a town', 'text'],
  ])('tells %s', (_, content, format) => {
    expect(find(Buffer.from(content)).format.name).toBe(format);
  });

  it.each(['drms', 'enca', 'aavd'])('refuses MP4 with the sample entry %s', (entry) => {
    const file = readFileSync(join(fixtures, 'm4a-aac.m4a'));
    const bytes = Buffer.from(file.toString('latin1').replaceAll('mp4a', entry), 'latin1');
    expect(find(bytes).problems[0]?.code).toBe('protected');
  });

  it('knows Audible by its bytes, and a streaming cache by having none', () => {
    expect(find(Buffer.from('\0\0\x10\0\x57\x90\x75\x36\0\0', 'latin1')).problems[0]).toEqual({
      code: 'protected',
      detail: 'Audible (AA)',
    });
    expect(find(Buffer.alloc(9000, 0x9d)).format.name).toBe('unidentified');
  });

  it('gives each PRONOM identifier to what PRONOM gives it to', () => {
    for (const { puid } of Object.values(formats)) expect(puid).toMatch(/^((x-)?fmt\/\d+)?$/);
    expect(formats.wavpack.puid).toBe('');
  });
});
