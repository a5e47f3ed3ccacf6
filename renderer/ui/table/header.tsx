import { ArrowDown, ArrowUp } from 'lucide-react';
import type { PointerEvent, ReactNode, RefObject } from 'react';
import { cx } from '../util/cx.ts';
import { boundedWidth, tracks, type Column, type Sort, type Widths } from './columns.ts';
import css from './data-table.module.css';

interface HeaderProps<Row> {
  readonly id: string;
  readonly table: RefObject<HTMLDivElement | null>;
  readonly columns: readonly Column<Row>[];
  readonly widths: Widths;
  readonly sort: Sort | undefined;
  /** The heading in focus. */
  readonly active: number | undefined;
  readonly onSort: ((column: string) => void) | undefined;
  readonly onResize: (column: string, width: number) => void;
}

export function TableHeader<Row>(props: HeaderProps<Row>): ReactNode {
  const { id, table, columns, widths, sort, active, onSort, onResize } = props;

  const resize = (event: PointerEvent<HTMLSpanElement>, column: Column<Row>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const start = { x: event.clientX, width: handle.parentElement?.offsetWidth ?? column.width };
    let width = start.width;
    // The table's own property, so that a moving pointer lays out and does not draw anew.
    const move = (each: globalThis.PointerEvent): void => {
      width = boundedWidth(column, start.width + each.clientX - start.x);
      applyTracks(table.current, tracks(columns, { ...widths, [column.id]: width }));
    };
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      onResize(column.id, width);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  };

  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" className={css.headRow} aria-rowindex={1}>
        {columns.map((column, at) => {
          const direction = sort?.column === column.id ? sort.direction : undefined;
          const canSort = column.isSortable === true && onSort !== undefined;
          const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
          return (
            <div
              key={column.id}
              id={`${id}-h${at}`}
              role="columnheader"
              className={cx(
                css.heading,
                column.align === 'end' && css.end,
                canSort && css.sortable,
                direction !== undefined && css.sorted,
                at === active && css.active,
              )}
              {...(canSort ? { 'aria-sort': direction ?? 'none' } : {})}
              onClick={() => {
                if (canSort) onSort(column.id);
              }}
            >
              <span className={css.headingText}>{column.header}</span>
              {direction !== undefined && <Arrow size={12} strokeWidth={2} aria-hidden />}
              <span
                className={css.handle}
                aria-hidden="true"
                onPointerDown={(event) => {
                  resize(event, column);
                }}
                onClick={(event) => {
                  event.stopPropagation();
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

export function applyTracks(table: HTMLElement | null, { template, least }: ReturnType<typeof tracks>): void {
  table?.style.setProperty('--tracks', template);
  table?.style.setProperty('--least', `${least}px`);
}
