/** Parts of items as a table. */
import type { Holding } from '../../../shared/contract/holdings.ts';
import { length, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { outcomeText } from './words.ts';

export function holdingLines(rows: readonly Holding[], width: number | undefined): string[] {
  return table(
    rows,
    [
      { title: 'Id', of: (row) => row.id },
      { title: 'Title', of: (row) => row.title, shrinkTo: 16 },
      { title: 'Artist', of: (row) => row.artist, shrinkTo: 10 },
      { title: 'Album', of: (row) => row.album, shrinkTo: 10 },
      { title: 'Length', align: 'right', of: (row) => length(row.durationMs) },
      { title: 'Size', align: 'right', of: (row) => size(row.size) },
      { title: 'Format', of: (row) => row.format, shrinkTo: 8 },
      { title: 'Last check', of: (row) => outcomeText(row.outcome) },
      { title: 'Path', of: (row) => row.path.display, shrinkTo: 20 },
    ],
    width,
  );
}
