/**
 * CRC-32 with the polynomial 0x04c11db7, most significant bit first, begins at 0, nothing inverted: that of Ogg pages
 * (RFC 3533 §6, field 7), and not that of zlib. Sixteen bytes a step.
 */

const slices = 16;

/** Table k holds, for each byte, the CRC of that byte followed by k zero bytes. */
const tables = ((): Int32Array => {
  const all = new Int32Array(slices * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
    all[byte] = crc;
  }
  for (let at = 256; at < all.length; at++) {
    const before = all[at - 256] as number;
    all[at] = (before << 8) ^ (all[before >>> 24] as number);
  }
  return all;
})();

/* eslint-disable @typescript-eslint/no-non-null-assertion -- indices are in range, and every byte of an Ogg file comes by */

/** Goes on from `crc` over `b` from `from` up to `to`; as an unsigned number. */
export function crc32Forward(crc: number, b: Uint8Array, from: number, to: number): number {
  const t = tables;
  let i = from;
  let c = crc | 0;
  for (const end = to - slices; i <= end; i += slices) {
    c =
      t[3840 + (b[i]! ^ (c >>> 24))]! ^
      t[3584 + (b[i + 1]! ^ ((c >>> 16) & 0xff))]! ^
      t[3328 + (b[i + 2]! ^ ((c >>> 8) & 0xff))]! ^
      t[3072 + (b[i + 3]! ^ (c & 0xff))]! ^
      t[2816 + b[i + 4]!]! ^
      t[2560 + b[i + 5]!]! ^
      t[2304 + b[i + 6]!]! ^
      t[2048 + b[i + 7]!]! ^
      t[1792 + b[i + 8]!]! ^
      t[1536 + b[i + 9]!]! ^
      t[1280 + b[i + 10]!]! ^
      t[1024 + b[i + 11]!]! ^
      t[768 + b[i + 12]!]! ^
      t[512 + b[i + 13]!]! ^
      t[256 + b[i + 14]!]! ^
      t[b[i + 15]!]!;
  }
  for (; i < to; i++) c = (c << 8) ^ t[(c >>> 24) ^ b[i]!]!;
  return c >>> 0;
}
