import type { DescriptionTarget } from '../../../shared/contract/description.ts';
import { printValue, toCell } from '../../../shared/domain/description/cells.ts';
import { FIELD_NAMES, type DescribedEntity } from '../../../shared/domain/description/fields.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { DescribedRow, DescriptionFiles } from '../ports/describing.ts';
import { CONTEXT } from './columns.ts';
import { scopeOf, slicesOf } from './targets.ts';
import { kept, standingOf } from './values.ts';

/**
 * Writes a table of what is described, or could be: one row for each thing, what was written of it in the fields, what its
 * files say beside them. Returns the number of rows.
 */
export async function exportCsv(
  reader: CatalogueReader,
  files: DescriptionFiles,
  input: {
    readonly path: RawPath;
    readonly target: DescriptionTarget | undefined;
    readonly of: readonly DescribedEntity[];
    readonly separator: string;
  },
): Promise<number> {
  const scope = await scopeOf(reader, input.target, input.of);
  let count = 0;
  await files.write(input.path, input.separator, rows());
  return count;

  async function* rows(): AsyncGenerator<string[][]> {
    yield [[...CONTEXT, ...FIELD_NAMES]];
    for await (const slice of slicesOf(reader, scope)) {
      const described = await reader.describedRows(slice);
      count += described.length;
      yield described.map(rowOf);
    }
  }
}

function rowOf(row: DescribedRow): string[] {
  const version = row.values.reduce((most, value) => Math.max(most, value.version), 0);
  const context = [
    publicId(row.entity, row.id),
    String(version),
    row.collection,
    row.accession,
    row.item,
    row.path,
    row.file.title,
    row.file.creator,
    row.file.date,
  ];
  const values = FIELD_NAMES.map((field) => printValue(kept(standingOf(row, field).value)));
  return [...context, ...values].map(toCell);
}
