/**
 * Names of payload files in bags that we write. A bag is carried to disks, systems and tools that we do not know, so a path
 * below `data/` is UTF-8 that Windows can hold, that no tool reads as something else, and that stays apart from every other
 * where case or normalisation does not tell names apart. A name that is so already stays as it is; any other is escaped,
 * reversibly, segment by segment:
 *
 * - `=HH` is the byte HH (upper-case hex), as in quoted-printable (RFC 2045 §6.7). Every `=` in a bag's path begins an
 *   escape, so that nothing can look like one: a literal `=` is `=3D`. `%` is not the escape, and is escaped itself: it must be
 *   encoded in manifests, and `sha256sum -c` and some validators do not decode it there.
 * - Escaped always: bytes of a segment that is not UTF-8; controls, line separators, noncharacters; `< > : " | ? * \ % =`; the
 *   last character where it is a dot or white space; a leading `~`; the first character of a reserved name of Windows
 *   (`CON`, `lpt1.wav`); and a combining mark directly behind an escape, which would change it under NFC.
 * - Escaped only where a twin stands in the same folder (another name that is equal after case folding and normalisation):
 *   whatever those two would take away. NFC names in lower case have nothing of it and stay. `Case.wav` beside `CASE.WAV` is
 *   `=43ase.wav` and `=43=41=53=45.=57=41=56`, whichever came first.
 * - A segment over 255 bytes is cut, and ends in `=_` and 40 digits of its SHA-256; a path over 3,000 bytes is
 *   `=_paths/=_` and its whole SHA-256. Only these two cannot be read back from the path alone.
 *
 * The bag carries the originals of all that differ in `holdfast/original-names.tsv`.
 */
import { KeyTable } from './key-table.ts';
import { decodeUtf8, displayPath, fromBase64, type RawPath, rawPath, toBase64, utf8Path } from './path.ts';

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The tag file that carries the original names. */
export const ORIGINAL_NAMES_FILE = 'holdfast/original-names.tsv';
/** Its first line. */
export const ORIGINAL_NAMES_HEADER =
  'path in data/\toriginal path (bytes, base64)\toriginal path (as shown)\n';

/** In bytes, as most file systems have it. */
const LONGEST_SEGMENT = 255;
/** In bytes below `data/`: leaves Linux (4,095 in all) room for where the bag stands. */
const LONGEST_PATH = 3000;
const SLASH = 0x2f;

const encoder = new TextEncoder();

/**
 * Maps the paths of one bag. Every path is shown to `add` first, in any order, since a name's twins decide whether it may
 * stay; then `map` answers for each, the same whatever the order. Holds 32 to 64 bytes a name, and none of the names.
 */
