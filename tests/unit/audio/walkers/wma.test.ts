import { describe, expect, it } from 'vitest';
import { essenceOf, fixtureBytes, flipped, testWalker, walk, walked } from './walker-suite.ts';

const bytes = fixtureBytes('wma2.wma');
/** Where the Data Object begins. */
const data = Number(bytes.readBigUInt64LE(16));

testWalker('ASF', {
  fixtures: ['wma2.wma'],
  provesAudio: false,
  audioOf: (whole) => [[Number(whole.readBigUInt64LE(16)) + 50, whole.length]],
});

describe('ASF', () => {
  const whole = essenceOf(walked(bytes));
  const streams = bytes.indexOf(Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex'));
  const properties = bytes.indexOf(Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex'));

  it('has an essence that changes with every bit of its stream properties, and of the size of packets', () => {
    expect(walked(bytes)).toMatchObject({ verdict: 'unverifiable', essence: { definition: 'asf-1' } });
    const length = Number(bytes.readBigUInt64LE(streams + 16));
    for (const [from, to] of [
      [streams, streams + length],
      [properties + 92, properties + 100],
    ] as const) {
      for (let bit = 0; bit < (to - from) * 8; bit++) {
        const reading = walk(flipped(bytes, from + (bit >> 3), bit & 7));
        expect(essenceOf(reading), `bit ${bit}`).not.toBe(whole);
      }
    }
  });

  it('leaves tags, the identifier of the file and what stands behind the packets out', () => {
    const index = Buffer.from('90080033b1e5cf1189f400a0c90349cb' + '1800000000000000', 'hex');
    for (const other of [
      flipped(bytes, bytes.indexOf('A\0u\0t\0h\0o\0r\0', 'latin1') + 20, 1),
      flipped(bytes, data + 30, 1),
      Buffer.concat([bytes, index]),
    ]) {
      expect(walked(other)).toMatchObject({ verdict: 'unverifiable', problems: [] });
      expect(essenceOf(walked(other))).toBe(whole);
    }
  });

  it('places an end by byte and by time, and bears any size', () => {
    const middle = Math.floor((data + bytes.length) / 2);
    const [problem] = walked(bytes.subarray(0, middle)).problems;
    expect(problem).toMatchObject({ code: 'truncated', offset: middle });
    expect(problem?.timeMs).toBeGreaterThan(150);
    expect(problem?.timeMs).toBeLessThan(400);
    const endless = Buffer.from(bytes);
    endless.writeBigUInt64LE(2n ** 63n, data + 16);
    expect(walked(endless).verdict).toBe('truncated');
    const toEnd = Buffer.from(bytes);
    toEnd.writeBigUInt64LE(0n, data + 16);
    expect(essenceOf(walked(toEnd))).toBe(whole);
  });

  it('names protection', () => {
    expect(walked(fixtureBytes('protected-asf.wma'))).toMatchObject({
      verdict: 'protected',
      protection: 'Content Encryption',
    });
  });
});
