import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walked } from './walker-suite.ts';

testWalker('ADTS', {
  fixtures: ['aac-adts.aac'],
  provesAudio: false,
  audioOf: (bytes) => [[0, bytes.length]],
});

const plain = fixtureBytes('aac-adts.aac');
const lengthAt = (at: number): number => (plain.readUInt32BE(at + 2) >> 5) & 0x1fff;

describe('ADTS', () => {
  it('keeps its essence under tags, and changes it with what all frames are decoded by', () => {
    const id3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\0', 'latin1'), Buffer.alloc(128)]);
    const reading = walked(Buffer.concat([id3, plain, Buffer.from('TAG'), Buffer.alloc(125)]));
    expect(essenceOf(reading)).toBe(essenceOf(walked(plain)));
    expect(reading).toMatchObject({ verdict: 'unverifiable', problems: [] });
    const changed = Buffer.from(plain);
    for (let at = 0; at < plain.length; at += lengthAt(at)) changed[at + 2] = (changed[at + 2] as number) ^ 4;
    expect(essenceOf(walked(changed))).not.toBe(essenceOf(walked(plain)));
  });

  it('places a broken frame by byte and by time', () => {
    let at = 0;
    for (let i = 0; i < 4; i++) at += lengthAt(at);
    const rate = 22050;
    expect(walked(flipped(plain, at, 0))).toMatchObject({
      verdict: 'essence_damaged',
      problems: [{ code: 'essence_damaged', offset: at, timeMs: Math.round((4 * 1024_000) / rate) }],
    });
  });

  it('says where a file cut short ends', () => {
    const cut = plain.subarray(0, plain.length - 5);
    expect(walked(cut)).toMatchObject({ verdict: 'truncated', problems: [{ offset: cut.length }] });
  });
});
