/**
 * The CRC-32 (that of zlib, ISO 3309) of bytes whose parts' CRC-32 are known, as zlib's crc32_combine makes it: what stands before
 * a part counts as if it were followed by as many zeros, which is a multiplication modulo the polynomial.
 */

/** Most significant bit first is x^0. */
const POLYNOMIAL = 0xedb88320;
const ONE = 0x80000000;

/** Product of two polynomials, modulo that of CRC-32. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= b;
    b = (b & 1) === 0 ? b >>> 1 : (b >>> 1) ^ POLYNOMIAL;
  }
  return product >>> 0;
}

/** By what a CRC-32 is multiplied when `bytes` zeros follow: x to the power of eight times as many. */
function afterZeros(bytes: number): number {
  let [power, factor] = [ONE, 0x00800000];
  // A file may have more bytes than 32 bits count.
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = times(factor, power);
    factor = times(factor, factor);
  }
  return power;
}

/**
 * @param parts four bytes each, big-endian: of every `step` bytes, and of what remains
 * @param size of the whole, in bytes
 * @returns undefined where the parts are not as many as the size has
 */
export function crc32OfParts(parts: Uint8Array, size: number, step: number): number | undefined {
  if (parts.length !== Math.ceil(size / step) * 4 || parts.length === 0) return undefined;
  const view = new DataView(parts.buffer, parts.byteOffset, parts.length);
  const last = parts.length / 4 - 1;
  const byStep = last > 0 ? afterZeros(step) : ONE;
  let crc = view.getUint32(0);
  for (let part = 1; part <= last; part++)
    crc =
      (times(part === last ? afterZeros(size - last * step) : byStep, crc) ^ view.getUint32(part * 4)) >>> 0;
  return crc;
}
