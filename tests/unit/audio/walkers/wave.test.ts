import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bext, chunk, fmt, rf64, wave } from '../../../fixtures/make/riff.ts';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

const fixtures = [
  'wav-pcm16.wav',
  'wav-info-id3.wav',
  'wav-pcm24.wav',
  'wav-float32.wav',
  'wav-extensible.wav',
  'wav-adpcm.wav',
  'bwf-v0.wav',
  'bwf-v1.wav',
  'bwf-ffmpeg.wav',
  'rf64.wav',
  'bw64.wav',
];

function dataOf(bytes: Buffer): readonly [number, number] {
  const at = bytes.indexOf('data', 12, 'latin1');
  const size = bytes.readUInt32LE(at + 4);
  return [at + 8, at + 8 + (size === 0xffffffff ? Number(bytes.readBigUInt64LE(28)) : size)];
}

testWalker('WAVE', { fixtures, provesAudio: false, audioOf: (bytes) => [dataOf(bytes)] });
testWalker('WAVE with its MD5', {
  fixtures: ['bwf-v2.wav'],
  provesAudio: true,
  audioOf: (bytes) => [dataOf(bytes)],
});

/** One second, mono, 16 bits. */
const format = fmt({ tag: 1, rate: 8000, channels: 1, bits: 16 });
const sound = Buffer.alloc(16_000, 'kettle');
const plain = wave([chunk('fmt ', format), chunk('data', sound)]);
const md5 = (data: Buffer): Buffer => createHash('md5').update(data).digest();

describe('WAVE essence', () => {
  it('is fmt and the data, whatever else stands in the file and in whichever order', () => {
    const others = [
      wave([chunk('data', sound), chunk('fmt ', format)]),
      wave([
        chunk('fmt ', format),
        chunk('bext', bext(1, 'A=PCM')),
        chunk('data', sound),
        chunk('LIST', Buffer.from('INFO')),
      ]),
      Buffer.concat([plain, Buffer.from('TAG'), Buffer.alloc(125)]),
    ];
    for (const bytes of others) {
      expect(essenceOf(walked(bytes))).toBe(essenceOf(walked(plain)));
      expect(walked(bytes)).toMatchObject({ verdict: 'unverifiable', problems: [] });
    }
  });

  it('changes with every bit of fmt, and of the sizes in ds64', () => {
    for (let bit = 0; bit < format.length * 8; bit++) {
      expect(essenceOf(walked(flipped(plain, 20 + (bit >> 3), bit & 7)))).not.toBe(essenceOf(walked(plain)));
    }
    const large = rf64('BW64', format, sound, 8000);
    for (let bit = 0; bit < 128; bit++) {
      expect(essenceOf(walked(flipped(large, 28 + (bit >> 3), bit & 7)))).not.toBe(essenceOf(walked(large)));
    }
  });

  it('leaves the pad byte out', () => {
    const odd = wave([chunk('fmt ', format), chunk('data', sound.subarray(1))]);
    const [, end] = dataOf(odd);
    expect(essenceOf(walked(flipped(odd, end, 4)))).toBe(essenceOf(walked(odd)));
  });
});

describe('WAVE, what it proves', () => {
  it.each([
    ['as it comes', md5(sound)],
    ['bytes reversed', md5(sound).reverse()],
  ])('takes the MD5 chunk %s', (_, stored) => {
    const bytes = wave([chunk('fmt ', format), chunk('data', sound), chunk('MD5 ', stored)]);
    expect(walked(bytes)).toMatchObject({ verdict: 'intact', proofs: ['MD5 of the data'] });
    const first = wave([chunk('MD5 ', stored), chunk('fmt ', format), chunk('data', sound)]);
    expect(walked(first)).toMatchObject({ verdict: 'intact' });
    const [at] = dataOf(bytes);
    expect(walked(flipped(bytes, at + 5, 1))).toMatchObject({
      verdict: 'essence_damaged',
      problems: [{ code: 'essence_damaged', offset: at }],
    });
  });

  it('blames the MD5 chunk where that is what has a flipped bit', () => {
    const bytes = wave([chunk('fmt ', format), chunk('data', sound), chunk('MD5 ', md5(sound))]);
    expect(walked(flipped(bytes, bytes.length - 3, 6))).toMatchObject({
      verdict: 'header_damaged',
      proofs: ['MD5 of the data'],
    });
  });

  it('says where and when a cut file ends', () => {
    for (const length of [44, 45, 1044, plain.length - 1]) {
      expect(walked(plain.subarray(0, length))).toMatchObject({
        verdict: 'truncated',
        problems: [{ code: 'truncated', offset: length, timeMs: Math.round((length - 44) / 16) }],
      });
    }
    expect(walked(plain.subarray(0, 30))).toMatchObject({ verdict: 'truncated' });
  });

  it('says that a cut behind the audio left the audio whole', () => {
    const bytes = wave([chunk('fmt ', format), chunk('data', sound), chunk('iXML', Buffer.alloc(500, 'x'))]);
    const cut = walked(bytes.subarray(0, bytes.length - 100));
    expect(cut.verdict).toBe('header_damaged');
    expect(essenceOf(cut)).toBe(essenceOf(walked(bytes)));
  });
});

