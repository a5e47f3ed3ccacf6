/** Tags behind the audio, which taggers put at the end of nearly any format: ID3v1, APEv1 and v2, Lyrics3, appended ID3v2. */
import { asciiAt, viewOf } from './content.ts';
import type { WalkedFile } from './walked-file.ts';

const mostTags = 16;

/**
 * Where the bytes before any trailing tags end.
 * @param start no tag reaches before this
 */
export function beforeTrailingTags(file: WalkedFile, start: number): number {
  let end = file.size;
  for (let count = 0; count < mostTags; count++) {
    const tail = file.readAt(Math.max(start, end - 128), Math.min(128, end - start));
    const length = lengthOfTag(tail) || lengthOfLyrics1(file, start, end, tail);
    if (length === 0 || length > end - start) break;
    end -= length;
  }
  return end;
}

/** id3.org, Lyrics3 v1: two marks and at most 5,100 bytes of text between them, no size. */
function lengthOfLyrics1(file: WalkedFile, start: number, end: number, tail: Uint8Array): number {
  if (asciiAt(tail, tail.length - 9, 9) !== 'LYRICSEND') return 0;
  const from = Math.max(start, end - 5120);
  const at = asciiAt(file.readAt(from, end - from), 0, end - from).lastIndexOf('LYRICSBEGIN');
  return at < 0 ? 0 : end - from - at;
}

/** @param tail the last bytes before `end`, up to 128 */
function lengthOfTag(tail: Uint8Array): number {
  const at = (fromEnd: number, length: number): string => asciiAt(tail, tail.length - fromEnd, length);
  if (tail.length === 128 && at(128, 3) === 'TAG') return 128;
  if (tail.length >= 32 && at(32, 8) === 'APETAGEX') return lengthOfApe(tail.subarray(tail.length - 32));
  // id3.org, Lyrics3 v2.00: six digits, then the mark; the size counts from LYRICSBEGIN and leaves these fifteen out.
  if (tail.length >= 15 && at(9, 9) === 'LYRICS200') {
    const digits = at(15, 6);
    return /^\d{6}$/.test(digits) ? Number(digits) + 15 : 0;
  }
  // id3.org, v2.4 §3.4: an appended tag ends in a footer.
  if (tail.length >= 10 && at(10, 3) === '3DI') {
    const [a = 0, b = 0, c = 0, d = 0] = tail.subarray(tail.length - 4);
    return (a | b | c | d) > 0x7f ? 0 : ((a << 21) | (b << 14) | (c << 7) | d) + 20;
  }
  return 0;
}

/** APE tags 2.0: the size counts items and footer; a header of 32 bytes more where bit 31 of the flags says so. */
function lengthOfApe(footer: Uint8Array): number {
  const view = viewOf(footer);
  const size = view.getUint32(12, true);
  const flags = view.getUint32(20, true);
  const isFooter = (flags & 0x20000000) === 0;
  return size < 32 || !isFooter ? 0 : size + ((flags & 0x80000000) === 0 ? 0 : 32);
}
