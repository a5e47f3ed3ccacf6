import type { RegroupInput, RegroupResult } from '../../../shared/contract/items.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { pathFromJson, type PathJson } from '../../../shared/domain/path.ts';
import type { Regrouping, RegroupRow } from '../ports/arranging.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { Table, Tables } from '../ports/tables.ts';

/** Far above the files of one accession that can be regrouped at once. */
const MOST_ROWS = 500_000;
const COLUMNS = ['path', 'pathBytes', 'item', 'role', 'position', 'title'] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Regroups the items of an accession, or with `dryRun` tells what that would make. Rows of a table that cannot be applied are
 * all told, and nothing is changed while there is one that is not to be passed over.
 * @throws HoldfastError NOT_FOUND; BAD_INPUT for a rule or a table that is none
 */
export async function regroup(
  {
    reader,
    tables,
    writing,
  }: {
    readonly reader: CatalogueReader;
    readonly tables: Tables;
    readonly writing: () => Catalogue;
  },
  { accession, dryRun, csv, encoding, by, rules, arranged, skipBad }: RegroupInput,
  agent: ActingAgent,
): Promise<RegroupResult> {
  if (csv !== undefined && (by !== undefined || rules.length > 0))
    throw new HoldfastError(
      'BAD_INPUT',
      'A table says where every file belongs: give it, or a rule, not both.',
    );
  const id = await reader.accessionId(accession);
  const rows = csv && rowsOf(await tables.read(pathFromJson(csv), encoding));
  const how: Regrouping = { by, rules, arranged, skipBad, ...(rows && { rows }) };
  return dryRun ? reader.previewRegrouping(id, how) : writing().writer.regroup(id, how, agent);
}

function rowsOf({ header, rows }: Table): RegroupRow[] {
  const at = new Map<Column, number>();
  for (const [index, name] of header.entries()) {
    const column = COLUMNS.find((known) => known.toLowerCase() === name.trim().toLowerCase());
    if (column !== undefined && !at.has(column)) at.set(column, index);
  }
  if (!at.has('item') || (!at.has('path') && !at.has('pathBytes')))
    throw new HoldfastError(
      'BAD_INPUT',
      `The table needs the columns path and item; it has ${header.map((name) => `"${name}"`).join(', ')}. ` +
        'Further columns are role, position, title and pathBytes.',
    );
  if (rows.length > MOST_ROWS)
    throw new HoldfastError('BAD_INPUT', `The table has more than ${MOST_ROWS} rows. Split it into several.`);
  return rows.map(({ row, cells }) => {
    const cell = (column: Column): string => cells[at.get(column) ?? -1] ?? '';
    const bytes = cell('pathBytes').trim();
    const path: PathJson = { display: cell('path'), ...(bytes !== '' && { bytes }) };
    return {
      row,
      path,
      item: cell('item'),
      role: cell('role'),
      position: cell('position'),
      title: cell('title'),
    };
  });
}
