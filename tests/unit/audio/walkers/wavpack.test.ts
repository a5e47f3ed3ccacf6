import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

/** Where blocks begin and end, those with sound alone. */
function blocksOf(bytes: Buffer): readonly (readonly [number, number])[] {
  const blocks: [number, number][] = [];
  for (let at = 0; bytes.toString('latin1', at, at + 4) === 'wvpk';) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (bytes.readUInt32LE(at + 20) > 0) blocks.push([at, end]);
    at = end;
  }
  return blocks;
}

testWalker('WavPack', {
  fixtures: ['wavpack-apev2.wv', 'wavpack-hybrid.wv'],
  provesAudio: true,
  audioOf: blocksOf,
});

const plain = fixtureBytes('wavpack-apev2.wv');
const [[, end = 0] = []] = blocksOf(plain);
/** One block with sound, which is all of the sound. */
const bare = plain.subarray(0, end);

/** As WavPack 4 wrote it: without the checksum at the end of the block. */
const old = Buffer.from(bare.subarray(0, end - 6));
old.writeUInt32LE(old.length - 8, 4);
old.writeUInt16LE(0x407, 8);

describe('WavPack', () => {
  it('proves its audio by the checksums of its blocks, and keeps the header of the original', () => {
    expect(walked(plain)).toMatchObject({
      verdict: 'intact',
      lacks: [],
      evidence: [{ kind: 'chunk', id: 'original header' }],
    });
    expect(walked(fixtureBytes('wavpack-hybrid.wv')).lacks).toEqual(['MD5 of the samples: never set']);
  });

  it('keeps its essence without the tag', () => {
    expect(essenceOf(walked(bare))).toBe(essenceOf(walked(plain)));
  });

  it('cannot prove a file of WavPack 4, and says so', () => {
    const reading = walked(old);
    expect(reading).toMatchObject({ verdict: 'unverifiable', proofs: [], problems: [] });
    expect(reading.lacks).toContainEqual(expect.stringMatching('from version 5 on'));
    expect(walked(flipped(old, 33, 0)).verdict).toBe('essence_damaged');
  });

  it('places damage by byte and by time', () => {
    const next = Buffer.from(old);
    next.writeUInt32LE(old.readUInt32LE(20), 16);
    next[33] = 0xff;
    const rate = 16000;
    expect(walked(Buffer.concat([old, next])).problems[0]).toMatchObject({
      ...{ code: 'essence_damaged', offset: old.length },
      timeMs: Math.round((old.readUInt32LE(20) / rate) * 1000),
    });
    expect(walked(flipped(plain, end - 60, 0)).problems[0]?.detail).toMatch('checksum');
  });

  it('sees a block that is missing, and an end cut off between two', () => {
    const next = Buffer.from(old);
    next.writeUInt32LE(old.readUInt32LE(20) * 2, 16);
    expect(walked(Buffer.concat([old, next])).problems[0]?.detail).toMatch(/follows, and/);
    const longer = Buffer.from(old);
    longer.writeUInt32LE(old.readUInt32LE(20) * 3, 12);
    expect(walked(longer).verdict).toBe('truncated');
  });

  it('does not call bytes behind the last block damage', () => {
    const reading = walked(Buffer.concat([bare, Buffer.alloc(100)]));
    expect(reading).toMatchObject({ verdict: 'intact', problems: [{ code: 'structure_odd' }] });
  });
});
