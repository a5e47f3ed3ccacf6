/**
 * What encoders write into a first frame without sound: Xing and Info (Xing Inc.), VBRI (Fraunhofer), and behind Xing the
 * tag of LAME ("Mp3 Info Tag revision 1", libmp3lame/VbrTag.c), which libavformat writes too. All numbers big-endian.
 */
import { asciiAt, viewOf } from './content.ts';
import { crc16Reflected } from './crc16.ts';

/** Longest side information, Xing's fields, LAME's tag. */
export const mostOfTag = 4 + 32 + 120 + 36;

export interface LameTag {
  /** Whether it fits its own CRC-16. Otherwise what it says of the audio proves nothing against that. */
  readonly isSound: boolean;
  /** Whether an encoder names itself that is known to write such a tag. */
  readonly isNamed: boolean;
  /** Bytes from this frame on to the end of the audio. */
  readonly musicLength: number;
  /** CRC-16/ARC of all bytes behind this frame. */
  readonly musicCrc: number;
  /** Samples that the encoder put before and behind the recording, 12 bits each: players leave them out. */
  readonly gapless: Uint8Array;
}

export interface EncoderTag {
  readonly kind: 'Xing' | 'Info' | 'VBRI';
  /** Frames behind this one; undefined where it does not say. */
  readonly frames?: number;
  readonly lame?: LameTag;
}

/** Where Xing's tag stands: behind side information of 32, 17 or 9 bytes, whatever the CRC of the frame. */
const places = [36, 21, 13];

/** @param frame its bytes from the header on, at least `mostOfTag` where it is as long */
export function encoderTagOf(frame: Uint8Array): EncoderTag | undefined {
  if (asciiAt(frame, 36, 4) === 'VBRI' && frame.length >= 54) {
    return { kind: 'VBRI', frames: viewOf(frame).getUint32(50) };
  }
  for (const at of places) {
    const kind = asciiAt(frame, at, 4);
    if ((kind === 'Xing' || kind === 'Info') && frame.length >= at + 8) return xingAt(frame, at, kind);
  }
  return undefined;
}

/** Where a frame would begin in whose place a Xing or Info tag stands at `at`, the likeliest first. */
export function frameStarts(at: number): readonly number[] {
  return places.map((place) => at - place).filter((start) => start >= 0);
}

function xingAt(frame: Uint8Array, at: number, kind: 'Xing' | 'Info'): EncoderTag {
  const view = viewOf(frame);
  const flags = view.getUint32(at + 4);
  const hasFrames = (flags & 1) !== 0 && frame.length >= at + 12;
  const lameAt =
    at + 8 + 4 * (flags & 1) + 4 * ((flags >> 1) & 1) + 100 * ((flags >> 2) & 1) + 4 * ((flags >> 3) & 1);
  return {
    kind,
    ...(hasFrames ? { frames: view.getUint32(at + 8) } : {}),
    ...(frame.length >= lameAt + 36 ? { lame: lameAtOffset(frame, lameAt) } : {}),
  };
}

function lameAtOffset(frame: Uint8Array, at: number): LameTag {
  const view = viewOf(frame);
  const own = view.getUint16(at + 34);
  return {
    isSound: crc16Reflected(0, frame, 0, at + 34) === own || libavCrc(frame, at + 34) === own,
    isNamed: isKnown(asciiAt(frame, at, 9)),
    musicLength: view.getUint32(at + 28),
    musicCrc: view.getUint16(at + 32),
    gapless: frame.slice(at + 21, at + 24),
  };
}

/** libavformat (mp3enc.c) always digests 190 bytes, in which its own CRC is still zero where the tag ends before. */
function libavCrc(frame: Uint8Array, ownAt: number): number {
  const bytes = frame.slice(0, 190);
  if (bytes.length < 190) return -1;
  bytes.fill(0, ownAt, ownAt + 2);
  return crc16Reflected(0, bytes, 0, 190);
}

/** LAME writes checksums from 3.90 on; `L3.99r1` is how it shortens its own name. */
function isKnown(encoder: string): boolean {
  if (/^Lav[cf]/.test(encoder)) return true;
  const version = /^L(?:AME)?(\d)\.(\d{2,3})/.exec(encoder);
  return version !== null && (Number(version[1]) > 3 || Number(version[2]) >= 90);
}
