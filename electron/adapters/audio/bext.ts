/** The broadcast audio extension chunk of a Broadcast WAVE (EBU Tech 3285 v2, §2.3). */
import { asciiAt, viewOf } from './content.ts';
import { cleanText } from './found-tags.ts';

/** Up to the coding history, which takes the rest. */
const fixedLength = 602;
const mostHistory = 16 * 1024;
/** Tech 3285 v2 §2.3: a loudness that was not measured. */
const notMeasured = 0x7fff;

const loudness = [
  ['loudnessValue', 412],
  ['loudnessRange', 414],
  ['maxTruePeakLevel', 416],
  ['maxMomentaryLoudness', 418],
  ['maxShortTermLoudness', 420],
] as const;

/**
 * Its fields by the names of the specification, those that are filled in. `timeReference` counts samples since midnight;
 * loudness is in LUFS, LU and dBTP; `umid` is in hex. Undefined where the chunk is too short to be one.
 */
export function readBext(bytes: Uint8Array): Readonly<Record<string, string | number>> | undefined {
  if (bytes.length < fixedLength) return undefined;
  const view = viewOf(bytes);
  const version = view.getUint16(346, true);
  const fields: Record<string, string | number> = { version };
  const word = (name: string, at: number, length: number): void => {
    const text = textOf(bytes.subarray(at, at + length));
    if (text !== '') fields[name] = text;
  };
  word('description', 0, 256);
  word('originator', 256, 32);
  word('originatorReference', 288, 32);
  word('originationDate', 320, 10);
  word('originationTime', 330, 8);
  fields['timeReference'] = Number(view.getBigUint64(338, true));
  if (version >= 1) {
    const umid = umidOf(bytes.subarray(348, 412));
    if (umid !== '') fields['umid'] = umid;
  }
  if (version >= 2) {
    for (const [name, at] of loudness) {
      const value = view.getInt16(at, true);
      if (value !== notMeasured) fields[name] = value / 100;
    }
  }
  word('codingHistory', fixedLength, Math.min(bytes.length - fixedLength, mostHistory));
  return fields;
}

/** SMPTE ST 330: a basic UMID has 32 bytes, an extended one 64. */
function umidOf(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte === 0)) return '';
  const isBasic = bytes.subarray(32).every((byte) => byte === 0);
  return Buffer.from(isBasic ? bytes.subarray(0, 32) : bytes).toString('hex');
}

/** ASCII by the specification; writers put UTF-8 or ISO 8859-1 there. A NUL ends it. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  let words: string;
  try {
    words = new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    words = asciiAt(text, 0, text.length); // each byte its character, as ISO 8859-1 has it
  }
  return cleanText(words, mostHistory).trim();
}
