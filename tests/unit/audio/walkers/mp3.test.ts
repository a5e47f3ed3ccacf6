import { describe, expect, it } from 'vitest';
import { identify } from '../../../../electron/adapters/audio/identify.ts';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

const withTag = ['mp3-cbr-id3v23.mp3', 'mp3-vbr-id3v24.mp3', 'mp3-crc-protected.mp3', 'mp3-lavc-xing.mp3'];

/** From the frame behind the tag to the APE or ID3v1 tag, found by their marks. */
function audioOf(bytes: Buffer): readonly (readonly [number, number])[] {
  const tagged = Math.max(bytes.indexOf('Info', 0, 'latin1'), bytes.indexOf('Xing', 0, 'latin1'));
  const from = bytes.indexOf(0xff, tagged < 0 ? 0 : tagged + 156);
  const ends = [bytes.indexOf('APETAGEX'), bytes.indexOf('TAG', bytes.length - 128)];
  return [[from, Math.min(bytes.length, ...ends.filter((at) => at >= 0))]];
}

testWalker('MP3 with a LAME tag', { fixtures: withTag, provesAudio: true, audioOf });
testWalker('MPEG audio without', {
  fixtures: [
    'mp3-no-xing.mp3',
    'mp3-ffmpeg-no-xing.mp3',
    'mp3-id3v1.mp3',
    'mp3-apev2-id3v1.mp3',
    'mp3-mpeg2-lsf.mp3',
    'mp3-mpeg25.mp3',
    'mp2-twolame.mp2',
  ],
  provesAudio: false,
  audioOf,
});

const plain = fixtureBytes('mp3-crc-protected.mp3');
const untagged = fixtureBytes('mp3-no-xing.mp3');
const info = plain.indexOf('Xing');
const frame = audioOf(plain)[0]?.[0] as number;
/** Of the untagged fixture without padding: 64 kbit/s at 44.1 kHz. */
const frameLength = 208;
/** Of its fourth frame. */
let fourth = 0;
for (let i = 0; i < 3; i++) fourth += frameLength + (((untagged[fourth + 2] as number) >> 1) & 1);

const id3 = (content: Buffer, flags = 0): Buffer => {
  const sizes = [content.length >> 21, content.length >> 14, content.length >> 7, content.length];
  const header = Buffer.from([0x49, 0x44, 0x33, 4, 0, flags, ...sizes.map((size) => size & 0x7f)]);
  const footer = Buffer.concat([Buffer.from('3DI'), header.subarray(3)]);
  return Buffer.concat([header, content, ...((flags & 0x10) === 0 ? [] : [footer])]);
};
const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
const lyrics1 = Buffer.from('LYRICSBEGIN[00:00]la la laLYRICSEND');
const lyrics2 = Buffer.from('LYRICSBEGININD0000200LYR00002la000031LYRICS200');

describe('MP3 essence', () => {
  it('stays as it is under tags before and behind', () => {
    const nested = id3(id3(Buffer.alloc(300)));
    for (const bytes of [
      Buffer.concat([id3(Buffer.alloc(100)), plain]),
      Buffer.concat([id3(Buffer.alloc(100), 0x10), id3(Buffer.alloc(7)), plain]),
      Buffer.concat([nested, plain]),
      Buffer.concat([plain, id3v1]),
      Buffer.concat([plain, lyrics1, id3v1]),
      Buffer.concat([plain, lyrics2, id3v1]),
      Buffer.concat([plain, id3(Buffer.alloc(50), 0x10), lyrics2, id3v1]),
    ]) {
      const reading = walked(bytes);
      expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
      expect(reading).toMatchObject({ verdict: 'intact', problems: [] });
    }
  });

  it('does not count the frame with the tag, nor what an encoder tells of itself', () => {
    for (const at of [info + 10, info + 60, info + 130, info + 158]) {
      expect(essenceOf(walked(flipped(plain, at, 2))), `byte ${at}`).toBe(essenceOf(walked(plain)));
    }
  });

  it('changes with what is left out in playing, and with what all frames have in common', () => {
    for (let at = info + 141; at < info + 144; at++) {
      expect(essenceOf(walked(flipped(plain, at, 1)))).not.toBe(essenceOf(walked(plain)));
    }
  });

  it.each(['VBRI', 'Xing'])('does not count a frame with the tag %s of an encoder before LAME', (kind) => {
    const first = Buffer.from(untagged.subarray(0, frameLength));
    first[2] = (first[2] as number) & 0xfd;
    first.fill(0, 4);
    // Mono, so that Xing stands behind 17 bytes of side information; VBRI is always at 36.
    if (kind === 'VBRI') first.write(kind, 36, 'latin1');
    else first.write('Xing\0\0\0\x01', 21, 'latin1');
    first.writeUInt32BE(21, kind === 'VBRI' ? 50 : 29);
    const reading = walked(Buffer.concat([first, untagged]));
    expect(essenceOf(reading)).toBe(essenceOf(walked(untagged)));
    expect(reading).toMatchObject({ verdict: 'unverifiable', problems: [] });
  });

  it.each(withTag)('is told from the frame of the tag, whatever bit of it flips in %s', (file) => {
    const bytes = fixtureBytes(file);
    const [[from] = [0]] = audioOf(bytes);
    const tag = Math.max(bytes.indexOf('Info'), bytes.indexOf('Xing'));
    const start = bytes.lastIndexOf(0xff, tag - 8);
    for (let bit = 0; bit < (from - start) * 8; bit++) {
      // Without its mark it is a frame of sound to anybody, and its CRC then covers the mark.
      if (bit >> 5 === (tag - start) >> 2 || bit >> 5 === (tag - start + 3) >> 2) continue;
      const which = `bit ${bit} of the first frame`;

      const reading = walked(flipped(bytes, start + (bit >> 3), bit & 7));
      // Nothing of the sound has changed.
      expect(['intact', 'header_damaged', 'checksum_differs', 'unverifiable'], which).toContain(
        reading.verdict,
      );
    }
  });
});

