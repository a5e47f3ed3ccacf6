/**
 * Paths. A path on disk is bytes: Linux names need not be UTF-8, and two names that look alike (NFC, NFD) may both exist.
 * Three forms are kept apart by their types: raw bytes for I/O, a display form for screen and terminal, and a comparison
 * form for finding twins. Separators are `/` in all of them; adapters for Windows convert at their own edge.
 */

declare const rawBrand: unique symbol;
declare const displayBrand: unique symbol;

/** A path exactly as the file system gave it: bytes, `/` between segments, never a NUL. Not to be mutated. */
export type RawPath = Uint8Array & { readonly [rawBrand]: true };

/** A path made safe to print. For people only; never handed back to the file system. */
export type DisplayPath = string & { readonly [displayBrand]: true };

/** A path in the contract and in JSON. `bytes` (base64, RFC 4648 §4) stands only where `display` is not the name itself. */
export interface PathJson {
  readonly display: string;
  readonly bytes?: string | undefined;
}

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const DOT = 0x2e;

const encoder = new TextEncoder();
// ignoreBOM keeps a leading U+FEFF: dropping it would make two different names one.
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Takes bytes from the file system as a path. The bytes are not copied.
 * @throws RangeError when they contain a NUL, which no file system can have given.
 */
export function rawPath(bytes: Uint8Array): RawPath {
  if (bytes.includes(0)) throw new RangeError('a path cannot contain a NUL byte');
  return bytes as RawPath;
}

/**
 * The path whose UTF-8 bytes are `text`.
 * @throws RangeError for a NUL, or a lone surrogate (which has no UTF-8 form and would silently name another file).
 */
export function utf8Path(text: string): RawPath {
  if (!text.isWellFormed()) throw new RangeError('a path cannot contain half a surrogate pair');
  return rawPath(encoder.encode(text));
}

/** Strict UTF-8 (RFC 3629: no overlong forms, no surrogates); undefined when the bytes are anything else. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The path as it may be shown: one line, no terminal control, nothing invisible, nothing that reorders text. Injective:
 * two different paths never have the same display form.
 *
 * - A byte that is not part of valid UTF-8 is `\xHH`.
 * - Newline, return and tab are `\n`, `\r`, `\t`. Other controls (C0, DEL, C1), line and paragraph separators, bidirectional
 *   marks, overrides and isolates, zero-width and other default-ignorable characters, and noncharacters are `\u{HEX}`.
 *   Left as they are: variation selectors, and joiners between letters or pictographs that they visibly shape.
 * - A backslash is doubled exactly where the next character shown is one of `\ n r t x u`, since it could then be read as
 *   the beginning of an escape; elsewhere it stands single.
 */
export function displayPath(raw: RawPath): DisplayPath {
  return render(raw, false) as DisplayPath;
}

/**
 * The form under which two names are twins: the display form of the name in NFC (Unicode UAX #15). Equal for names that
 * differ only in normalisation, and never equal for others. A name typed by a person is compared through `utf8Path`.
 * @public the form that bags and CSV files are compared in
 */
export function comparisonForm(raw: RawPath): string {
  return render(raw, true);
}

/** The path for the contract. Costs no base64 where the name is plain UTF-8 text. */
export function pathToJson(raw: RawPath): PathJson {
  const display = displayPath(raw);
  if (display === decodeUtf8(raw)) return { display };
  return { display, bytes: toBase64(raw) };
}

/**
 * The path that a contract value names: `bytes` where present, else the UTF-8 of `display`, taken literally.
 * @throws RangeError when `bytes` is not base64, or the path contains a NUL.
 */
export function pathFromJson(json: PathJson): RawPath {
  return json.bytes === undefined ? utf8Path(json.display) : rawPath(fromBase64(json.bytes));
}

/**
 * `folder` + `/` + `name`. An empty one of both is the root that paths are relative to, or the folder itself: then it is the
 * other alone, since `a/` and `a` must never be kept as two.
 */
export function joinRaw(folder: RawPath, name: Uint8Array): RawPath {
  if (folder.length === 0) return rawPath(name);
  if (name.length === 0) return folder;
  const slash = folder[folder.length - 1] === SLASH ? 0 : 1;
  const joined = new Uint8Array(folder.length + slash + name.length);
  joined.set(folder);
  joined[folder.length] = SLASH;
  joined.set(name, folder.length + slash);
  return rawPath(joined);
}

/**
 * Whether `path` is `root` or below it, byte by byte: no normalisation, no links followed. A path that climbs (`..` as a
 * segment below the root) is not inside. An empty root contains every relative path.
 */
