import type { Table } from '../ports/tables.ts';

/** The columns of a batch, as they are told to people. */
export const BATCH_COLUMNS = [
  'paths',
  'pathBase64',
  'title',
  'rightsBasis',
  'rightsNote',
  'source',
  'acquired',
  'agreement',
  'collection',
  'template',
  'to',
] as const;
export type BatchColumn = (typeof BATCH_COLUMNS)[number];

export interface HeaderProblem {
  readonly column: string;
  readonly message: string;
}

/** Where each column stands in a row. */
export type ColumnPlaces = Readonly<Partial<Record<BatchColumn, number>>>;

/** How people may write the names: `Rights basis`, `rights_basis`, `RIGHTS-BASIS`; and the singular of paths. */
function keyOf(name: string): string {
  const key = name.toLowerCase().replace(/[\s_-]/g, '');
  return key === 'path' ? 'paths' : key;
}

/**
 * Finds the columns by their names. A name that is not known is a fault rather than passed over: a rights basis that was
 * misspelt must not become a gap.
 */
export function placesOf(header: Table['header']): { places: ColumnPlaces; problems: HeaderProblem[] } {
  const places: Partial<Record<BatchColumn, number>> = {};
  const problems: HeaderProblem[] = [];
  for (const [at, name] of header.entries()) {
    if (name.trim() === '') continue;
    const column = BATCH_COLUMNS.find((each) => keyOf(each) === keyOf(name));
    if (column === undefined)
      problems.push({
        column: name,
        message: `No column is called so. The columns are: ${BATCH_COLUMNS.join(', ')}. Rename or remove it.`,
      });
    else if (places[column] !== undefined)
      problems.push({ column: name, message: 'This column stands there twice. Remove one of the two.' });
    else places[column] = at;
  }
  if (places.title === undefined)
    problems.push({ column: 'title', message: 'This column is missing: every accession needs a title.' });
  if (places.paths === undefined && places.pathBase64 === undefined)
    problems.push({
      column: 'paths',
      message: 'This column is missing: name the folders of each accession in it, or in pathBase64.',
    });
  if (places.rightsBasis === undefined && places.template === undefined)
    problems.push({
      column: 'rightsBasis',
      message: 'This column is missing: every accession says on which basis it is held (or by a template).',
    });
  return { places, problems };
}
