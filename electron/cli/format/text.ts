/** Text from elsewhere, made harmless for a terminal, and measured in its columns. */

// What a terminal would obey, hide or reorder rather than draw. Joiners and variation selectors shape what is drawn.
const UNSAFE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]|(?![\u200C\u200D\uFE00-\uFE0F\u{E0100}-\u{E01EF}])\p{Default_Ignorable_Code_Point}|\p{Surrogate}/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Tags, names and messages as one harmless line. Unlike `displayPath` it leaves backslashes alone, so that a path that was
 * made safe already stays as it is.
 */
export function clean(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => SHORT[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

const STYLE = /\u001b\[[0-9;]*m/g;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\p{Emoji_Presentation}]/u;
let graphemes: Intl.Segmenter | undefined;

/** Columns that text takes on a terminal; colour takes none. */
export function widthOf(text: string): number {
  const plain = text.replace(STYLE, '');
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let columns = 0;
  for (const { segment } of graphemes.segment(plain)) columns += WIDE.test(segment) ? 2 : 1;
  return columns;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