export function isInside(root: RawPath, path: RawPath): boolean {
  return relativeStart(root, path) >= 0;
}

/** The part of `path` below `root` (empty for the root itself); undefined where `isInside` is false. */
export function relativeTo(root: RawPath, path: RawPath): RawPath | undefined {
  const start = relativeStart(root, path);
  return start < 0 ? undefined : (path.subarray(start) as RawPath);
}

/** The last segment; a trailing slash is not a segment. Empty for `/` and for the empty path. */
export function baseName(raw: RawPath): RawPath {
  const end = withoutTrailingSlashes(raw);
  return raw.subarray(raw.subarray(0, end).lastIndexOf(SLASH) + 1, end) as RawPath;
}

/** Everything before the last segment: empty for a single relative segment, `/` for a segment below the root. */
export function parentOf(raw: RawPath): RawPath {
  const slash = raw.subarray(0, withoutTrailingSlashes(raw)).lastIndexOf(SLASH);
  if (slash < 0) return raw.subarray(0, raw[0] === SLASH ? 1 : 0) as RawPath;
  return raw.subarray(
    0,
    Math.max(withoutTrailingSlashes(raw.subarray(0, slash)), slash === 0 ? 1 : 0),
  ) as RawPath;
}

/**
 * Text cut in the middle to at most `width` columns, with `…` for what is left out: the beginning says where a file is, the
 * end which one it is, so the end gets the larger half. East Asian wide characters and emoji count two columns; a
 * character and its combining marks are never parted.
 */
export function shortenMiddle(text: string, width: number): string {
  if (width <= 0) return '';
  if (text.length <= width && isAscii(text)) return text;
  const cells = Array.from(graphemes.segment(text), ({ segment }) => ({
    segment,
    columns: columnsOf(segment),
  }));
  if (cells.reduce((sum, cell) => sum + cell.columns, 0) <= width) return text;
  let headRoom = Math.floor((width - 1) / 2);
  let tailRoom = width - 1 - headRoom;
  let head = '';
  let tail = '';
  for (const cell of cells) {
    if ((headRoom -= cell.columns) < 0) break;
    head += cell.segment;
  }
  for (const cell of cells.reverse()) {
    if ((tailRoom -= cell.columns) < 0) break;
    tail = cell.segment + tail;
  }
  return `${head}…${tail}`;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE = new Map(Array.from(BASE64, (character, value) => [character, value]));

/**
 * Base64 with padding (RFC 4648 §4).
 * @testonly
 */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64.charAt(triple >> 18) + BASE64.charAt((triple >> 12) & 63);
    text +=
      (left > 1 ? BASE64.charAt((triple >> 6) & 63) : '=') + (left > 2 ? BASE64.charAt(triple & 63) : '=');
  }
  return text;
}

/**
 * The bytes of padded base64 (RFC 4648 §4), strictly: one text for one value, so that a path cannot be written two ways.
 * @throws RangeError for another alphabet, white space, missing padding, or spare bits that are not zero (§3.5).
 */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array(Math.max(0, (text.length / 4) * 3 - padding));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length - padding; i++) {
    const value = BASE64_VALUE.get(text.charAt(i));
    if (value === undefined) throw new RangeError('not base64: a character outside its alphabet');
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
  }
  if (text.length % 4 !== 0) throw new RangeError('not base64: its length is not a multiple of four');
  if ((bits & ((1 << held) - 1)) !== 0) throw new RangeError('not base64: it does not end cleanly');
  return bytes;
}

// Everything that a screen or terminal would obey, hide or reorder rather than draw. Variation selectors draw.
const UNSAFE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]|(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])\p{Default_Ignorable_Code_Point}/gu;
// Zero-width (non-)joiners belong to the spelling of these scripts and of joined emoji; elsewhere they only deceive.
const JOINED_BEFORE =
  /[\p{Script=Arab}\p{Script=Syrc}\p{Script=Deva}\p{Script=Beng}\p{Script=Guru}\p{Script=Gujr}\p{Script=Orya}\p{Script=Taml}\p{Script=Telu}\p{Script=Knda}\p{Script=Mlym}\p{Script=Sinh}\p{Script=Khmr}\p{Script=Mymr}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;
const JOINED_AFTER =
  /^[\p{Script=Arab}\p{Script=Syrc}\p{Script=Deva}\p{Script=Beng}\p{Script=Guru}\p{Script=Gujr}\p{Script=Orya}\p{Script=Taml}\p{Script=Telu}\p{Script=Knda}\p{Script=Mlym}\p{Script=Sinh}\p{Script=Khmr}\p{Script=Mymr}\p{Extended_Pictographic}]/u;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const READS_AS_ESCAPE = '\\nrtxu';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uFF01-\uFF60\p{Emoji_Presentation}]/u;

