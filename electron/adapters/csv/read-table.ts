import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath } from '../../../shared/domain/path.ts';
import type { TableRow, Tables } from '../../core/ports/tables.ts';
import { openTable } from './open-table.ts';

/** More than anybody takes in at once; a table of more is most likely something else. */
const MOST_ROWS = 200_000;

/** Reads CSV files whole, for what must be judged before any of it is done. */
export const tables: Tables = {
  async read(path, encoding) {
    const { slices, ...table } = await openTable(path, encoding === undefined ? {} : { encoding });
    const rows: TableRow[] = [];
    for await (const slice of slices) {
      if (rows.length + slice.length > MOST_ROWS)
        throw new HoldfastError(
          'BAD_INPUT',
          `${displayPath(path)} has more than ${MOST_ROWS.toLocaleString('en')} rows. Split it into several files.`,
        );
      rows.push(...slice);
    }
    return { ...table, rows };
  },
};
