/** Frame headers of MPEG audio (ISO/IEC 11172-3, 13818-3) and of ADTS (ISO/IEC 13818-7), which have no magic bytes. */
import type { FormatId } from './formats.ts';

/** In kbit/s, by layer; of MPEG-1, and of MPEG-2 and 2.5. */
const bitRatesFirst: readonly (readonly number[])[] = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const lowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const bitRatesLow: readonly (readonly number[])[] = [
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  lowRates,
  lowRates,
];
const sampleRates = [44100, 48000, 32000];
/** ISO/IEC 14496-3, table 1.18. */
const adtsRates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
/** Broken taggers leave zeros or a second tag between an ID3v2 tag and the first frame. */
export const mostBeforeFrames = 64 * 1024;
/** Bytes of a header that are looked at. */
export const headerLength = 6;
/** LAME writes up to 640 kbit/s in free format: 2,880 bytes at 32 kHz. */
const longestFree = 4 * 1024;
/** Within a frame something looks like the header of the next once in a thousand files. */
const mostTries = 8;

export interface Frame {
  readonly length: number;
  readonly format: FormatId;
  /** What must be the same in the next frame of the same stream. */
  readonly stream: number;
  /** In each channel. */
  readonly samples: number;
  readonly sampleRate: number;
}

/**
 * The frame that begins at `at`; undefined where no valid header stands there.
 * @param free length without padding of the frames of a stream in free format, whose headers do not say it; 0: is none
 */
export function frameAt(bytes: Uint8Array, at: number, free = 0): Frame | undefined {
  if (at + headerLength > bytes.length || bytes[at] !== 0xff) return undefined;
  const second = bytes[at + 1] as number;
  const third = bytes[at + 2] as number;
  if ((second & 0xe0) !== 0xe0) return undefined;
  const layerBits = (second >> 1) & 3;
  if (layerBits === 0) return (second & 0xf0) === 0xf0 ? adtsAt(bytes, at) : undefined;
  const versionBits = (second >> 3) & 3;
  const rateIndex = (third >> 2) & 3;
  const bitRateIndex = third >> 4;
  if (versionBits === 1 || rateIndex === 3 || bitRateIndex === 15) return undefined;
  const layer = 4 - layerBits;
  if (bitRateIndex === 0 && (free === 0 || layer !== 3)) return undefined;
  const isFirst = versionBits === 3;
  const table = (isFirst ? bitRatesFirst : bitRatesLow)[layer - 1] as readonly number[];
  const bitRate = (table[bitRateIndex] as number) * 1000;
  const sampleRate = (sampleRates[rateIndex] as number) / (isFirst ? 1 : versionBits === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && !isFirst ? 576 : 1152;
  const length =
    layer === 1
      ? (Math.floor((12 * bitRate) / sampleRate) + padding) * 4
      : (bitRateIndex === 0 ? free : Math.floor(((samples / 8) * bitRate) / sampleRate)) + padding;
  const format = layer === 1 ? 'mp1' : layer === 2 ? 'mp2' : 'mp3';
  return { length, format, stream: (second & 0xfe) | ((third & 0x0c) << 8), samples, sampleRate };
}

function adtsAt(bytes: Uint8Array, at: number): Frame | undefined {
  const third = bytes[at + 2] as number;
  const sampleRate = adtsRates[(third >> 2) & 15];
  if (sampleRate === undefined) return undefined;
  const length =
    (((bytes[at + 3] as number) & 3) << 11) |
    ((bytes[at + 4] as number) << 3) |
    ((bytes[at + 5] as number) >> 5);
  if (length < 7) return undefined;
  // The number of raw data blocks stands in the seventh byte; nearly all files have one a frame.
  const samples = 1024 * (((bytes[at + 6] ?? 0) & 3) + 1);
  const stream = ((bytes[at + 1] as number) & 0xfe) | ((third & 0xfc) << 8);
  return { length, format: 'adts', stream, samples, sampleRate };
}

export interface FoundFrames {
  readonly format: FormatId;
  readonly offset: number;
  /** As `frameAt` takes it. */
  readonly free: number;
}

/**
 * Frames that follow each other without a gap, in `bytes` from `from` on.
 * @param most how far to look for the first of them
 * @param isWhole whether `bytes` reaches to the end of the file: then fewer frames are enough where nothing stands before them
 * @param like of this stream alone; undefined: of any
 */
export function findFrames(
  bytes: Uint8Array,
  from: number,
  most: number,
  isWhole: boolean,
  like?: Frame,
): FoundFrames | undefined {
  const end = Math.min(bytes.length, from + most + 1);
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < end; at = bytes.indexOf(0xff, at + 1)) {
    const free = freeLengthAt(bytes, at);
    const first = frameAt(bytes, at, free);
    if (first === undefined || (like !== undefined && first.stream !== like.stream)) continue;
    // Behind something else, two frames are found in noise as well.
    const isEnough = isWhole && (at === from || like !== undefined);
    if (free > 0 || follow(bytes, at, first, isEnough)) return { format: first.format, offset: at, free };
  }
  return undefined;
}

function follow(bytes: Uint8Array, at: number, first: Frame, isWhole: boolean): boolean {
  const wanted = 4;
  let next = at + first.length;
  for (let count = 1; count < wanted; count++) {
    // The last frames of a short file: what follows may be a tag or nothing, but never decides against two frames.
    if (next + headerLength > bytes.length) return isWhole && (count >= 2 || next === bytes.length);
    const frame = frameAt(bytes, next);
    if (frame === undefined || frame.stream !== first.stream)
      return isWhole && count >= 2 && isTag(bytes, next);
    next += frame.length;
  }
  return true;
}

/**
 * Length without padding of the frames in free format that begin at `at` (ISO/IEC 11172-3, 2.4.2.3: it is one for all of
 * a stream); 0 where there are none. Only the distance between headers tells it, so that four of them must agree.
 */
function freeLengthAt(bytes: Uint8Array, at: number): number {
  const third = bytes[at + 2] ?? 0xff;
  if (third >> 4 !== 0 || (((bytes[at + 1] ?? 0) >> 1) & 3) !== 1) return 0;
  const first = frameAt(bytes, at, longestFree);
  if (first === undefined) return 0;
  const end = Math.min(bytes.length, at + longestFree);
  let tries = 0;
  for (
    let next = bytes.indexOf(0xff, at + 24);
    next >= 0 && next < end;
    next = bytes.indexOf(0xff, next + 1)
  ) {
    if (frameAt(bytes, next, longestFree)?.stream !== first.stream) continue;
    const free = next - at - ((third >> 1) & 1);
    if (followsFree(bytes, at, free, first.stream)) return free;
    if (++tries === mostTries) break;
  }
  return 0;
}

function followsFree(bytes: Uint8Array, at: number, free: number, stream: number): boolean {
  let next = at;
  for (let count = 0; count < 4; count++) {
    const frame = frameAt(bytes, next, free);
    if (frame === undefined || frame.stream !== stream || (bytes[next + 2] as number) >> 4 !== 0)
      return false;
    next += frame.length;
  }
  return true;
}

function isTag(bytes: Uint8Array, at: number): boolean {
  const start = String.fromCharCode(...bytes.subarray(at, at + 8));
  return start.startsWith('TAG') || start === 'APETAGEX' || start === 'LYRICSBE';
}
