/** Frame headers of MPEG audio (ISO/IEC 11172-3, 13818-3) and of ADTS (ISO/IEC 13818-7), which have no magic bytes. */
import type { FormatId } from './formats.ts';

const bitRates: Readonly<Record<string, readonly number[]>> = {
  '1,1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1,2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1,3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2,1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2,2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const sampleRates = [44100, 48000, 32000];

interface Frame {
  readonly length: number;
  readonly format: FormatId;
  /** What must be the same in the next frame of the same stream. */
  readonly stream: number;
}

/** The frame that begins at `at`; undefined where no valid header stands there. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  if (at + 6 > bytes.length || bytes[at] !== 0xff) return undefined;
  const second = bytes[at + 1] as number;
  const third = bytes[at + 2] as number;
  if ((second & 0xe0) !== 0xe0) return undefined;
  const layerBits = (second >> 1) & 3;
  if (layerBits === 0) return (second & 0xf0) === 0xf0 ? adtsAt(bytes, at) : undefined;
  const versionBits = (second >> 3) & 3;
  const rateIndex = (third >> 2) & 3;
  const bitRateIndex = third >> 4;
  // Index 0 is free format, whose frames have no length in their header: too weak a mark to go by.
  if (versionBits === 1 || rateIndex === 3 || bitRateIndex === 15 || bitRateIndex === 0) return undefined;
  const layer = 4 - layerBits;
  const isFirst = versionBits === 3;
  const table = bitRates[`${isFirst ? 1 : 2},${isFirst ? layer : Math.min(layer, 2)}`] as readonly number[];
  const bitRate = (table[bitRateIndex] as number) * 1000;
  const sampleRate = (sampleRates[rateIndex] as number) / (versionBits === 3 ? 1 : versionBits === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const length =
    layer === 1
      ? (Math.floor((12 * bitRate) / sampleRate) + padding) * 4
      : Math.floor(((layer === 3 && !isFirst ? 72 : 144) * bitRate) / sampleRate) + padding;
  const format = layer === 1 ? 'mp1' : layer === 2 ? 'mp2' : 'mp3';
  return { length, format, stream: (second & 0xfe) | ((third & 0x0c) << 8) };
}

function adtsAt(bytes: Uint8Array, at: number): Frame | undefined {
  const third = bytes[at + 2] as number;
  if (((third >> 2) & 15) > 12) return undefined;
  const length =
    (((bytes[at + 3] as number) & 3) << 11) |
    ((bytes[at + 4] as number) << 3) |
    ((bytes[at + 5] as number) >> 5);
  if (length < 7) return undefined;
  return { length, format: 'adts', stream: ((bytes[at + 1] as number) & 0xfe) | ((third & 0xfc) << 8) };
}

/**
 * Frames that follow each other without a gap, in `bytes` from `from` on.
 * @param most how far to look for the first of them
 * @param isWhole whether `bytes` reaches to the end of the file: then fewer frames are enough
 */
export function findFrames(
  bytes: Uint8Array,
  from: number,
  most: number,
  isWhole: boolean,
): { readonly format: FormatId; readonly offset: number } | undefined {
  const end = Math.min(bytes.length, from + most + 1);
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    const first = frameAt(bytes, at);
    if (first !== undefined && follow(bytes, at, first, isWhole)) return { format: first.format, offset: at };
  }
  return undefined;
}

function follow(bytes: Uint8Array, at: number, first: Frame, isWhole: boolean): boolean {
  const wanted = 4;
  let next = at + first.length;
  for (let count = 1; count < wanted; count++) {
    // The last frames of a short file: what follows may be a tag or nothing, but never decides against two frames.
    if (next + 6 > bytes.length) return isWhole && (count >= 2 || next === bytes.length);
    const frame = frameAt(bytes, next);
    if (frame === undefined || frame.stream !== first.stream)
      return isWhole && count >= 2 && isTag(bytes, next);
    next += frame.length;
  }
  return true;
}

function isTag(bytes: Uint8Array, at: number): boolean {
  const start = String.fromCharCode(...bytes.subarray(at, at + 8));
  return start.startsWith('TAG') || start === 'APETAGEX' || start === 'LYRICSBE';
}