describe('MP3, what it proves', () => {
  it('says whose checksum was compared', () => {
    expect(walked(plain)).toMatchObject({
      verdict: 'intact',
      version: 'MPEG-1 layer III',
      proofs: [expect.stringMatching(/^the encoder's checksum of 21 frames$/)],
    });
    expect(walked(untagged)).toMatchObject({
      verdict: 'unverifiable',
      proofs: [],
      lacks: [expect.stringMatching('never set')],
      problems: [],
    });
  });

  it('places a broken frame by byte and by time', () => {
    const long = Buffer.concat(Array.from({ length: 5 }, () => untagged));
    const at = untagged.length + fourth;
    expect(walked(flipped(long, at, 1))).toMatchObject({
      verdict: 'essence_damaged',
      problems: [{ code: 'essence_damaged', offset: at, timeMs: Math.round((24 * 1152_000) / 44100) }],
    });
  });

  it('places damage in the header of a frame with a CRC of its own', () => {
    const side = frame + 6;
    const reading = walked(flipped(plain, side + 3, 1));
    expect(reading.problems).toContainEqual({
      ...{ code: 'essence_damaged', offset: frame, timeMs: 0 },
      detail: 'CRC-16 of the frame is wrong',
    });
  });

  it('calls sound that does not fit the checksum different from it, never damaged', () => {
    const middle = Math.floor((frame + plain.length) / 2);
    const reading = walked(flipped(fixtureBytes('mp3-vbr-id3v24.mp3'), middle, 1));
    expect(reading.verdict).toBe('checksum_differs');
  });

  it('calls a tag damaged that does not fit its own CRC while the sound fits its', () => {
    for (const at of [info + 20, info + 125, info + 150, info + 155]) {
      expect(walked(flipped(plain, at, 0)), `byte ${at}`).toMatchObject({
        verdict: 'header_damaged',
        proofs: [expect.stringMatching('checksum')],
      });
    }
  });

  it('trusts no tag that does not fit its own CRC against the sound', () => {
    const reading = walked(flipped(flipped(plain, info + 60, 0), plain.length - 20, 0));
    expect(reading).toMatchObject({ verdict: 'unverifiable', proofs: [] });
    expect(reading.lacks[0]).toMatch('its tag does not fit its own checksum');
  });

  it('never calls an excerpt damaged, and a file cut short truncated', () => {
    const from = 100;
    const excerpt = walked(untagged.subarray(from, untagged.length - 50));
    expect(excerpt.verdict).toBe('unverifiable');
    expect(excerpt.problems.every(({ code }) => code === 'structure_odd')).toBe(true);
    expect(walked(untagged.subarray(0, untagged.length - 50)).verdict).toBe('truncated');
    expect(walked(plain.subarray(0, plain.length - 50)).verdict).toBe('truncated');
  });

  it('does not call a count of frames that disagrees damage', () => {
    const file = fixtureBytes('mp3-vbr-id3v24.mp3');
    const at = file.indexOf('Xing');
    // Without a LAME tag, of which nothing is left.
    file.fill(0, at + 120, at + 156).writeUInt32BE(5000, at + 8);
    expect(walked(file)).toMatchObject({
      verdict: 'unverifiable',
      problems: [{ code: 'structure_odd', detail: 'its Xing frame counts 5000 frames, there are 21' }],
    });
  });

  it('walks on behind tags in the middle, and says how far the checksum goes', () => {
    const reading = walked(Buffer.concat([plain, id3v1, id3(Buffer.alloc(80)), plain, id3v1]));
    expect(reading.verdict).toBe('unverifiable');
    expect(reading.lacks[0]).toMatch(`up to byte ${plain.length}`);
  });

  it('finds frames behind garbage', () => {
    const reading = walked(Buffer.concat([id3(Buffer.alloc(10)), Buffer.alloc(3000, 0xa7), plain]));
    expect(reading).toMatchObject({
      verdict: 'intact',
      problems: [{ code: 'structure_odd', offset: 20, detail: '3000 bytes stand before the first frame' }],
    });
    expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
  });

  it('leaves out what stands between the last frame and the tags', () => {
    const reading = walked(Buffer.concat([plain, Buffer.alloc(700), id3v1]));
    expect(reading).toMatchObject({ verdict: 'intact', problems: [{ code: 'structure_odd' }] });
    expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
  });

  it('follows free format, whose frames do not say how long they are', () => {
    // The frames of the fixture with the bit rate taken out of their headers: all are of one length.
    const free = Buffer.alloc(frameLength * 12);
    for (let at = 0; at < free.length; at += frameLength) {
      untagged.copy(free, at, 0, frameLength);
      free[at + 2] = (free[at + 2] as number) & 0x0d;
    }
    const content = { size: free.length, head: free, read: () => 0 };
    expect(identify(content, Buffer.from('x.mp3')).format.name).toBe('MPEG Audio Layer 3');
    expect(walked(free)).toMatchObject({ verdict: 'unverifiable', problems: [] });
    expect(walked(flipped(free, frameLength * 5 + 1, 7)).verdict).toBe('essence_damaged');
  });

  it('counts pictures', () => {
    const [picture] = walked(fixtureBytes('mp3-cbr-id3v23.mp3')).evidence;
    expect(picture).toMatchObject({ kind: 'picture', id: 'APIC' });
  });
});