describe('WAVE, unusual and healthy', () => {
  const quiet = (bytes: Buffer): void => {
    const reading = walked(bytes);
    expect(reading.verdict).toBe('unverifiable');
    expect(reading.problems.map(({ code }) => code).filter((code) => code !== 'structure_odd')).toEqual([]);
  };

  it('is never called damaged', () => {
    const odd = Buffer.from(sound.subarray(1));
    const unpadded = chunk('data', odd).subarray(0, 8 + odd.length);
    quiet(
      wave([chunk('fmt ', format), unpadded, chunk('LIST', Buffer.from('INFOISFT\x02\0\0\0x\0', 'latin1'))]),
    );
    quiet(wave([chunk('fmt ', format), unpadded]));
    quiet(Buffer.concat([plain, Buffer.alloc(1000)]));
    quiet(Buffer.concat([plain, Buffer.alloc(777, 'garbage behind it')]));
    quiet(wave([chunk('fmt ', format), chunk('data', Buffer.alloc(0))]));
    quiet(wave([chunk('JUNK', Buffer.alloc(5000)), chunk('fmt ', format), chunk('data', sound)]));
    for (const size of [0, 1, 0xffffffff, plain.length, plain.length - 4]) {
      const bytes = Buffer.from(plain);
      bytes.writeUInt32LE(size, 4);
      quiet(bytes);
    }
  });

  it('walks MPEG in WAVE as it does any other', () => {
    const mpeg = Buffer.concat([fmt({ tag: 3, rate: 8000, channels: 1, bits: 16 }), Buffer.alloc(12)]);
    mpeg.writeUInt16LE(0x55, 0);
    quiet(wave([chunk('fmt ', mpeg), chunk('fact', Buffer.alloc(4)), chunk('data', sound)]));
  });

  it.each([
    ['0, as a recorder leaves it that lost power', 0],
    ['−1, as programs write it to a pipe', 0xffffffff],
    ['as sox writes it to a pipe', 0x7ffff000],
  ])('has a size of %s: a damaged header, and all of its audio', (_, size) => {
    const bytes = Buffer.from(plain);
    bytes.writeUInt32LE(size, 40);
    bytes.writeUInt32LE(size === 0 ? 0 : Math.min(size + 36, 0xffffffff), 4);
    const reading = walked(bytes);
    expect(reading).toMatchObject({
      verdict: 'header_damaged',
      problems: [{ code: 'header_damaged', offset: 40 }],
    });
    expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
  });
});

describe('WAVE evidence', () => {
  it('reads bext by the names of its specification', () => {
    const [found] = walked(fixtureBytes('bwf-v2.wav')).evidence;
    expect(found).toMatchObject({
      kind: 'chunk',
      id: 'bext',
      fields: {
        version: 2,
        description: 'Kitchen table, second take',
        originator: 'Holdfast fixtures',
        originatorReference: 'CZZ99HF0001',
        originationDate: '1991-05-17',
        originationTime: '10:30:00',
        timeReference: 480_000,
        umid: `060a2b340101010501010d4313000000${'0'.repeat(32)}`,
        loudnessValue: -23,
        loudnessRange: 5,
        maxTruePeakLevel: -1,
        maxMomentaryLoudness: -21,
        maxShortTermLoudness: -22,
        codingHistory: expect.stringContaining('A=') as unknown,
      },
    });
  });

  it('lists each chunk with its place, length and digest', () => {
    const bytes = fixtureBytes('bwf-v2.wav');
    const { evidence } = walked(bytes);
    expect(evidence.map(({ id }) => id)).toEqual(['bext', 'iXML', 'MD5']);
    for (const { offset, length, sha256, bytes: kept } of evidence) {
      const content = bytes.subarray(offset, offset + length);
      expect(Buffer.from(sha256)).toEqual(createHash('sha256').update(content).digest());
      expect(Buffer.from(kept ?? [])).toEqual(content);
    }
    const list = walked(fixtureBytes('wav-info-id3.wav')).evidence.map(({ id }) => id);
    expect(list).toEqual(['LIST/INFO', 'cue']);
  });

  it('digests a large chunk without keeping it', () => {
    const history = Buffer.alloc(3_000_000, 'A=ANALOGUE,M=mono\r\n');
    const bytes = wave([
      chunk('bext', bext(0, history.toString())),
      chunk('fmt ', format),
      chunk('data', sound),
    ]);
    const [found] = walked(bytes, [1 << 20]).evidence;
    const content = bytes.subarray(20, 20 + 602 + history.length);
    expect(found).toMatchObject({
      id: 'bext',
      length: content.length,
      fields: { originator: 'Holdfast fixtures' },
    });
    expect(Buffer.from(found?.sha256 ?? [])).toEqual(createHash('sha256').update(content).digest());
    expect(found?.bytes).toBeUndefined();
  });
});

describe('WAVE, hostile', () => {
  it('claims 10 GB and more in a kilobyte', () => {
    for (const claimed of [10n ** 10n, 2n ** 63n, 2n ** 64n - 1n]) {
      const bytes = rf64('RF64', format, sound.subarray(0, 900), 8000);
      bytes.writeBigUInt64LE(claimed, 28);
      expect(walked(bytes)).toMatchObject({ verdict: 'truncated' });
    }
  });

  it('is a million chunks of nothing', () => {
    const nothing = Buffer.concat([
      format,
      ...Array.from({ length: 1_000_000 }, () => chunk('noth', Buffer.alloc(0))),
    ]);
    const bytes = wave([chunk('fmt ', format), nothing.subarray(format.length), chunk('data', sound)]);
    const began = process.cpuUsage();
    const reading = walked(bytes, [1 << 20]);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(8);
    expect(reading).toMatchObject({ verdict: 'unverifiable', unlisted: 999_700 });
    expect(reading.evidence).toHaveLength(300);
    expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
  });
});
