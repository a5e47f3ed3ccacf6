import { HoldfastError } from '../../../../shared/domain/errors.ts';

/** The last row of a page, as the keyset of a list: its sort key, where there is one, and its id. */
export type Keyset = readonly (string | number)[];

/** Longer than any sort key that the catalogue holds, short enough that hostile text costs nothing. */
const MAX_LENGTH = 4_096;

/** Opaque to callers. `list` names what it belongs to, so that a cursor of one list or sort never steers another. */
export function encodeCursor(list: string, keyset: Keyset): string {
  return Buffer.from(JSON.stringify([list, ...keyset])).toString('base64url');
}

/**
 * Reads a cursor back; undefined when there is none.
 * @param shape the type of each value of the keyset
 * @throws HoldfastError BAD_INPUT for anything that this list did not hand out in this form.
 */
export function decodeCursor(
  cursor: string | undefined,
  list: string,
  shape: readonly ('text' | 'integer')[],
): Keyset | undefined {
  if (cursor === undefined) return undefined;
  const keyset = cursor.length <= MAX_LENGTH ? parse(cursor) : undefined;
  const fits =
    keyset?.[0] === list &&
    keyset.length === shape.length + 1 &&
    shape.every((type, i) => {
      const value = keyset[i + 1];
      // Half a surrogate pair has no UTF-8 form: SQLite would compare with another text.
      return type === 'text'
        ? typeof value === 'string' && value.isWellFormed()
        : Number.isSafeInteger(value);
    });
  if (!fits)
    throw new HoldfastError(
      'BAD_INPUT',
      'The cursor is not one that this list gave. Ask for the first page again, without a cursor.',
    );
  return keyset.slice(1) as Keyset;
}

function parse(cursor: string): unknown[] | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  // Node skips what is not base64url; only the very text that we wrote is taken.
  if (bytes.toString('base64url') !== cursor) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The limit of a page, within what any list serves at once. */
export function pageLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1)
    throw new HoldfastError('BAD_INPUT', 'The limit of a page is a whole number from 1.');
  return Math.min(limit, 1_000);
}
