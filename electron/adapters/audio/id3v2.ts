import { asciiAt } from './content.ts';

/** Broken taggers stack them; a healthy file has one. */
const mostTags = 8;

/** Where the bytes after any ID3v2 tags at the beginning stand (id3.org, v2.4 §3.1: sizes of 28 bits). */
export function afterId3v2(readAt: (position: number, length: number) => Uint8Array): number {
  let at = 0;
  for (let count = 0; count < mostTags; count++) {
    const header = readAt(at, 10);
    if (header.length < 10 || asciiAt(header, 0, 3) !== 'ID3') break;
    const [, , , , , flags = 0, a = 0, b = 0, c = 0, d = 0] = header;
    if ((a | b | c | d) > 0x7f) break;
    at += 10 + ((a << 21) | (b << 14) | (c << 7) | d) + ((flags & 0x10) !== 0 ? 10 : 0);
  }
  return at;
}
