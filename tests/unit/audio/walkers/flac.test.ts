import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

const fixtures = [
  'flac-16-tags-picture.flac',
  'flac-24-stereo.flac',
  'flac-no-md5.flac',
  'flac-streamed.flac',
  'flac-id3-before.flac',
  'flac-cuesheet.flac',
];

/** Where `fLaC` stands, and where the last metadata block ends. */
function partsOf(bytes: Buffer): { magic: number; audio: number } {
  const magic = bytes.indexOf('fLaC');
  let at = magic + 4;
  for (;;) {
    const first = bytes[at] as number;
    at += 4 + bytes.readUIntBE(at + 1, 3);
    if (first >= 0x80) return { magic, audio: at };
  }
}

testWalker('FLAC', {
  fixtures,
  provesAudio: true,
  audioOf: (bytes) => [[partsOf(bytes).audio, bytes.length]],
});

const plain = fixtureBytes('flac-24-stereo.flac');
const { magic, audio } = partsOf(plain);
/** Without its metadata but STREAMINFO, which is then the last block. */
const bare = Buffer.concat([plain.subarray(magic, magic + 42), plain.subarray(audio)]);
bare[4] = 0x80;

describe('FLAC essence', () => {
  it('is STREAMINFO without its MD5, and the frames, as its definition says', () => {
    const length = (bytes: Uint8Array): Buffer => {
      const eight = Buffer.alloc(8);
      eight.writeBigUInt64BE(BigInt(bytes.length));
      return eight;
    };
    const info = plain.subarray(magic + 8, magic + 26);
    const frames = plain.subarray(audio);
    const expected = createHash('sha256')
      .update('holdfast essence\0flac-1\0STREAMINFO\0')
      .update(length(info))
      .update(info)
      .update('audio\0')
      .update(length(frames))
      .update(createHash('sha256').update(frames).digest())
      .digest('hex');
    expect(essenceOf(walked(plain))).toBe(expected);
    expect(walked(plain).essence?.definition).toBe('flac-1');
  });

  it('stays as it is when tags go, come before it, or come behind it', () => {
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\0', 'latin1'), Buffer.alloc(128)]);
    const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    for (const bytes of [
      bare,
      Buffer.concat([id3, plain]),
      Buffer.concat([plain, id3v1]),
      Buffer.concat([plain, ape(), id3v1]),
    ]) {
      const reading = walked(bytes);
      expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
      expect(reading).toMatchObject({ verdict: 'intact', problems: [] });
    }
  });

  it('changes with what the frames are decoded by', () => {
    for (let bit = 0; bit < 18 * 8; bit++) {
      const reading = walked(flipped(plain, magic + 8 + (bit >> 3), bit & 7));
      expect(essenceOf(reading)).not.toBe(essenceOf(walked(plain)));
    }
  });
});

describe('FLAC, what it proves', () => {
  it('says what was checked, and what was never set', () => {
    expect(walked(plain)).toMatchObject({ verdict: 'intact', lacks: [] });
    expect(walked(plain).proofs[0]).toMatch(/^CRC-16 of \d+ frames$/);
    expect(walked(fixtureBytes('flac-no-md5.flac'))).toMatchObject({
      verdict: 'intact',
      lacks: ['MD5 of the samples: never set'],
    });
  });

  it('places damage by byte and by time', () => {
    const bytes = fixtureBytes('flac-cuesheet.flac');
    const at = Math.floor((partsOf(bytes).audio + bytes.length) / 2);
    const [problem] = walked(flipped(bytes, at, 3)).problems;
    expect(problem).toMatchObject({ code: 'essence_damaged' });
    expect(Number(problem?.offset)).toBeLessThanOrEqual(at);
    expect(problem?.timeMs).toBeGreaterThan(0);
    expect(problem?.timeMs).toBeLessThan(400);
  });

  it('calls a header that contradicts its frames damaged, and the essence intact', () => {
    // Sample rate, bits 80 to 99 of STREAMINFO.
    const reading = walked(flipped(plain, magic + 8 + 11, 0));
    expect(reading).toMatchObject({
      verdict: 'header_damaged',
      problems: [{ code: 'header_damaged', offset: magic + 8 }],
    });
    expect(reading.proofs).toHaveLength(1);
  });

  it('finds the frames where the last block lost its flag', () => {
    const broken = Buffer.from(bare);
    broken[4] = 0;
    expect(walked(broken)).toMatchObject({
      verdict: 'header_damaged',
      proofs: [expect.stringMatching('CRC-16')],
    });
  });

  it('does not mind bytes behind the last frame', () => {
    for (const file of fixtures) {
      for (const junk of ['kitchen table', 'x', '\xff\xf8\xff\xf8\xff\xf8', '\0'.repeat(600)]) {
        const reading = walked(Buffer.concat([fixtureBytes(file), Buffer.from(junk, 'latin1')]));
        expect(reading, file).toMatchObject({ verdict: 'intact' });
      }
    }
  });

  it('counts pictures and cue sheets, each with a digest', () => {
    const kinds = (file: string) =>
      walked(fixtureBytes(file)).evidence.map(({ kind, id }) => `${kind} ${id}`);
    expect(kinds('flac-16-tags-picture.flac')).toEqual(['picture PICTURE']);
    expect(kinds('flac-cuesheet.flac')).toEqual(['cue sheet CUESHEET']);
  });
});

/** An APEv2 tag without items, header and footer. */
function ape(): Buffer {
  const part = (flags: number): Buffer => {
    const bytes = Buffer.alloc(32);
    bytes.write('APETAGEX');
    bytes.writeUInt32LE(2000, 8);
    bytes.writeUInt32LE(32, 12);
    bytes.writeUInt32LE(flags, 20);
    return bytes;
  };
  return Buffer.concat([part(0xa0000000), part(0x80000000)]);
}

it('finds every bit that is turned over in the last frame of a stream whose length was never set', () => {
  const streamed = fixtureBytes('flac-streamed.flac');
  const header = streamed.lastIndexOf(Buffer.of(0xff, 0xf8));
  for (let at = header; at < header + 16; at++) {
    for (let bit = 0; bit < 8; bit++)
      expect(walked(flipped(streamed, at, bit)).verdict, `bit ${bit} of byte ${at}`).toBe('essence_damaged');
  }
  const junk = Buffer.concat([streamed, Buffer.from('left behind by an old editor')]);
  expect(walked(junk).verdict).not.toBe('essence_damaged');
});
