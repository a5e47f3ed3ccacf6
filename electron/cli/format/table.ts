/** Aligned tables; the columns that may shrink are shortened in the middle to fit the terminal. */
import { shortenMiddle } from '../../../shared/domain/path.ts';
import { clean, padEnd, padStart, widthOf } from './text.ts';

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** May be shortened where the terminal is narrow, never below this many columns. */
  readonly shrinkTo?: number;
  /** Already made safe and perhaps coloured; otherwise every cell is cleaned here. */
  readonly styled?: boolean;
}

const GAP = '  ';

/** The lines of a table, its titles first. `width` is the terminal's; without it nothing is shortened. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width?: number,
  indent = '',
): string[] {
  const cells = rows.map((row) =>
    columns.map((column) => (column.styled === true ? column.of(row) : clean(column.of(row)))),
  );
  const used = columns.filter((_, at) => cells.some((line) => line[at] !== ''));
  const kept = cells.map((line) => line.filter((_, at) => used.includes(columns[at] as Column<Row>)));
  const widths = used.map((column, at) =>
    kept.reduce((most, line) => Math.max(most, widthOf(line[at] ?? '')), widthOf(column.title)),
  );
  if (width !== undefined) shrink(widths, used, width - indent.length);
  const draw = (line: readonly string[]): string =>
    (
      indent +
      used
        .map((column, at) => {
          const room = widths[at] ?? 0;
          const text = line[at] ?? '';
          const fitted = widthOf(text) > room ? shortenMiddle(text, room) : text;
          return column.align === 'right' ? padStart(fitted, room) : padEnd(fitted, room);
        })
        .join(GAP)
    ).trimEnd();
  return [draw(used.map((column) => column.title)), ...kept.map(draw)];
}

function shrink<Row>(widths: number[], columns: readonly Column<Row>[], room: number): void {
  let over = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - room;
  while (over > 0) {
    // The widest gives first, so that two long columns end up alike.
    let widest = -1;
    for (const [at, column] of columns.entries()) {
      const width = widths[at] ?? 0;
      const least = column.shrinkTo ?? Infinity;
      if (width > least && (widest < 0 || width > (widths[widest] ?? 0))) widest = at;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
}

/** Facts, a line each: the names in one column. */
export function facts(pairs: readonly (readonly [string, string])[], indent = ''): string[] {
  const shown = pairs.filter(([, value]) => value !== '');
  const widest = shown.reduce((most, [name]) => Math.max(most, widthOf(name)), 0);
  return shown.map(([name, value]) => `${indent}${padEnd(name, widest)}${GAP}${value}`);
}
