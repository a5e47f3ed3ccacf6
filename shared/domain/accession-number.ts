/**
 * Accession numbers: `2026-0042`. The pattern is the archive's own; `{year}` is the four-digit year of accession, `{n}` the
 * running number, `{n:4}` the same padded to at least four digits.
 */

/**
 * A pattern that cannot make distinct numbers, with the reason in words for the archivist.
 * @testonly told apart by tests; people read its message
 */
export class AccessionPatternError extends RangeError {
  override readonly name = 'AccessionPatternError';
}

interface Field {
  readonly literal: string;
  readonly field?: 'year' | 'n';
  readonly width?: number;
}

const PLACEHOLDER = /\{(?:(year)|n(?::([1-9]))?)\}/y;

/**
 * The accession number for the running number `n` (from 1) of `year`.
 * @throws AccessionPatternError for a pattern without exactly one `{n}`, or with a brace that is no placeholder.
 * @throws RangeError when `n` is not a positive integer, or `year` has not four digits.
 */
export function formatAccessionNumber(pattern: string, year: number, n: number): string {
  const fields = parsePattern(pattern);
  if (!Number.isSafeInteger(n) || n < 1)
    throw new RangeError(`a running number is a positive integer, not ${n}`);
  if (!Number.isInteger(year) || year < 1000 || year > 9999)
    throw new RangeError(`a year has four digits, not ${year}`);
  return fields
    .map(({ literal, field, width }) => {
      if (field === 'n') return literal + String(n).padStart(width ?? 1, '0');
      return field === 'year' ? `${literal}${year}` : literal;
    })
    .join('');
}

/**
 * The running number after the highest that `taken` holds under this pattern and year; 1 when it holds none. Numbers of
 * other patterns are passed over. A pattern without `{year}` runs on through the years.
 * @throws AccessionPatternError as `formatAccessionNumber`.
 */
export function nextInYear(pattern: string, year: number, taken: Iterable<string>): number {
  const source = parsePattern(pattern)
    .map(({ literal, field, width }) => {
      const before = literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      if (field === 'n') return `${before}(\\d{${width ?? 1},15})`;
      return field === 'year' ? before + String(year) : before;
    })
    .join('');
  const shape = new RegExp(`^${source}$`, 'u');
  let highest = 0;
  for (const number of taken) highest = Math.max(highest, Number(shape.exec(number)?.[1] ?? 0));
  return highest + 1;
}

function parsePattern(pattern: string): Field[] {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(pattern)) {
    throw new AccessionPatternError('an accession number is one line, without control characters');
  }
  const fields: Field[] = [];
  let literal = '';
  for (let at = 0; at < pattern.length;) {
    PLACEHOLDER.lastIndex = at;
    const match = PLACEHOLDER.exec(pattern);
    if (match !== null) {
      const width = match[2];
      if (match[1] !== undefined) fields.push({ literal, field: 'year' });
      else
        fields.push(
          width === undefined ? { literal, field: 'n' } : { literal, field: 'n', width: Number(width) },
        );
      literal = '';
      at = PLACEHOLDER.lastIndex;
      continue;
    }
    const character = pattern.charAt(at++);
    if (character === '{' || character === '}') {
      throw new AccessionPatternError(`"${pattern}": use {year}, {n} or {n:4}; no other braces`);
    }
    literal += character;
  }
  if (literal !== '') fields.push({ literal });
  if (fields.filter(({ field }) => field === 'n').length !== 1) {
    throw new AccessionPatternError(`"${pattern}": needs exactly one running number, {n} or {n:4}`);
  }
  return fields;
}