export class BagNames {
  readonly #sha256: Sha256;
  /** Every name within its folder. */
  readonly #names: KeyTable;
  /** What names of one folder have in common: 1 where several have it. */
  readonly #shared: KeyTable;
  #lastFolder: Uint8Array = new Uint8Array(0);
  #mappedFolder = { raw: new Uint8Array(0), mapped: '' };

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
    this.#names = new KeyTable();
    this.#shared = new KeyTable();
  }

  /**
   * @param raw relative to the bag's payload folder; a folder's path is part of its files' and need not be added
   * @throws RangeError for a path that is absolute, empty, or has an empty, `.` or `..` segment
   */
  add(raw: RawPath): void {
    const nameStart = raw.lastIndexOf(SLASH) + 1;
    const folder = raw.subarray(0, nameStart);
    // Files come folder by folder: the segments above were added with the file before.
    const known = sameBytes(folder, this.#lastFolder);
    for (const { start, end } of segmentsOf(raw)) {
      if (known && start < nameStart) continue;
      const name = raw.subarray(0, end);
      if (this.#names.get(name) !== undefined) continue;
      this.#names.set(name, 0);
      const key = twinKey(raw, start, end);
      this.#shared.set(key, this.#shared.get(key) === undefined ? 0 : 1);
    }
    this.#lastFolder = folder.slice();
  }

  /** The path below `data/`, as UTF-8 text. */
  map(raw: RawPath): string {
    const nameStart = raw.lastIndexOf(SLASH) + 1;
    const folder = raw.subarray(0, nameStart);
    if (!sameBytes(folder, this.#mappedFolder.raw)) {
      let mapped = '';
      for (const { start, end } of segmentsOf(raw))
        if (start < nameStart) mapped += `${this.#mapSegment(raw, start, end)}/`;
      this.#mappedFolder = { raw: folder.slice(), mapped };
    }
    if (!isRelative(raw.subarray(nameStart))) throw notRelative();
    const path = this.#mappedFolder.mapped + this.#mapSegment(raw, nameStart, raw.length);
    if (utf8Length(path) <= LONGEST_PATH) return path;
    return `=_paths/=_${hex(this.#sha256(raw))}${shortExtension(path)}`;
  }

  /**
   * What else a path was mapped to when other names stood beside it: each segment as with a twin, and as without. Of what lies
   * deeper than six segments that differ so, the rest is as it is now.
   */
  mappedOtherwise(raw: RawPath): string[] {
    let paths = [''];
    for (const { start, end } of segmentsOf(raw)) {
      const now = this.#mapSegment(raw, start, end);
      const ways =
        paths.length >= 64
          ? [now]
          : [
              now,
              ...[false, true].map((isTwin) => mapSegment(this.#sha256, raw.subarray(start, end), isTwin)),
            ];
      paths = [...new Set(ways)].flatMap((way) =>
        paths.map((path) => (path === '' ? way : `${path}/${way}`)),
      );
    }
    const current = this.map(raw);
    return paths.filter((path) => path !== current && utf8Length(path) <= LONGEST_PATH);
  }

  #mapSegment(raw: RawPath, start: number, end: number): string {
    const isTwin = this.#shared.get(twinKey(raw, start, end)) === 1;
    return mapSegment(this.#sha256, raw.subarray(start, end), isTwin);
  }
}

function mapSegment(sha256: Sha256, segment: Uint8Array, isTwin: boolean): string {
  const mapped = escapeSegment(segment, isTwin);
  if (utf8Length(mapped) <= LONGEST_SEGMENT) return mapped;
  const tail = `=_${hex(sha256(segment)).slice(0, 40)}${shortExtension(mapped)}`;
  return cutTo(mapped, LONGEST_SEGMENT - tail.length) + tail;
}

/**
 * The original of a path below `data/`, read from the path alone; undefined where it was too long to be kept in it (only the
 * table has it), or where we cannot have written it.
 * @testonly
 */
export function unmapBagName(path: string): RawPath | undefined {
  if (!path.isWellFormed()) return undefined;
  const bytes = encoder.encode(path);
  const original = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i] as number;
    if (byte === 0x3d) {
      const digits = String.fromCharCode(bytes[i + 1] ?? 0, bytes[i + 2] ?? 0);
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) return undefined;
      byte = parseInt(digits, 16);
      if (byte === SLASH) return undefined;
      i += 2;
    }
    original[length++] = byte;
  }
  const raw = original.slice(0, length);
  return isRelative(raw) ? rawPath(raw) : undefined;
}

/** A path or name in a bag of ours as people know it: what its file was called before, where the name itself tells. */
export function nameBeforeBag(shown: string): string {
  const original = shown.includes('=') ? unmapBagName(shown) : undefined;
  return original === undefined ? shown : displayPath(original);
}

/** A line of the table of original names, line feed included; undefined where the name is in the bag as it was. */
export function originalNameLine(path: string, raw: RawPath): string | undefined {
  if (decodeUtf8(raw) === path) return undefined;
  return `${path}\t${toBase64(raw)}\t${displayPath(raw)}\n`;
}

/**
 * Reads a line of the table. Undefined for its header, for what is no such line, and for a line that contradicts its own path:
 * a bag is from elsewhere, and must not rename a file to what it was not.
 * @public for whoever reads a bag of ours back
 */
export function readOriginalNameLine(line: string): { path: string; raw: RawPath } | undefined {
  const [path, base64, ...rest] = line.replace(/\r?\n$/, '').split('\t');
  if (path === undefined || base64 === undefined || rest.length > 1 || path === '' || !path.isWellFormed())
    return undefined;
  let raw: RawPath;
  try {
    raw = rawPath(fromBase64(base64));
  } catch {
    return undefined; // no base64, or a NUL
  }
  if (!isRelative(raw)) return undefined;
  const read = unmapBagName(path);
  const agrees = read === undefined ? path.includes('=_') : sameBytes(read, raw);
  return agrees ? { path, raw } : undefined;
}

const ALWAYS = /[\p{Cc}\u2028\u2029\p{Noncharacter_Code_Point}<>:"|?*\\%=]/u;
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file: with any extension, in any case; superscripts count. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\.|$)/i;
const LOST_AT_END = /[.\p{White_Space}]$/u;
const MARK = /^\p{M}/u;
/** Composed with the letter before them without being marks: vowels and finals of decomposed Hangul. */
const JOINING_JAMO = /^[\u1160-\u11ff]/;

/** Whether Windows keeps this name (one segment) for a device. */
export function isReservedOnWindows(name: string): boolean {
  return RESERVED.test(name);
}

function escapeSegment(segment: Uint8Array, isTwin: boolean): string {
  const text = decodeUtf8(segment);
  if (text === undefined) return escapeText(latin1(segment), isTwin, (character) => character > '\u007f');
  return escapeText(text, isTwin, () => false);
}

/** `isByte`: the character stands for a byte that is no text. */
function escapeText(text: string, isTwin: boolean, isByte: (character: string) => boolean): string {
  const firstToo = text.startsWith('~') || RESERVED.test(text);
  const lastToo = LOST_AT_END.test(text);
  if (!isTwin && !firstToo && !lastToo && !ALWAYS.test(text) && !/[^\0-\u007f]/.test(text)) return text;
  const characters = Array.from(text);
  let escaped = '';
  let behindEscape = false;
  characters.forEach((character, i) => {
    behindEscape =
      isByte(character) ||
      ALWAYS.test(character) ||
      (firstToo && i === 0) ||
      (lastToo && i === characters.length - 1) ||
      (isTwin && !staysUnderFolding(character)) ||
      (behindEscape && MARK.test(character));
    if (!behindEscape) escaped += character;
    else if (isByte(character)) escaped += escapeByte(character.charCodeAt(0));
    else escaped += Array.from(encoder.encode(character), escapeByte).join('');
  });
  return escaped;
}

function escapeByte(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Equal for names of one folder that some system takes for one, and for no names of two. */
function twinKey(raw: Uint8Array, start: number, end: number): Uint8Array {
  const segment = raw.subarray(start, end);
  const folded = encoder.encode(foldName(decodeUtf8(segment) ?? escapeSegment(segment, false)));
  const key = new Uint8Array(start + folded.length);
  key.set(raw.subarray(0, start));
  key.set(folded, start);
  return key;
}

/**
 * A name as the least discerning systems compare it: canonical caseless matching (Unicode 16 §3.13, D145), default-ignorable
 * characters left out as ext4 and HFS+ do. Coarser than any one system, so that names that differ here differ everywhere.
 */
export function foldName(text: string): string {
  if (/^[\0-\u007f]*$/.test(text)) return text.toLowerCase();
  return (
    text
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .normalize('NFD')
      // Down first: the capital sharp s has a small one, and only that becomes SS.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      // toLowerCase looks at what follows a sigma; a comparison must not.
      .replaceAll('\u03c2', '\u03c3')
      .normalize('NFC')
  );
}

function staysUnderFolding(character: string): boolean {
  return foldName(character) === character && !MARK.test(character) && !JOINING_JAMO.test(character);
}

/** The extension of a name, if it is short and plain, for those who look at a bag without us. */
function shortExtension(path: string): string {
  return /\.[0-9A-Za-z]{1,10}$/.exec(path)?.[0].toLowerCase() ?? '';
}

/** At most `most` bytes of UTF-8, no character or escape cut in two. */
function cutTo(mapped: string, most: number): string {
  let kept = '';
  let bytes = 0;
  for (const [piece] of mapped.matchAll(/=[0-9A-F]{2}|[^]/gu)) {
    bytes += utf8Length(piece);
    if (bytes > most) break;
    kept += piece;
  }
  return kept;
}

function* segmentsOf(raw: Uint8Array): Generator<{ start: number; end: number }, void> {
  for (let start = 0; start <= raw.length;) {
    const slash = raw.indexOf(SLASH, start);
    const end = slash < 0 ? raw.length : slash;
    const isDots = end - start <= 2 && raw.subarray(start, end).every((byte) => byte === 0x2e);
    if (isDots) throw notRelative(); // an empty segment too
    yield { start, end };
    start = end + 1;
  }
}

function isRelative(raw: Uint8Array): boolean {
  try {
    return !raw.includes(0) && [...segmentsOf(raw)].length > 0;
  } catch {
    return false;
  }
}

function notRelative(): RangeError {
  return new RangeError('a payload path is relative and has no empty, "." or ".." segment');
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function utf8Length(text: string): number {
  return utf8Path(text).length;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
