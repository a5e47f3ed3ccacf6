/**
 * Text made findable. What is indexed and what is asked for pass through the same folding, so that *Dvořák*, *DVORAK* and
 * *dvorak* meet, and Chinese, Japanese and Korean, which put no spaces between words, are found by any part of a word.
 * Made for SQLite FTS5 with `tokenize = 'unicode61 remove_diacritics 0'`, through which tokens pass unchanged.
 */

/** Bounds against hostile tags (a 10 MB comment): what lies beyond is not indexed, and nothing else happens. */
const MAX_CHARACTERS = 65_536;
const MAX_TOKENS = 400;
const MAX_TOKEN_LENGTH = 64;
const MAX_QUERY_TOKENS = 40;

// Letters that NFKD leaves whole though people type them apart. Lower case: applied after case folding.
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ȷ: 'j',
  ƒ: 'f',
  ə: 'e',
  ς: 'σ',
};
const SPELLED = new RegExp(`[${Object.keys(SPELLED_OUT).join('')}]`, 'gu');

// Kana voicing marks (U+3099, U+309A) tell か from が and are kept for recomposition; all other marks are dropped.
const MARKS = /[\p{M}--[\u3099\u309A]]/gv;
// Left over after recomposition, and letters that FTS5's Unicode tables take for marks (New Tai Lue vowels, Vedic signs).
const UNTOKENISED = /[\p{M}\u19B0-\u19C0\u19C8\u19C9\u1CF2\u1CF3]/gu;

const NOT_ASCII = /[^\0-\x7f]/;
// U+30FC, the mark that lengthens a vowel, belongs to no single script.
const CJK_CLASS =
  '[[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u30FC]&&[\\p{L}\\p{N}]]';
// One pass finds both kinds of run: CJK first, then any other letters and numbers up to the next CJK character.
const RUNS = new RegExp(`(${CJK_CLASS}+)|[[\\p{L}\\p{N}]--${CJK_CLASS}]+`, 'gv');

/**
 * The words of a text as they are indexed, in order, repeats included; at most 400, each at most 64 UTF-16 units.
 *
 * Folding: NFKD, combining marks dropped, lower case, letters such as ß, æ, ø, ł spelled out; ё becomes е and й becomes и.
 * Words end at anything but a letter or number. A run of Han, kana or Hangul becomes overlapping pairs and then its last
 * character alone: so that every character begins some token, and a query of one character (a prefix) finds it anywhere.
 */
export function searchTokens(text: string): string[] {
  const folded = fold(text);
  if (!NOT_ASCII.test(folded)) return asciiTokens(folded);
  const tokens: string[] = [];
  for (const match of folded.matchAll(RUNS)) {
    if (tokens.length >= MAX_TOKENS) break;
    if (match[1] === undefined) tokens.push(cut(match[0]));
    else pushPairs(tokens, match[1], true);
  }
  return tokens.length > MAX_TOKENS ? tokens.slice(0, MAX_TOKENS) : tokens;
}

/** What the full-text index stores for a text: its tokens, joined by a space. */
export function searchDocument(text: string): string {
  return searchTokens(text).join(' ');
}

/**
 * An FTS5 MATCH expression (SQLite FTS5 §3) for what a person typed; undefined when there is nothing to look for. Every
 * token must occur, each as the beginning of a word, so that an unfinished word finds already. Tokens are quoted: what
 * was typed cannot be read as syntax. At most 40 tokens; more would only narrow what is found already.
 */
export function searchQuery(text: string): string | undefined {
  const tokens: string[] = [];
  for (const match of fold(text).matchAll(RUNS)) {
    if (match[1] === undefined) tokens.push(cut(match[0]));
    else pushPairs(tokens, match[1], false);
    if (tokens.length >= MAX_QUERY_TOKENS) break;
  }
  if (tokens.length === 0) return undefined;
  const terms = new Set(
    tokens.slice(0, MAX_QUERY_TOKENS).map((token) => `"${token.replaceAll('"', '""')}"*`),
  );
  return [...terms].join(' AND ');
}

/**
 * The text folded as for searching, whatever is no letter or number as one space: two names with the same folded text are
 * the same name to a reader. Bounded to the first 65,536 characters.
 */
export function foldText(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * A key that sorts as people expect when compared byte by byte: folded, numbers padded to six digits (*Track 2* before
 * *Track 10*), punctuation as one space, articles kept. At most `length` UTF-16 units; empty for empty text. Two texts
 * may share a key: order ties by the text itself.
 */
export function sortKey(text: string, length = 24): string {
  // Sixteen characters of source for each of the key: enough for any real title behind its punctuation.
  const folded = foldText(text.slice(0, length * 16));
  const key = folded.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(6, '0'));
  return cut(key, length).trimEnd();
}

function asciiTokens(folded: string): string[] {
  const tokens = folded.match(/[a-z0-9]+/g) ?? [];
  if (tokens.length > MAX_TOKENS) tokens.length = MAX_TOKENS;
  // Only a text longer than one token's bound can hold a token beyond it.
  return folded.length > MAX_TOKEN_LENGTH ? tokens.map((token) => cut(token)) : tokens;
}

function fold(text: string): string {
  const bounded = text.length > MAX_CHARACTERS ? cut(text, MAX_CHARACTERS) : text;
  if (!NOT_ASCII.test(bounded)) return bounded.toLowerCase();
  const bare = bounded.normalize('NFKD').replace(MARKS, '').toLowerCase();
  if (!NOT_ASCII.test(bare)) return bare;
  return bare
    .normalize('NFC')
    .replace(UNTOKENISED, '')
    .replace(SPELLED, (letter) => SPELLED_OUT[letter] ?? letter);
}

function pushPairs(tokens: string[], run: string, lastAlone: boolean): void {
  // Far more characters than tokens are allowed need not be taken apart.
  const characters = Array.from(run.slice(0, MAX_TOKENS * 2 + 2));
  for (let i = 0; i + 1 < characters.length && tokens.length < MAX_TOKENS; i++) {
    tokens.push(`${characters[i] ?? ''}${characters[i + 1] ?? ''}`);
  }
  if (lastAlone || characters.length === 1) tokens.push(characters.at(-1) ?? '');
}

/** Cut without leaving half a surrogate pair. */
function cut(text: string, length = MAX_TOKEN_LENGTH): string {
  if (text.length <= length) return text;
  const short = text.slice(0, length);
  return short.isWellFormed() ? short : short.slice(0, -1);
}
