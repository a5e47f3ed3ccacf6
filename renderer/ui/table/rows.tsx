import { memo, type ReactNode } from 'react';
import { cx } from '../util/cx.ts';
import type { Column } from './columns.ts';
import css from './data-table.module.css';
import { ROW } from './sizes.ts';

interface RowProps<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  /** Pixels within the layer. */
  readonly top: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  /** Undefined where rows cannot be chosen. */
  readonly isChosen: boolean | undefined;
  readonly loading: string;
}

function TableRowOf<Row>({
  id,
  row,
  index,
  top,
  columns,
  isActive,
  isChosen,
  loading,
}: RowProps<Row>): ReactNode {
  return (
    <div
      id={id}
      role="row"
      data-index={index}
      className={cx(css.row, isActive && css.active, isChosen === true && css.chosen)}
      style={{ top, height: ROW }}
      aria-rowindex={index + 2}
      {...(isChosen === undefined ? {} : { 'aria-selected': isChosen })}
    >
      {row === undefined ? (
        <div role="gridcell" className={css.cell} aria-label={loading}>
          <span className={css.placeholder} style={{ width: `${40 + ((index * 37) % 45)}%` }} />
        </div>
      ) : (
        columns.map((column) => (
          <div
            key={column.id}
            role="gridcell"
            className={cx(
              css.cell,
              column.align === 'end' && css.end,
              column.isMonospace === true && css.mono,
            )}
          >
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  );
}

/** Drawn anew only when something of this row has changed; scrolling changes nothing of it. */
export const TableRow = memo(TableRowOf) as typeof TableRowOf;
