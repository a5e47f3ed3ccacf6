/** CRC-16 with the polynomial x¹⁶ + x¹⁵ + x² + 1. */
import { blockBytes, crcOfBlocks } from './crc16-blocks.ts';

/** Fewer bytes take no longer one by one than it takes to hand them over. */
const fewest = 64;

/** Table k holds, for each byte, the CRC of that byte followed by k zero bytes. */
function tablesOf(
  next: (crc: number) => number,
  ofByte: (byte: number) => number,
  low: boolean,
): Uint16Array {
  const tables = new Uint16Array(blockBytes * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = ofByte(byte);
    for (let bit = 0; bit < 8; bit++) crc = next(crc);
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] as number;
    tables[at] = low
      ? (before >>> 8) ^ (tables[before & 0xff] as number)
      : ((before << 8) & 0xffff) ^ (tables[before >>> 8] as number);
  }
  return tables;
}

const high = tablesOf(
  (crc) => ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x8005)) & 0xffff,
  (byte) => byte << 8,
  false,
);
const low = tablesOf(
  (crc) => (crc >>> 1) ^ ((crc & 1) === 0 ? 0 : 0xa001),
  (byte) => byte,
  true,
);

const swapped = (crc: number): number => ((crc & 0xff) << 8) | (crc >>> 8);
/** With the bytes of every entry exchanged, the blocks of one direction are gone over as those of the other. */
const highBlocks = crcOfBlocks(high.map(swapped));
const lowBlocks = crcOfBlocks(low);

/* eslint-disable @typescript-eslint/no-non-null-assertion -- indices are in range, and these are the hottest loops of the house */

/** Of FLAC frames (RFC 9639 §9.3): most significant bit first, begins at 0. A frame with its own CRC behind it gives 0. */
export function crc16(crc: number, b: Uint8Array, from: number, to: number): number {
  let i = from;
  let c = crc;
  if (to - from >= fewest) {
    i = to - ((to - from) % blockBytes);
    c = swapped(highBlocks(swapped(c), b, from, i));
  }
  for (; i < to; i++) c = ((c << 8) & 0xffff) ^ high[(c >>> 8) ^ b[i]!]!;
  return c;
}

/** Of LAME's tag and its MusicCRC (CRC-16/ARC): least significant bit first, begins at 0. */
export function crc16Reflected(crc: number, b: Uint8Array, from: number, to: number): number {
  let i = from;
  let c = crc;
  if (to - from >= fewest) {
    i = to - ((to - from) % blockBytes);
    c = lowBlocks(c, b, from, i);
  }
  for (; i < to; i++) c = (c >>> 8) ^ low[(c & 0xff) ^ b[i]!]!;
  return c;
}
