import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from 'node:zlib';
import { ChunkDigests } from '../../../electron/adapters/audio/chunk-digests.ts';
import { crc16, crc16Reflected } from '../../../electron/adapters/audio/crc16.ts';

/** Bit by bit, as the standard writes it. */
function slow(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x8005)) & 0xffff;
  }
  return crc;
}

const mirrored = (value: number, bits: number): number =>
  Array.from({ length: bits }, (_, i) => ((value >> i) & 1) << (bits - 1 - i)).reduce((a, b) => a | b, 0);

describe('CRC-16', () => {
  it('gives the check values of the catalogue of CRCs', () => {
    const digits = Buffer.from('123456789');
    expect(crc16(0, digits, 0, 9)).toBe(0xfee8); // CRC-16/UMTS
    expect(crc16Reflected(0, digits, 0, 9)).toBe(0xbb3d); // CRC-16/ARC
  });

  it('is what it is bit by bit, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), (bytes, cut) => {
        const at = Math.min(cut, bytes.length);
        expect(crc16(crc16(0, bytes, 0, at), bytes, at, bytes.length)).toBe(slow(bytes));
        const mirror = mirrored(slow(bytes.map((byte) => mirrored(byte, 8))), 16);
        expect(crc16Reflected(crc16Reflected(0, bytes, 0, at), bytes, at, bytes.length)).toBe(mirror);
      }),
    );
  });
});

it('is that of everything, however much is handed over at once', () => {
  const bytes = Buffer.alloc(300_005, 'sound and vision');
  expect(crc16(0, bytes, 0, bytes.length)).toBe(slow(bytes));
  const mirror = mirrored(slow(bytes.map((byte) => mirrored(byte, 8))), 16);
  expect(crc16Reflected(0, bytes, 0, bytes.length)).toBe(mirror);
});

describe('chunk digests', () => {
  it('are the CRC-32 of each MiB and of the rest, however the bytes come', () => {
    const mib = 1024 * 1024;
    const bytes = Buffer.alloc(2 * mib + 5, 'sound');
    const expected = Buffer.alloc(12);
    [0, mib, 2 * mib].forEach((at, i) => expected.writeUInt32BE(crc32(bytes.subarray(at, at + mib)), i * 4));
    for (const step of [bytes.length, mib, 700_001, 65_536]) {
      const digests = new ChunkDigests();
      for (let at = 0; at < bytes.length; at += step) digests.update(bytes.subarray(at, at + step));
      expect(Buffer.from(digests.digest()).toString('hex')).toBe(expected.toString('hex'));
    }
    expect(new ChunkDigests().digest()).toHaveLength(0);
  });
});
