/** Text from files, made safe to show: what a screen would obey, hide or reorder is shown as a mark. */

export interface Mark {
  readonly code: number;
}

export interface VisibleText {
  /** Text as it is, and characters that are shown as marks. */
  readonly pieces: readonly (string | Mark)[];
  /** UTF-16 units that are not shown. */
  readonly left: number;
}

// Controls, line and paragraph separators, overrides and isolates, half surrogates, noncharacters, and what draws nothing.
// Left alone: joiners and direction marks, which spelling needs and isolation keeps harmless, and variation selectors.
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]|(?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u200C-\u200F\u061C])\p{Default_Ignorable_Code_Point}/gu;
const HAS_UNSAFE = new RegExp(UNSAFE.source, 'u');
const LINES = /^[\n\t]$/;

/**
 * Cuts to `most` UTF-16 units, never in the middle of a character, and marks what is unsafe. Only what is shown is looked at, so
 * that ten megabytes cost as much as a line.
 * @param keepLines line feeds and tabs are text
 */
export function visibleText(value: string, most: number, keepLines = false): VisibleText {
  const shown = value.length <= most ? value : cutAt(value, most);
  const left = value.length - shown.length;
  if (!HAS_UNSAFE.test(shown)) return { pieces: shown === '' ? [] : [shown], left };
  const pieces: (string | Mark)[] = [];
  let from = 0;
  for (const match of shown.matchAll(UNSAFE)) {
    const [character] = match;
    if (keepLines && LINES.test(character)) continue;
    if (match.index > from) pieces.push(shown.slice(from, match.index));
    pieces.push({ code: character.codePointAt(0) ?? 0 });
    from = match.index + character.length;
  }
  if (from < shown.length) pieces.push(shown.slice(from));
  return { pieces, left };
}

/** `⟨U+202E⟩`. */
export function markText(mark: Mark): string {
  return `⟨U+${mark.code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The same as one plain string, for titles and spoken names. */
export function plainVisible(value: string, most = 1_000): string {
  const { pieces, left } = visibleText(value, most);
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : markText(piece))).join('');
  return left > 0 ? `${text}…` : text;
}

function cutAt(value: string, most: number): string {
  const last = value.charCodeAt(most - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
