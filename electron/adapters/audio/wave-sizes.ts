/** How long the data of a WAVE file is, where its header says so, and where it cannot be believed. */
import { asciiAt, viewOf } from './content.ts';

const unknown32 = 0xffffffff;
/** 4 GiB: what 32 bits cannot count. */
const span32 = 2 ** 32;
/** Programs that write to a pipe put in the most that they, or others, can count: sox 0x7ffff000 and thereabouts. */
const placeholder = 0x7fff0000;

/** What the ds64 chunk says (EBU Tech 3306 §3; ITU-R BS.2088 §6). */
export interface Ds64 {
  readonly data: number;
  readonly others: ReadonlyMap<string, number>;
}

export interface DataSize {
  /** Bytes of audio that are there. */
  readonly there: number;
  /** What the file claims, where that is believed and more than is there. */
  readonly claimed?: number;
  /** Why the size that stands in the chunk cannot be the one that was meant. */
  readonly wrong?: string;
}

/**
 * @param size as it stands in the chunk, 32 bits
 * @param rest bytes from the beginning of the data to the end of the file
 * @param next the first eight bytes of the data
 */
export function dataSize(size: number, rest: number, next: Uint8Array, ds64: Ds64 | undefined): DataSize {
  if (size === unknown32 && ds64 !== undefined) return fitted(ds64.data, rest);
  // Written to a pipe, or by a recorder that lost power before it could come back to its header.
  if (size >= placeholder && size > rest) return { there: rest, wrong: 'its size was never written' };
  if (size === 0 && rest >= 8 && !(isChunkId(next, 0) && viewOf(next).getUint32(4, true) <= rest - 8)) {
    return { there: rest, wrong: 'its size is 0: the recording was never finished' };
  }
  // A file of more than 4 GiB by a program that did not know better: the size counted over.
  const over = Math.floor((rest - size) / span32);
  if (over > 0) {
    return { there: size + over * span32, wrong: 'it is longer than 4 GiB, which its size cannot say' };
  }
  return fitted(size, rest);
}

function fitted(size: number, rest: number): DataSize {
  return size > rest ? { there: rest, claimed: size } : { there: size };
}

/** Four characters that can name a chunk: printable ASCII, no blank in front. */
export function isChunkId(bytes: Uint8Array, at: number): boolean {
  return bytes.length >= at + 4 && /^[!-~][ -~]{3}$/.test(asciiAt(bytes, at, 4));
}
