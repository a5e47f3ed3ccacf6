/**
 * The command line as bytes. Node decodes its arguments as UTF-8 and puts U+FFFD where that fails, so a Latin-1 file name
 * can no longer be found by what `process.argv` says. On Linux the kernel still has the bytes.
 *
 * A word is an argument in which every byte that is not part of valid UTF-8 stands as NUL and two hex digits. No argument
 * can contain a NUL, so a word cannot be forged, and commander may split it at `=` without harm.
 */
import { readFileSync } from 'node:fs';
import { fromBase64, rawPath, utf8Path, type RawPath } from '../../shared/domain/path.ts';

const ESCAPED = /\0([0-9a-f]{2})/g;

/** The words that a person typed after the name of the program. */
export function readWords(argv: readonly string[] = process.argv): string[] {
  const decoded = argv.slice(2);
  if (process.platform !== 'linux' || !decoded.some((word) => word.includes('\uFFFD'))) return decoded;
  try {
    return wordsFrom(readFileSync('/proc/self/cmdline'), decoded);
  } catch {
    return decoded; // no /proc: such names can still be given with --path-base64
  }
}

/**
 * Finds the arguments `decoded` at the end of the kernel's list: before them stand Node, its own options and the script,
 * however many those are. Where the two do not agree (a changed process title), `decoded` is returned as it is. @testonly
 */
export function wordsFrom(cmdline: Uint8Array, decoded: readonly string[]): string[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < cmdline.length;) {
    const end = cmdline.indexOf(0, start);
    parts.push(cmdline.subarray(start, end < 0 ? cmdline.length : end));
    start = end < 0 ? cmdline.length : end + 1;
  }
  const last = decoded.length === 0 ? [] : parts.slice(-decoded.length);
  const agree =
    last.length === decoded.length && last.every((bytes, i) => looksLike(bytes, decoded[i] ?? ''));
  return agree ? last.map(wordOf) : [...decoded];
}

/** How many U+FFFD one broken sequence becomes differs between decoders. */
function looksLike(bytes: Uint8Array, decoded: string): boolean {
  const collapse = (text: string): string => text.replace(/\uFFFD+/g, '\uFFFD');
  return collapse(Buffer.from(bytes).toString('utf8')) === collapse(decoded);
}

function wordOf(bytes: Uint8Array): string {
  let word = '';
  for (let i = 0; i < bytes.length;) {
    const length = utf8Length(bytes, i);
    if (length === 0) word += `\0${(bytes[i] ?? 0).toString(16).padStart(2, '0')}`;
    else word += Buffer.from(bytes.subarray(i, i + length)).toString('utf8');
    i += Math.max(1, length);
  }
  return word;
}

/** Length of the valid UTF-8 sequence at `at`, 0 where there is none. */
function utf8Length(bytes: Uint8Array, at: number): number {
  for (const length of [1, 2, 3, 4]) {
    const slice = bytes.subarray(at, at + length);
    if (slice.length < length) break;
    const text = Buffer.from(slice).toString('utf8');
    if (Array.from(text).length === 1 && Buffer.from(text, 'utf8').equals(slice)) return length;
  }
  return 0;
}

export function isUtf8Word(word: string): boolean {
  return !word.includes('\0');
}

/**
 * The path that a word names, as typed: relative or absolute.
 * @throws RangeError when the word cannot be a path.
 */
export function wordToPath(word: string): RawPath {
  if (isUtf8Word(word)) return utf8Path(word);
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const match of word.matchAll(ESCAPED)) {
    pieces.push(Buffer.from(word.slice(at, match.index), 'utf8'), Buffer.from(match[1] ?? '', 'hex'));
    at = match.index + match[0].length;
  }
  pieces.push(Buffer.from(word.slice(at), 'utf8'));
  return rawPath(Buffer.concat(pieces));
}

/** Text in which words may be quoted (commander does), made readable: `\xE9` for a byte. */
export function showWords(text: string): string {
  return text.replace(ESCAPED, (_, hex: string) => `\\x${hex.toUpperCase()}`);
}

/**
 * A path given as base64.
 * @throws RangeError when it is not base64 of a path.
 */
export function base64ToPath(text: string): RawPath {
  return rawPath(fromBase64(text));
}