function render(raw: Uint8Array, compose: boolean): string {
  let ascii = true;
  let plain = true;
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] as number;
    if (byte > 0x7e) ascii = false;
    else if (byte < 0x20 || byte === BACKSLASH) plain = false;
  }
  // U+007F counts as not ASCII above: it too must be escaped.
  const text = decodeUtf8(raw);
  if (ascii && plain && text !== undefined) return text;
  if (text !== undefined) return escapeText(compose ? text.normalize('NFC') : text, '');
  return renderInvalid(raw, compose);
}

/** Valid runs are escaped as text, stray bytes one by one; from the end, as a backslash looks at what is shown after it. */
function renderInvalid(raw: Uint8Array, compose: boolean): string {
  const pieces: (string | number)[] = [];
  let runStart = 0;
  for (let i = 0; i < raw.length;) {
    const length = sequenceLength(raw, i);
    if (length > 0) {
      i += length;
      continue;
    }
    if (i > runStart) pieces.push(strictDecoder.decode(raw.subarray(runStart, i)));
    pieces.push(raw[i] as number);
    runStart = ++i;
  }
  if (runStart < raw.length) pieces.push(strictDecoder.decode(raw.subarray(runStart)));
  const shown: string[] = [];
  let next = '';
  for (const piece of pieces.reverse()) {
    if (typeof piece === 'number') next = `\\x${piece.toString(16).toUpperCase().padStart(2, '0')}`;
    else next = escapeText(compose ? piece.normalize('NFC') : piece, next);
    shown.push(next);
  }
  return shown.reverse().join('');
}

/** Escapes valid text; `after` is what will be shown behind it. */
function escapeText(text: string, after: string): string {
  // Backslashes first look at the text behind them, where a character about to be escaped counts as a backslash.
  const marked = text.includes('\\') ? doubleBackslashes(text, after) : text;
  return marked.replace(UNSAFE, (character, at: number) => {
    const isJoiner = character === '\u200C' || character === '\u200D';
    if (isJoiner && joins(marked, at)) return character;
    return (
      SHORT_ESCAPES[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16).toUpperCase()}}`
    );
  });
}

function doubleBackslashes(text: string, after: string): string {
  return text.replace(/\\/g, (_, at: number) => {
    const next =
      at + 1 < text.length ? String.fromCodePoint(text.codePointAt(at + 1) as number) : after.charAt(0);
    if (next === '') return '\\';
    // A joiner directly behind a backslash is never kept, so `search` alone decides.
    return READS_AS_ESCAPE.includes(next) || next.search(UNSAFE) === 0 ? '\\\\' : '\\';
  });
}

function joins(text: string, at: number): boolean {
  return (
    JOINED_BEFORE.test(text.slice(Math.max(0, at - 2), at)) && JOINED_AFTER.test(text.slice(at + 1, at + 3))
  );
}

/** Length in bytes of the well-formed UTF-8 sequence at `at` (Unicode 16, table 3-7); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf
      ? 2
      : lead >= 0xe0 && lead <= 0xef
        ? 3
        : lead >= 0xf0 && lead <= 0xf4
          ? 4
          : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] as number;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Where the part below `root` begins in `path`; -1 when it is outside. */
function relativeStart(root: RawPath, path: RawPath): number {
  const rootEnd = root.length > 1 ? Math.max(withoutTrailingSlashes(root), 1) : root.length;
  if (path.length < rootEnd) return -1;
  for (let i = 0; i < rootEnd; i++) if (root[i] !== path[i]) return -1;
  let start = rootEnd;
  if (rootEnd === 0) {
    if (path[0] === SLASH) return -1;
  } else if (path.length > rootEnd && root[rootEnd - 1] !== SLASH) {
    if (path[rootEnd] !== SLASH) return -1;
    start++;
  }
  return climbs(path, start) ? -1 : start;
}

function climbs(path: Uint8Array, start: number): boolean {
  for (let i = start; i + 1 < path.length; i++) {
    const opens = i === start || path[i - 1] === SLASH;
    if (opens && path[i] === DOT && path[i + 1] === DOT && (i + 2 === path.length || path[i + 2] === SLASH))
      return true;
  }
  return false;
}

function withoutTrailingSlashes(raw: Uint8Array): number {
  let end = raw.length;
  while (end > 0 && raw[end - 1] === SLASH) end--;
  return end;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return true;
}

function columnsOf(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
