import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walk, walked } from './walker-suite.ts';

/** Contents of all outermost boxes of a type. */
function contents(bytes: Buffer, type: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === type) found.push([at + 8, at + bytes.readUInt32BE(at)]);
  }
  return found;
}

const fixtures = ['m4a-aac.m4a', 'm4a-aac-faststart.m4a', 'm4a-aac-fragmented.m4a', 'm4a-alac.m4a'];
testWalker('MP4', { fixtures, provesAudio: false, audioOf: (bytes) => contents(bytes, 'mdat') });

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
};
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};
const ftyp = box('ftyp', Buffer.from('M4A '), u32(0));

interface TestTrack {
  readonly sizes?: Buffer;
  readonly chunks?: Buffer;
  readonly places: Buffer;
  readonly id?: number;
  readonly handler?: string;
  readonly entry?: string;
  readonly isElsewhere?: boolean;
}

function trak(track: TestTrack): Buffer {
  const { sizes, chunks, places, id = 1, handler = 'soun', entry = 'mp4a', isElsewhere = false } = track;
  return box(
    'trak',
    box('tkhd', u32(0, 0, 0, id, 0, 0)),
    box(
      'mdia',
      box('mdhd', u32(0, 0, 0, 1000, 4000)),
      box('hdlr', u32(0, 0), Buffer.from(handler), Buffer.alloc(13)),
      box(
        'minf',
        box('dinf', box('dref', u32(0, 1), box('url ', u32(isElsewhere ? 0 : 1)))),
        box(
          'stbl',
          box('stsd', u32(0, 1), box(entry, Buffer.alloc(28, id))),
          sizes ?? box('stsz', u32(0, 0, 4, 3, 5, 7, 1)),
          chunks ?? box('stsc', u32(0, 1, 1, 2, 1)),
          places,
        ),
      ),
    ),
  );
}

const moov = (...parts: Buffer[]): Buffer => box('moov', box('mvhd', Buffer.alloc(100)), ...parts);
const samples = Buffer.from('abcdefghijklmnop');
/** Two chunks of two samples in one mdat behind `ftyp`. */
const plain = Buffer.concat([
  ftyp,
  box('mdat', samples),
  moov(trak({ places: box('stco', u32(0, 2, 24, 32)) })),
]);
const essence = essenceOf(walked(plain));

describe('MP4 essence', () => {
  it('is the sample descriptions and the samples, wherever these stand', () => {
    expect(walked(plain)).toMatchObject({
      verdict: 'unverifiable',
      problems: [],
      essence: { definition: 'mp4-1' },
    });
    const tables = (a: number, b: number) => moov(trak({ places: box('stco', u32(0, 2, a, b)) }));
    const head = ftyp.length + tables(0, 0).length + 8;
    const alike: Record<string, Buffer> = {
      'moov first': Buffer.concat([ftyp, tables(head, head + 8), box('mdat', samples)]),
      'a gap between chunks': Buffer.concat([
        ...[ftyp, box('mdat', samples.subarray(0, 8), Buffer.alloc(9), samples.subarray(8)), tables(24, 41)],
      ]),
      'mdat of 64 bits, co64': Buffer.concat([
        ...[ftyp, u32(1), Buffer.from('mdat'), u64(32n), samples],
        moov(trak({ places: box('co64', u32(0, 2), u64(32n), u64(40n)) })),
      ]),
      'mdat to the end': Buffer.concat([ftyp, tables(head, head + 8), u32(0), Buffer.from('mdat'), samples]),
      'sizes of 8 bits': Buffer.concat([
        ...[ftyp, box('mdat', samples)],
        moov(
          trak({
            sizes: box('stz2', u32(0, 8, 4), Buffer.from([3, 5, 7, 1])),
            places: box('stco', u32(0, 2, 24, 32)),
          }),
        ),
      ]),
      'sizes of 4 bits': Buffer.concat([
        ...[ftyp, box('mdat', samples)],
        moov(
          trak({
            sizes: box('stz2', u32(0, 4, 4), Buffer.from([0x35, 0x71])),
            places: box('stco', u32(0, 2, 24, 32)),
          }),
        ),
      ]),
      'sizes of 16 bits': Buffer.concat([
        ...[ftyp, box('mdat', samples)],
        moov(
          trak({
            sizes: box('stz2', u32(0, 16, 4), u16(3), u16(5), u16(7), u16(1)),
            places: box('stco', u32(0, 2, 24, 32)),
          }),
        ),
      ]),
      'chunks of other lengths': Buffer.concat([
        ...[ftyp, box('mdat', samples)],
        moov(
          trak({ chunks: box('stsc', u32(0, 2, 1, 3, 1, 2, 1, 1)), places: box('stco', u32(0, 2, 24, 39)) }),
        ),
      ]),
    };
    for (const [what, bytes] of Object.entries(alike)) {
      expect(walked(bytes), what).toMatchObject({ verdict: 'unverifiable', problems: [] });
      expect(essenceOf(walked(bytes)), what).toBe(essence);
    }
  });

  it('takes tracks of sound one by one, however they lie in each other and in pictures', () => {
    const two = (a: [number, number], b: [number, number], mdat: Buffer): Buffer =>
      Buffer.concat([
        ftyp,
        box('mdat', mdat),
        moov(
          trak({ id: 9, handler: 'vide', entry: 'avc1', places: box('stco', u32(0, 2, 24, 25)) }),
          trak({ id: 1, places: box('stco', u32(0, 2, ...a)) }),
          trak({ id: 2, places: box('stco', u32(0, 2, ...b)) }),
        ),
      ]);
    const [one, other] = [samples.subarray(0, 8), samples.subarray(8)];
    const apart = two([24, 32], [40, 48], Buffer.concat([one, other, other, one]));
    const mixed = two([24, 40], [32, 48], Buffer.concat([one, other, other, one]));
    expect(walked(mixed).lacks).toContain('a rule for moving pictures: the sound alone is essence');
    expect(essenceOf(walked(mixed))).toBe(essenceOf(walked(apart)));
  });

  it.each(fixtures)('of %s changes with every bit of its sample descriptions', (file) => {
    const bytes = fixtureBytes(file);
    const whole = essenceOf(walked(bytes));
    const at = bytes.indexOf('stsd') + 4;
    for (let bit = 0; bit < (bytes.readUInt32BE(at - 8) - 8) * 8; bit++) {
      const reading = walk(flipped(bytes, at + (bit >> 3), bit & 7));
      expect(essenceOf(reading), `bit ${bit}`).not.toBe(whole);
    }
  });
});

