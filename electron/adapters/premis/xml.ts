/** Writing XML 1.0 (Fifth Edition), UTF-8. */

/** What XML cannot hold (§2.2, production 2), in a text; half a surrogate pair among it. */
const FORBIDDEN = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/u;
const FORBIDDEN_OR_LOOKALIKE = /(\\*)(?:([\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate})|(?=u\{))/gu;
/** Markup, and what a parser would make another character of (§2.11) or a reader not see. */
const MARKUP = /[&<>"\r\x7F-\x9F]/;
const EACH_MARKUP = /[&<>"\r\x7F-\x9F]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Text as the content of an element or, but for tabs and line ends, of an attribute. What XML forbids stands as `\u{HEX}`: such a
 * sign is one where an odd number of backslashes begins it, and half of the others are the text's own. A text that looks like one has
 * its backslashes doubled, so that no two texts are written alike.
 */
export function xmlText(text: string): string {
  const allowed =
    FORBIDDEN.test(text) || text.includes('\\')
      ? text.replace(FORBIDDEN_OR_LOOKALIKE, (_, slashes: string, forbidden: string | undefined) =>
          forbidden === undefined ? slashes + slashes : `${slashes}${slashes}\\u{${hexOf(forbidden)}}`,
        )
      : text;
  return xmlMarkup(allowed);
}

/** The same of a text in which nothing is forbidden, such as a path made safe to show, whose own escapes must not be doubled. */
export function xmlMarkup(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text.replace(EACH_MARKUP, (character) => ENTITIES[character] ?? `&#x${hexOf(character)};`);
}

/** Text as the value of an attribute, which a parser makes one line of (§3.3.3) unless its line ends are written out. */
export function xmlAttribute(text: string): string {
  return xmlText(text).replace(/[\t\n]/g, (character) => `&#x${hexOf(character)};`);
}

/** A comment of lines for people; `--` would end it (§2.5). */
export function xmlComment(lines: readonly string[]): string {
  const safe = lines.map((line) =>
    xmlMarkup(line.replace(FORBIDDEN_OR_LOOKALIKE, '$1')).replace(/-(?=-|$)/g, '- '),
  );
  return `<!--\n${safe.map((line) => `  ${line}\n`).join('')}-->\n`;
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
}
