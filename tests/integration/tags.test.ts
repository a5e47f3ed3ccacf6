import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../../electron/core/ports/files.ts';
import { asReading, bench, readOne } from '../support/files-under-test.ts';

interface Fixture {
  file: string;
  format: string;
  seconds: number;
  sampleRate: number;
  sha256: string;
}

const fixtures = join(import.meta.dirname, '../fixtures/audio');
const index = JSON.parse(readFileSync(join(fixtures, 'index.json'), 'utf8')) as { audio: Fixture[] };

/** A 24-bit tag size as ID3v2 writes it: seven bits a byte. */
function id3(frames: Buffer): Buffer {
  const size = Buffer.of(
    frames.length >> 21,
    (frames.length >> 14) & 127,
    (frames.length >> 7) & 127,
    frames.length & 127,
  );
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), size, frames]);
}

function frame(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(10);
  header.write(id, 'latin1');
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe('what a sound says of itself', () => {
  let files: Files;
  let folder: string;
  let close: () => Promise<void>;
  beforeAll(() => ({ files, folder, close } = bench()));
  afterAll(() => close());

  it.each(index.audio)('$file is $format', async ({ file, format, seconds, sampleRate, sha256 }) => {
    const reading = asReading(await readOne(files, fixtures, file));
    expect(Buffer.from(reading.sha256).toString('hex')).toBe(sha256);
    expect(reading.kind).toBe('audio');
    const isProtected = format.endsWith(', protected');
    expect(reading.format.name).toBe(format.replace(', protected', ''));
    expect(reading.problems.map(({ code }) => code)).toEqual(isProtected ? ['protected'] : []);
    if (isProtected || format === 'RealMedia') return;
    expect(reading.technical?.sampleRate).toBe(sampleRate);
    // Lossy encoders pad; neither a stream written to a pipe nor ADTS says how long it is.
    if (!['flac-streamed.flac', 'aac-adts.aac'].includes(file)) {
      expect(Math.abs((reading.technical?.durationMs ?? 0) - seconds * 1000)).toBeLessThan(200);
    }
  });

  it.each([
    ['flac-16-tags-picture.flac', 'Humoreska č. 7', 'isrc CZZ992600001'],
    ['mp3-cbr-id3v23.mp3', 'Humoreska č. 7', 'mbid-recording 00000000-0000-4000-8000-0000000000a1'],
    ['m4a-alac.m4a', '東京の台所', 'barcode 2000000000015'],
    ['ogg-opus.opus', '東京の台所', 'catalognumber HF 0001-2'],
    ['wav-pcm24.wav', '東京の台所', undefined],
    ['wav-info-id3.wav', 'Humoreska č. 7', 'isrc CZZ992600001'],
    ['mp3-apev2-id3v1.mp3', 'Ночь на кухне', 'isrc RUZ992600002'],
  ])('reads the words and identifiers of %s', async (file, title, identifier) => {
    const reading = asReading(await readOne(files, fixtures, file));
    expect(reading.embedded?.title).toBe(title);
    const identifiers = reading.identifiers.map((pair) => pair.join(' '));
    if (identifier !== undefined) expect(identifiers).toContain(identifier);
  });

  it('keeps every tag as found, pictures as length and digest', async () => {
    const reading = asReading(await readOne(files, fixtures, 'mp3-cbr-id3v23.mp3'));
    const found = JSON.parse(reading.embedded?.found ?? '') as Record<string, [string, unknown][]>;
    const cover = readFileSync(join(fixtures, 'beside/cover.jpg'));
    const sha256 = createHash('sha256').update(cover).digest('hex');
    expect(found['ID3v2.3']?.find(([id]) => id === 'APIC')?.[1]).toMatchObject({
      bytes: cover.length,
      sha256,
    });
  });

  it('reads the files beside the sound by what they are', async () => {
    const kinds: Record<string, string> = {
      'disc.cue': 'cue',
      'disc-latin2.cue': 'cue',
      'disc.log': 'log',
      'cover.jpg': 'image',
      'booklet.pdf': 'document',
      'note.txt': 'text',
      'list.m3u8': 'playlist',
    };
    for (const [name, kind] of Object.entries(kinds)) {
      const reading = asReading(await readOne(files, join(fixtures, 'beside'), name));
      expect([name, reading.kind, reading.problems, reading.technical]).toEqual([name, kind, [], undefined]);
    }
  });

  it.each([
    ['flac-24-stereo.flac', 'x.mp3', 'FLAC'],
    ['mp3-no-xing.mp3', 'x.wav', 'MPEG Audio Layer 3'],
    ['beside/booklet.pdf', 'x.flac', 'PDF 1.4'],
    ['beside/note.txt', 'x.wav', 'text'],
  ])('goes by the bytes and not by the name: %s as %s', async (fixture, name, format) => {
    copyFileSync(join(fixtures, fixture), join(folder, name));
    const reading = asReading(await readOne(files, folder, name));
    expect(reading.format.name).toBe(format);
    expect(reading.problems).toEqual([{ code: 'format_mismatch', detail: format }]);
  });

  it('knows a program dressed as a sound', async () => {
    copyFileSync(process.execPath, join(folder, 'song.mp3'));
    const reading = asReading(await readOne(files, folder, 'song.mp3'));
    expect(reading.format.name).toBe('ELF executable');
    expect(reading.problems.map(({ code }) => code)).toEqual(['format_mismatch']);
  });

  it('reads tags behind the first MiB, and sound behind a large picture', async () => {
    const sound = readFileSync(join(fixtures, 'mp3-no-xing.mp3'));
    const cover = Buffer.concat([
      Buffer.from('\0image/jpeg\0\x03\0', 'latin1'),
      Buffer.alloc(3 * 1024 * 1024, 7),
    ]);
    const title = frame('TIT2', Buffer.from('\0Behind the cover', 'latin1'));
    writeFileSync(
      join(folder, 'cover.mp3'),
      Buffer.concat([id3(Buffer.concat([frame('APIC', cover), title])), sound]),
    );
    const reading = asReading(await readOne(files, folder, 'cover.mp3'));
    expect(reading.format.name).toBe('MPEG Audio Layer 3');
    expect(reading.embedded?.title).toBe('Behind the cover');
    expect(reading.technical?.sampleRate).toBe(44100);
  });

  it('bounds hostile tags', async () => {
    const sound = readFileSync(join(fixtures, 'mp3-no-xing.mp3'));
    const long = frame('TIT2', Buffer.alloc(10 * 1024 * 1024, 0x41).fill(0, 0, 1));
    const nul = frame('TXXX', Buffer.from('\0a\0b\0c\0\0d', 'latin1'));
    const half = frame('TPE1', Buffer.concat([Buffer.of(1, 0xff, 0xfe), Buffer.of(0x00, 0xd8, 0x41, 0x00)]));
    const many = Buffer.concat(
      Array.from({ length: 5000 }, () => frame('TXXX', Buffer.alloc(100, 0x42).fill(0, 0, 1))),
    );
    writeFileSync(
      join(folder, 'hostile.mp3'),
      Buffer.concat([id3(Buffer.concat([long, nul, half, many])), sound]),
    );
    const reading = asReading(await readOne(files, folder, 'hostile.mp3'));
    expect(reading.embedded?.title).toHaveLength(1000);
    expect(reading.embedded?.artist?.isWellFormed()).toBe(true);
    const found = reading.embedded?.found ?? '';
    expect(found.length).toBeLessThan(300 * 1024);
    expect(found).toContain('more left out');
    expect(found).not.toContain('\\u0000');
    expect(JSON.parse(found)).toBeTypeOf('object');
  });

  it('keeps a file whose tags cannot be read', async () => {
    const flac = readFileSync(join(fixtures, 'flac-16-tags-picture.flac'));
    writeFileSync(join(folder, 'cut.flac'), flac.subarray(0, 60));
    writeFileSync(
      join(folder, 'cut.m4a'),
      readFileSync(join(fixtures, 'm4a-aac-faststart.m4a')).subarray(0, 200),
    );
    for (const name of ['cut.flac', 'cut.m4a']) {
      const reading = asReading(await readOne(files, folder, name));
      expect(reading.kind).toBe('audio');
      for (const { code } of reading.problems) expect(code).toBe('tags_unreadable');
    }
  });
});