describe('MP4, what can be said', () => {
  it('places an end by byte and by time', () => {
    const bytes = fixtureBytes('m4a-aac-faststart.m4a');
    const [[from, to]] = contents(bytes, 'mdat') as [[number, number]];
    const cut = bytes.subarray(0, Math.floor((from + to) / 2));
    const [problem] = walked(cut).problems;
    expect(problem).toMatchObject({ code: 'truncated', offset: cut.length });
    expect(problem?.timeMs).toBeGreaterThan(100);
    expect(problem?.timeMs).toBeLessThan(400);
    expect(walked(fixtureBytes('m4a-aac.m4a').subarray(0, 3000))).toMatchObject({ verdict: 'truncated' });
  });

  it('is a limitation of ours: samples out of order, in another file, without moov', () => {
    const backwards = Buffer.concat([
      ftyp,
      box('mdat', samples),
      moov(trak({ places: box('stco', u32(0, 2, 32, 24)) })),
    ]);
    const elsewhere = Buffer.concat([
      ftyp,
      moov(trak({ isElsewhere: true, places: box('stco', u32(0, 2, 32, 24)) })),
    ]);
    for (const bytes of [backwards, elsewhere, Buffer.concat([ftyp, box('mdat', samples)])]) {
      expect(walked(bytes).verdict).toBe('decoder_limitation');
      expect(essenceOf(walked(bytes))).toBe('');
    }
  });

  it('counts pictures, each with a digest, before the samples and behind them', () => {
    const [picture, ...others] = walked(fixtureBytes('m4a-aac.m4a')).evidence;
    expect(picture).toMatchObject({ kind: 'picture', id: 'covr' });
    expect(others).toEqual([]);
    const bytes = fixtureBytes('m4a-aac.m4a').subarray(
      picture?.offset,
      (picture?.offset ?? 0) + (picture?.length ?? 0),
    );
    expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
    expect(Buffer.from(picture?.bytes ?? [])).toEqual(bytes);
    const data = box('data', u32(13, 0), bytes);
    const pictures = box('udta', box('meta', u32(0), box('ilst', box('covr', data, data))));
    const tables = (at: number) => moov(pictures, trak({ places: box('stco', u32(0, 2, at, at + 8)) }));
    const first = Buffer.concat([ftyp, tables(ftyp.length + tables(0).length + 8), box('mdat', samples)]);
    expect(walked(first).evidence.map(({ length }) => length)).toEqual([bytes.length, bytes.length]);
    expect(essenceOf(walked(first))).toBe(essence);
  });

  it('names protection', () => {
    for (const file of ['protected-cenc.m4a', 'protected-drms.m4p']) {
      expect(walked(fixtureBytes(file))).toMatchObject({
        verdict: 'protected',
        protection: expect.any(String) as string,
      });
    }
  });

  it('bears whatever the tables claim', () => {
    const most = 0xffffffff;
    const claims: Record<string, [TestTrack, string]> = {
      'sizes without end': [
        { sizes: box('stsz', u32(0, 0, most, 3)), places: box('stco', u32(0, 2, 24, 32)) },
        'header_damaged',
      ],
      'one size, and samples without end': [
        {
          sizes: box('stsz', u32(0, 9, most)),
          chunks: box('stsc', u32(0, 1, 1, most, 1)),
          places: box('stco', u32(0, 1, 24)),
        },
        'truncated',
      ],
      'chunks without end': [{ places: box('stco', u32(0, most, 24, 32)) }, 'header_damaged'],
      'chunks of no samples': [
        { chunks: box('stsc', u32(0, 1, 1, 0, 1)), places: box('stco', u32(0, 2, 24, 32)) },
        'header_damaged',
      ],
      'a place beyond all files': [{ places: box('co64', u32(0, 2), u64(24n), u64(2n ** 63n)) }, 'truncated'],
      'no sizes': [{ sizes: box('free'), places: box('stco', u32(0, 2, 24, 32)) }, 'header_damaged'],
    };
    for (const [what, [track, verdict]] of Object.entries(claims)) {
      expect(walked(Buffer.concat([ftyp, box('mdat', samples), moov(trak(track))])).verdict, what).toBe(
        verdict,
      );
    }
  });

  it('bears a million tiny boxes, and boxes in themselves', () => {
    const tiny = Buffer.alloc(8_000_000, box('free'));
    expect(walked(Buffer.concat([ftyp, tiny])).verdict).toBe('decoder_limitation');
    expect(walked(Buffer.concat([ftyp, moov(tiny)])).verdict).toBe('decoder_limitation');
    let nested = box('trak');
    for (let depth = 0; depth < 2000; depth++) nested = box('trak', nested);
    expect(walked(Buffer.concat([ftyp, moov(nested)])).problems).not.toEqual([]);
  });
});
