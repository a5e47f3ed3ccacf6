import type { ReactNode } from 'react';
import type { MenuItem } from '../overlay/menu.tsx';
import type { Column, Sort, Widths } from './columns.ts';

export interface DataTableProps<Row> {
  readonly label: string;
  /** Another one is another list, which begins at its top with no row in focus; the table itself stays. */
  readonly listKey?: string | undefined;
  /** Keep the list between renders where you can: rows are drawn anew when it is another one. */
  readonly columns: readonly Column<Row>[];
  readonly rowCount: number;
  /**
   * Undefined for a row that is not loaded: it is drawn as a bar, and `onRangeChange` has said that it is wanted. Another function
   * wherever it would answer otherwise; while it is the same one, nothing is drawn anew.
   */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowKey: (row: Row) => string;
  /** Rows in sight and a few around them, both ends included. Not called more often than every 60 ms. */
  readonly onRangeChange?: ((first: number, last: number) => void) | undefined;
  readonly sort?: Sort | undefined;
  readonly onSortChange?: ((sort: Sort) => void) | undefined;
  readonly selection?: ReadonlySet<string> | undefined;
  /** Without it rows cannot be chosen. */
  readonly onSelectionChange?: ((selection: ReadonlySet<string>) => void) | undefined;
  /** Enter and double click; where there is no `onFocusRow`, a plain click too. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly focusedKey?: string | undefined;
  readonly onFocusRow?: ((row: Row) => void) | undefined;
  /** Without it a row can be opened, where `onOpen` says how, and copied as text. */
  readonly contextMenu?: ((row: Row) => readonly MenuItem[]) | undefined;
  readonly widths?: Widths | undefined;
  readonly onWidthsChange?: ((widths: Record<string, number>) => void) | undefined;
  /** Ids of columns that are not shown. */
  readonly hidden?: readonly string[] | undefined;
  readonly emptyText?: ReactNode;
  readonly isLoading?: boolean | undefined;
}
