import {
  nearestFieldName,
  parseFieldName,
  type FieldName,
} from '../../../shared/domain/description/fields.ts';
import { fromCell } from '../../../shared/domain/description/cells.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';

/** Columns that tell which thing a row is; all but the first two are for the reader alone. */
export const CONTEXT = [
  'id',
  'version',
  'collection',
  'accession',
  'item',
  'path',
  'file-title',
  'file-creator',
  'file-date',
] as const;

/** Where the columns of a CSV stand. */
export interface Columns {
  readonly id: number;
  readonly version: number | undefined;
  readonly fields: readonly { readonly at: number; readonly field: FieldName; readonly heading: string }[];
  readonly unknown: readonly { readonly column: string; readonly nearest?: FieldName }[];
  readonly count: number;
}

/** Reads a header. @throws HoldfastError BAD_INPUT where it has no column `id`, no field, or one of them twice. */
export function columnsOf(header: readonly string[]): Columns {
  const context: readonly string[] = CONTEXT;
  const places = new Map<string, number>();
  const fields: { at: number; field: FieldName; heading: string }[] = [];
  const unknown: { column: string; nearest?: FieldName }[] = [];
  header.forEach((cell, at) => {
    const heading = fromCell(cell.replace(/^\ufeff/, '')).trim();
    if (heading === '') return;
    const name = heading.toLowerCase().replace(/[\s_]+/g, '-');
    const field = parseFieldName(heading);
    const known = field ?? (context.includes(name) ? name : undefined);
    if (known === undefined) {
      const nearest = nearestFieldName(name);
      unknown.push({ column: heading.slice(0, 200), ...(nearest !== undefined && { nearest }) });
      return;
    }
    if (places.has(known))
      throw new HoldfastError(
        'BAD_INPUT',
        `The column ${known} is there twice. Leave one of them. Nothing was done.`,
      );
    places.set(known, at);
    if (field !== undefined) fields.push({ at, field, heading });
  });
  const id = places.get('id');
  if (id === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      'The table has no column "id", which says what each row describes (col-2, acc-1, item-12, part-3). ' +
        'A table to start from is written by: holdfast describe --export FILE. Nothing was done.',
    );
  if (fields.length === 0)
    throw new HoldfastError(
      'BAD_INPUT',
      `No column of the table is a field${
        unknown.length > 0
          ? `: ${unknown
              .map(({ column }) => column)
              .slice(0, 10)
              .join(', ')}`
          : ''
      }. ` + 'Nothing was done.',
    );
  return { id, version: places.get('version'), fields, unknown, count: header.length };
}
