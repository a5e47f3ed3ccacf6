import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  /** Pixels. */
  readonly width: number;
  readonly minWidth?: number | undefined;
  readonly align?: 'start' | 'end' | undefined;
  readonly isSortable?: boolean | undefined;
  readonly isMonospace?: boolean | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** What is copied as text; a column without it is left out of the copy. */
  readonly text?: ((row: Row) => string) | undefined;
}

export interface Sort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

type Sized = Pick<Column<never>, 'id' | 'width' | 'minWidth' | 'align'>;

const LEAST = 56;
const MOST = 1_600;

export type Widths = Readonly<Record<string, number>>;

/** A width that a column may have. */
export function boundedWidth(column: Sized, width: number): number {
  return Math.round(Math.min(MOST, Math.max(column.minWidth ?? LEAST, width)));
}

/**
 * The grid's tracks, and the pixels that they need at least. The widest column of text takes what is left over, until a person
 * gives it a width of its own: then the room stays at the end.
 */
export function tracks(
  columns: readonly Sized[],
  widths: Widths,
): { readonly template: string; readonly least: number } {
  let growing: Sized | undefined;
  for (const column of columns)
    if (column.align !== 'end' && widths[column.id] === undefined && column.width > (growing?.width ?? 0))
      growing = column;
  let least = 0;
  const template = columns.map((column) => {
    const width = boundedWidth(column, widths[column.id] ?? column.width);
    least += width;
    return column === growing ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  if (growing === undefined) template.push('minmax(0, 1fr)');
  return { template: template.join(' '), least };
}

/** What the next press on a heading sorts by. */
export function nextSort(sort: Sort | undefined, column: string): Sort {
  const isSame = sort?.column === column;
  return { column, direction: isSame && sort.direction === 'ascending' ? 'descending' : 'ascending' };
}

/** Rows as text with tabs between cells, headings first; what would break a line or a cell becomes a space. */
export function asText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const told = columns.filter((column) => column.text !== undefined);
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t');
  const body = rows.map((row) => line(told.map((column) => column.text?.(row) ?? '')));
  return rows.length === 1
    ? (body[0] ?? '')
    : [line(told.map((column) => column.header)), ...body].join('\n');
}
