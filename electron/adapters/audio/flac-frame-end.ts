/** Where a FLAC frame ends, by reading over its subframes without making samples of them (RFC 9639 §9.2). */
import type { FrameHeader } from './flac-frame.ts';

class OutOfBits extends Error {}

/** @returns its length in bytes with its CRC-16; undefined where `bytes`, which begin with its header, end before, or are no frame */
export function frameLength(bytes: Uint8Array, header: FrameHeader, bitDepth: number): number | undefined {
  const bits = new Bits(bytes, header.length * 8);
  try {
    for (let channel = 0; channel < header.channels; channel++) {
      // The difference of two channels needs one bit more than they do (§9.1.3).
      const depth = bitDepth + (channel === header.sideChannel ? 1 : 0);
      if (!skipSubframe(bits, header.blockSize, depth)) return undefined;
    }
    const end = Math.ceil(bits.at / 8) + 2;
    return end <= bytes.length ? end : undefined;
  } catch (error) {
    if (error instanceof OutOfBits) return undefined;
    throw error;
  }
}

/** §9.2.1 to §9.2.6. False where a reserved value says that this is no subframe. */
function skipSubframe(bits: Bits, blockSize: number, bitDepth: number): boolean {
  if (bits.read(1) !== 0) return false;
  const type = bits.read(6);
  const depth = bits.read(1) === 1 ? bitDepth - 1 - bits.unary() : bitDepth;
  if (depth < 1) return false;
  if (type === 0) return bits.skip(depth);
  if (type === 1) return bits.skip(depth * blockSize);
  if (type >= 8 && type <= 12) {
    bits.skip((type - 8) * depth);
    return skipResidual(bits, blockSize, type - 8);
  }
  if (type < 32) return false;
  const order = (type & 31) + 1;
  bits.skip(order * depth);
  const precision = bits.read(4) + 1;
  if (precision === 16) return false;
  bits.skip(5 + order * precision);
  return skipResidual(bits, blockSize, order);
}

/** Rice codes in partitions (§9.2.7). */
function skipResidual(bits: Bits, blockSize: number, order: number): boolean {
  const method = bits.read(2);
  if (method > 1) return false;
  const width = method === 0 ? 4 : 5;
  const partitions = 1 << bits.read(4);
  const samples = blockSize / partitions;
  if (!Number.isInteger(samples) || samples < order) return false;
  for (let partition = 0; partition < partitions; partition++) {
    const count = partition === 0 ? samples - order : samples;
    const parameter = bits.read(width);
    if (parameter === (1 << width) - 1) {
      bits.skip(bits.read(5) * count);
      continue;
    }
    for (let i = 0; i < count; i++) {
      bits.unary();
      bits.skip(parameter);
    }
  }
  return true;
}

class Bits {
  /** In bits from the beginning. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#end = bytes.length * 8;
    this.at = at;
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.#next();
    return value;
  }

  /** Always true, so that it can end what is skipped. */
  skip(count: number): true {
    this.at += count;
    if (this.at > this.#end) throw new OutOfBits();
    return true;
  }

  /** Zeros before the next one. */
  unary(): number {
    const from = this.at;
    while (this.#next() === 0);
    return this.at - from - 1;
  }

  #next(): number {
    if (this.at >= this.#end) throw new OutOfBits();
    const bit = ((this.#bytes[this.at >> 3] as number) >> (7 - (this.at & 7))) & 1;
    this.at++;
    return bit;
  }
}
