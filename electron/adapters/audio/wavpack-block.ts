/** Blocks of WavPack (David Bryant, "WavPack 4 & 5 Binary File / Block Format"); all numbers little-endian. */
import { asciiAt, viewOf } from './content.ts';

export const headerLength = 32;
/** So says the format; what claims more is no block. */
const mostLength = 1024 * 1024;

export interface Block {
  /** With its header. */
  readonly length: number;
  readonly version: number;
  /** Number of its first sample. */
  readonly index: number;
  /** In each channel; 0 where it holds no sound. */
  readonly samples: number;
  /** Of the whole file; undefined where it was not known. */
  readonly totalSamples: number | undefined;
  /** Whether it is the first of those that hold the same samples of several channels. */
  readonly isInitial: boolean;
  /** 0: not one of the usual. */
  readonly sampleRate: number;
  /** Version and flags, as they stand. */
  readonly parameters: Uint8Array;
}

const sampleRates = [
  6000, 8000, 9600, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 192000, 0,
];

/** The header that begins at `at`; undefined where none does. */
export function blockAt(bytes: Uint8Array, at: number): Block | undefined {
  // Versions 4.02 to 4.16; asked first, since it is cheap.
  if (bytes[at + 9] !== 4 || at + headerLength > bytes.length || asciiAt(bytes, at, 4) !== 'wvpk')
    return undefined;
  const view = viewOf(bytes.subarray(at, at + headerLength));
  const length = view.getUint32(4, true) + 8;
  const version = view.getUint16(8, true);
  if (length < headerLength || length > mostLength || length % 2 !== 0) return undefined;
  if (version < 0x402 || version > 0x410) return undefined;
  const low = view.getUint32(12, true);
  const flags = view.getUint32(24, true);
  // All ones in the lower 32 bits mean that it was not known, so that each of the upper eight counts one less.
  const upper = view.getUint8(11) * (2 ** 32 - 1);
  return {
    length,
    version,
    index: view.getUint8(10) * 2 ** 32 + view.getUint32(16, true),
    samples: view.getUint32(20, true),
    totalSamples: low === 0xffffffff ? undefined : low + upper,
    isInitial: (flags & 0x800) !== 0,
    sampleRate: sampleRates[(flags >>> 23) & 15] as number,
    parameters: Uint8Array.from([...bytes.subarray(at + 8, at + 10), ...bytes.subarray(at + 24, at + 28)]),
  };
}

export interface Parts {
  /** Whether they end where the block does. */
  readonly addUp: boolean;
  readonly checksum: 'right' | 'wrong' | 'none';
  readonly hasMd5: boolean;
  /** Header and trailer of the file that was compressed, offsets within the block. */
  readonly wrappers: readonly { readonly id: string; readonly from: number; readonly to: number }[];
}

const names = new Map([
  [0x21, 'original header'],
  [0x22, 'original trailer'],
  [0x23, 'original header'],
  [0x24, 'original trailer'],
]);

/** @param block all of its bytes */
export function partsOf(block: Uint8Array): Parts {
  const wrappers: { id: string; from: number; to: number }[] = [];
  let checksum: Parts['checksum'] = 'none';
  let hasMd5 = false;
  let at = headerLength;
  while (at + 2 <= block.length) {
    const start = at;
    const first = block[at] as number;
    let length = (block[at + 1] as number) * 2;
    at += 2;
    // Bit 7: the length has 24 bits. Bit 6: its last byte does not count.
    if ((first & 0x80) !== 0) {
      length += (block[at] ?? 0) * 2 ** 9 + (block[at + 1] ?? 0) * 2 ** 17;
      at += 2;
    }
    if (at + length > block.length) return { addUp: false, checksum, hasMd5, wrappers };
    const id = first & 0x3f;
    const name = names.get(id);
    if (id === 0x2f) checksum = isRight(block, start, at, length) ? 'right' : 'wrong';
    else if (id === 0x26) hasMd5 = true;
    else if (name !== undefined) {
      wrappers.push({ id: name, from: at, to: at + length - ((first & 0x40) === 0 ? 0 : 1) });
    }
    at += length;
  }
  return { addUp: at === block.length, checksum, hasMd5, wrappers };
}

/** Words of 16 bits, each added to three times what was there; stored in 32 bits, or folded into 16. */
function isRight(block: Uint8Array, end: number, at: number, length: number): boolean {
  let sum = -1;
  for (let i = 0; i + 1 < end; i += 2) {
    sum = (Math.imul(sum, 3) + ((block[i] as number) | ((block[i + 1] as number) << 8))) | 0;
  }
  const view = viewOf(block);
  if (length === 4) return view.getInt32(at, true) === sum;
  return length === 2 && view.getUint16(at, true) === ((sum ^ (sum >>> 16)) & 0xffff);
}
