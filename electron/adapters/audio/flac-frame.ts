/** Frame headers of FLAC (RFC 9639 §9.1), as they are read without decoding anything. */

/** The longest header: sync 2, sizes 1, channels 1, number 7, block size 2, sample rate 2, CRC 1. */
export const longestHeader = 16;

export interface FrameHeader {
  readonly length: number;
  readonly isVariable: boolean;
  /** Samples in each channel. */
  readonly blockSize: number;
  /** Of the frame where the block size is fixed, of its first sample where it varies. */
  readonly number: number;
  /** 0: as STREAMINFO says. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Which channel is the difference of both (RFC 9639 §9.1.3); -1: none. */
  readonly sideChannel: number;
  /** 0: as STREAMINFO says. */
  readonly bitDepth: number;
}

const sampleRates = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
/** -1: reserved. */
const bitDepths = [0, 8, 12, -1, 16, 20, 24, 32];

/** The header that begins at `at`; undefined where none stands there whose CRC-8 is right, or `bytes` end before. */
export function frameHeaderAt(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (bytes[at] !== 0xff) return undefined;
  const second = bytes[at + 1];
  if (second !== 0xf8 && second !== 0xf9) return undefined;
  const third = bytes[at + 2] ?? 0;
  const fourth = bytes[at + 3] ?? 1;
  const sizeCode = third >> 4;
  const rateCode = third & 15;
  const channelCode = fourth >> 4;
  const bitDepth = bitDepths[(fourth >> 1) & 7] as number;
  if (sizeCode === 0 || rateCode === 15 || channelCode > 10 || bitDepth < 0 || (fourth & 1) !== 0) {
    return undefined;
  }
  const numberLength = codedLength(bytes[at + 4] ?? 0xff);
  if (numberLength === 0) return undefined;
  const number = codedNumber(bytes, at + 4, numberLength);
  if (number === undefined) return undefined;
  let end = at + 4 + numberLength;
  const next = (): number => bytes[end++] ?? 0;
  let blockSize: number;
  if (sizeCode === 1) blockSize = 192;
  else if (sizeCode <= 5) blockSize = 144 << sizeCode;
  else if (sizeCode === 6) blockSize = next() + 1;
  else if (sizeCode === 7) blockSize = ((next() << 8) | next()) + 1;
  else blockSize = 1 << sizeCode;
  let sampleRate: number;
  if (rateCode === 12) sampleRate = next() * 1000;
  else if (rateCode === 13) sampleRate = (next() << 8) | next();
  else if (rateCode === 14) sampleRate = ((next() << 8) | next()) * 10;
  else sampleRate = sampleRates[rateCode] as number;
  if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return undefined;
  return {
    length: end + 1 - at,
    isVariable: second === 0xf9,
    blockSize,
    number,
    sampleRate,
    channels: channelCode < 8 ? channelCode + 1 : 2,
    sideChannel: channelCode < 8 ? -1 : channelCode === 9 ? 0 : 1,
    bitDepth,
  };
}

/** Whether two frames can be of one stream: RFC 9639 §9.1 lets only channel assignment and block size differ. */
export function isSameStream(a: FrameHeader, b: FrameHeader): boolean {
  return (
    a.isVariable === b.isVariable &&
    a.channels === b.channels &&
    (a.sampleRate === b.sampleRate || a.sampleRate === 0 || b.sampleRate === 0) &&
    (a.bitDepth === b.bitDepth || a.bitDepth === 0 || b.bitDepth === 0)
  );
}

/** Bytes of a number coded as UTF-8 codes characters, up to 36 bits; 0: none begins so. */
function codedLength(first: number): number {
  if (first < 0x80) return 1;
  const ones = Math.clz32(~(first << 24));
  return ones === 1 || ones > 7 ? 0 : ones;
}

function codedNumber(bytes: Uint8Array, at: number, length: number): number | undefined {
  let value = length === 1 ? (bytes[at] as number) : (bytes[at] as number) & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (byte & 0x3f);
  }
  return value;
}

const crc8Table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x80) === 0 ? 0 : 0x07)) & 0xff;
  return crc;
});

function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = crc8Table[crc ^ (bytes[i] as number)] as number;
  return crc;
}
