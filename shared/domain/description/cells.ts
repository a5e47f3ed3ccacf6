/**
 * A field's value as one text: in a cell of a CSV, after `--set field=`, on screen.
 *
 * - Several values are parted by semicolons; a semicolon or backslash of a value has a backslash in front.
 * - A contributor is `Name (role)`; without a role, of the role `creator`.
 * - `[clear]` empties the field; an empty cell leaves it as it is.
 * - A cell that a spreadsheet would take for a formula begins with an apostrophe, which is taken off again on the way in.
 */
import type { Contributor, Field, FieldValue } from './fields.ts';

export const CLEAR = '[clear]';
export const DEFAULT_ROLE = 'creator';

/** The value as text; what `parseValue` reads back. */
export function printValue(value: FieldValue | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return value.map((each) => escaped(typeof each === 'string' ? each : printContributor(each))).join('; ');
}

/** What a text says of a field; not yet checked. */
export function parseValue({ kind }: Field, text: string): FieldValue {
  if (kind === 'text' || kind === 'note' || kind === 'date') return text;
  const values = parted(text);
  return kind === 'contributors' ? values.map(parseContributor) : values;
}

function printContributor({ name, role }: Contributor): string {
  return `${name} (${role})`;
}

function parseContributor(text: string): Contributor {
  const match = /^(.*\S)\s*\(([^()]*)\)$/su.exec(text);
  const role = match?.[2]?.trim() ?? '';
  if (match?.[1] === undefined || role === '') return { name: text, role: DEFAULT_ROLE };
  return { name: match[1], role };
}

function escaped(text: string): string {
  return text.replace(/[\\;]/g, '\\$&');
}

/** Parts a text at its semicolons; a backslash takes the meaning from what follows it. */
function parted(text: string): string[] {
  const values: string[] = [];
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\' && (text[i + 1] === ';' || text[i + 1] === '\\')) value += text[++i] ?? '';
    else if (character === ';') {
      values.push(value.trim());
      value = '';
    } else value += character;
  }
  values.push(value.trim());
  return values.filter((each) => each !== '');
}

// What makes a spreadsheet calculate, at the beginning of a cell, and after what a reader with another separator would
// take for the end of one; full-width forms are folded by some.
const FORMULA = "'*[=+\\-@|%\uff1d\uff0b\uff0d\uff20]";
const HARMFUL = new RegExp(
  `(?<=^|[\\t\\r])(?=${FORMULA}|'*\\t|'*\\[clear\\]$)|(?<=[;,\\n"])(?=${FORMULA})`,
  'giu',
);
const HARMLESS = new RegExp(
  `(?<=^|[\\t\\r])'(?=${FORMULA}|'*\\t|'*\\[clear\\]$)|(?<=[;,\\n"])'(?=${FORMULA})`,
  'giu',
);

/** A text as a cell that no spreadsheet executes. */
export function toCell(text: string): string {
  return text.replace(HARMFUL, "'");
}

/** The text that a cell holds. */
export function fromCell(cell: string): string {
  return cell.replace(HARMLESS, '');
}
