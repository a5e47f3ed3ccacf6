/**
 * The encoding of a cue sheet, which never says. A byte order mark, UTF-16 by its zeros and UTF-8 are certain; the rest is
 * weighed by what the bytes would spell, among the encodings that rippers have written.
 */
export interface Decoded {
  readonly text: string;
  /** WHATWG name. */
  readonly encoding: string;
}

export function decodeCue(bytes: Uint8Array): Decoded {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return decoded(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  // The commands are ASCII: in UTF-16 every other byte of a word is zero.
  if (bytes.length > 8 && second === 0 && bytes[3] === 0) return decoded(bytes, 'utf-16le');
  if (bytes.length > 8 && first === 0 && third === 0) return decoded(bytes, 'utf-16be');
  return (
    strictly(bytes, 'utf-8') ??
    japanese(bytes) ??
    decoded(bytes, isCyrillic(bytes) ? 'windows-1251' : isCentral(bytes) ? 'windows-1250' : 'windows-1252')
  );
}

function decoded(bytes: Uint8Array, encoding: string): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

function strictly(bytes: Uint8Array, encoding: string): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return undefined; // it is something else
  }
}

/** Shift-JIS where what it spells is Japanese: single half-width kana are what Western letters look like in it. */
function japanese(bytes: Uint8Array): Decoded | undefined {
  const found = strictly(bytes, 'shift_jis');
  if (found === undefined) return undefined;
  const wide = found.text.match(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー。、「」・]/gu) ?? [];
  const narrow = found.text.match(/[\uff61-\uff9f]/g) ?? [];
  const full = wide.filter((character) => !/[\uff61-\uff9f]/.test(character)).length;
  return full > narrow.length && full > 1 ? found : undefined;
}

/** Words of Cyrillic are nearly all of high bytes; those of Latin letters have one among many. */
function isCyrillic(bytes: Uint8Array): boolean {
  let whole = 0;
  let mixed = 0;
  for (const [word] of latin1(bytes).matchAll(/[A-Za-z\x80-\xff]+/g)) {
    const high = word.match(/[\xa8\xb8\xc0-\xff]/g)?.length ?? 0;
    if (high === 0) continue;
    if (high > 1 && high === word.length) whole++;
    else mixed++;
  }
  return whole > mixed;
}

/** Letters as they are written in windows-1250, and those that only Western languages write at these bytes. */
// prettier-ignore
const CENTRAL: Readonly<Record<number, number>> = {
  0x8d: 3, 0x8f: 3, 0x9d: 3, 0xb3: 3, 0xb9: 3, 0xbe: 3, 0xbf: 2, 0x9f: 2, 0x9a: 2, 0x9e: 2, 0x8a: 2, 0x8e: 2,
  0xec: 2, 0xcc: 2, 0xf8: 1, 0xd8: 1, 0xe8: 1, 0xc8: 1, 0xf9: 1, 0xd9: 1, 0xf5: 1, 0xfb: 1, 0x9c: 1, 0xea: 1,
  0xf0: 1, 0xf2: 1, 0xef: 1,
};
// prettier-ignore
const WESTERN: Readonly<Record<number, number>> = {
  0xe0: 2, 0xc0: 2, 0xe5: 3, 0xc5: 3, 0xe7: 2, 0xc7: 2, 0xea: 2, 0xca: 2, 0xe3: 2, 0xf1: 2, 0xe8: 2, 0xc8: 2, 0xe6: 2,
  0xc6: 2, 0xf8: 1, 0xd8: 1, 0xf9: 1, 0xec: 1, 0xf2: 1, 0xf5: 1, 0xfb: 2, 0xf0: 1, 0xef: 1,
};
/** á, í, ý, ú: beside them ø and è are what ř and č look like. */
const ACUTE = new Set([0xe1, 0xed, 0xfd, 0xfa, 0xc1, 0xcd, 0xdd, 0xda]);
const LIKE_CARONS = new Set([0xf8, 0xd8, 0xe8, 0xc8, 0xec, 0xcc, 0xf9, 0xd9]);

function isCentral(bytes: Uint8Array): boolean {
  let central = 0;
  let western = 0;
  let carons = 0;
  let hasAcute = false;
  for (const byte of bytes) {
    if (byte < 0x80) continue;
    central += CENTRAL[byte] ?? 0;
    western += WESTERN[byte] ?? 0;
    if (LIKE_CARONS.has(byte)) carons += 2;
    hasAcute ||= ACUTE.has(byte);
  }
  return central + (hasAcute ? carons : 0) > western;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
