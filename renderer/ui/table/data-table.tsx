import { memo, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n.ts';
import { MenuAt } from '../overlay/menu.tsx';
import { DenseContext } from '../text/dense.ts';
import { VisuallyHidden } from '../text/small.tsx';
import { useToast } from '../toast/toast.tsx';
import { nextSort, tracks, type Widths } from './columns.ts';
import css from './data-table.module.css';
import { FullText } from './full-text.tsx';
import { applyTracks, TableHeader } from './header.tsx';
import { TableRow } from './rows.tsx';
import { HEAD, ROW } from './sizes.ts';
import type { DataTableProps } from './props.ts';
import { useChoice } from './use-choice.ts';
import { useRangeNews } from './use-range-news.ts';
import { useRowScroll } from './use-row-scroll.ts';
import { useTableKeys } from './use-table-keys.ts';

const LOADING_ROWS = 8;
const LEAST_ROWS = 10;
const NO_WIDTHS: Widths = {};

function DataTableOf<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, rowAt, rowKey, sort, onSortChange, onSelectionChange, isLoading = false, emptyText } = props;
  const { t } = useTexts('ui');
  const { tell } = useToast();
  const id = useId();
  const table = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [message, setMessage] = useState('');

  const hiddenIds = props.hidden?.join('\n') ?? '';
  const columns = useMemo(() => {
    const hidden = hiddenIds.split('\n');
    return props.columns.filter((column) => !hidden.includes(column.id));
  }, [props.columns, hiddenIds]);

  const [ownWidths, setOwnWidths] = useState<Widths>(NO_WIDTHS);
  const widths = props.widths ?? ownWidths;
  const laid = tracks(columns, widths);
  useLayoutEffect(() => {
    applyTracks(table.current, { template: laid.template, least: laid.least });
  }, [laid.template, laid.least]);
  const resize = (column: string, width: number): void => {
    const next = { ...widths, [column]: width };
    setOwnWidths(next);
    props.onWidthsChange?.(next);
  };

  const shownCount = isLoading && props.rowCount === 0 ? LOADING_ROWS : props.rowCount;
  const scroll = useRowScroll(table, layer, shownCount);
  const { range, origin, toStart } = scroll;
  useRangeNews(range.first, Math.min(range.end, props.rowCount) - 1, props.onRangeChange);

  const order = `${props.listKey ?? ''} ${sort?.column ?? ''} ${sort?.direction ?? ''}`;
  const orderBefore = useRef(order);
  useLayoutEffect(() => {
    if (orderBefore.current === order) return;
    orderBefore.current = order;
    toStart();
  }, [order, toStart]);

  const choice = useChoice(props, scroll.reveal, (chosen) => {
    setMessage(chosen === 0 ? '' : t('table.selected', { count: chosen, rows: chosen }));
  });
  const sortBy =
    onSortChange === undefined
      ? undefined
      : (column: string): void => {
          onSortChange(nextSort(sort, column));
        };
  const keys = useTableKeys({
    props,
    choice,
    scroll,
    table,
    columns,
    widths,
    onSort: sortBy,
    onResize: resize,
    onCopied: (count) => {
      tell(t('table.copied', { count, rows: count }));
    },
  });

  const loading = t('table.loading');
  const rows: ReactNode[] = [];
  for (let index = range.first; index < range.end; index++) {
    const row = index < props.rowCount ? rowAt(index) : undefined;
    const isChosen =
      onSelectionChange === undefined ? undefined : row !== undefined && choice.chosen.has(rowKey(row));
    rows.push(
      <TableRow
        key={index}
        id={`${id}-r${index}`}
        row={row}
        index={index}
        top={(index - origin) * ROW}
        columns={columns}
        isActive={index === choice.active}
        isChosen={isChosen}
        loading={loading}
      />,
    );
  }

  const active = keys.head === undefined ? choice.active : -1;
  const described =
    keys.head !== undefined
      ? `${id}-h${keys.head}`
      : active >= range.first && active < range.end
        ? `${id}-r${active}`
        : undefined;
  const leastRows = Math.min(LEAST_ROWS, Math.max(shownCount, 2));
  return (
    <DenseContext value={true}>
      <div className={css.frame} style={{ minHeight: HEAD + leastRows * ROW + 2 }}>
        <div
          ref={table}
          role="grid"
          className={css.table}
          tabIndex={0}
          aria-label={label}
          aria-describedby={`${id}-keys`}
          aria-rowcount={props.rowCount + 1}
          aria-colcount={columns.length}
          aria-busy={isLoading}
          {...(onSelectionChange === undefined ? {} : { 'aria-multiselectable': true })}
          {...(described === undefined ? {} : { 'aria-activedescendant': described })}
          {...keys.handlers}
        >
          <TableHeader
            id={id}
            table={table}
            columns={columns}
            widths={widths}
            sort={sort}
            active={keys.head}
            onSort={sortBy}
            onResize={resize}
          />
          <div role="presentation" className={css.space} style={{ height: scroll.height }}>
            <div
              role="presentation"
              className={css.window}
              style={{ height: Math.min(scroll.height, scroll.viewport) }}
            >
              <div ref={layer} role={rows.length === 0 ? 'presentation' : 'rowgroup'} className={css.layer}>
                {rows}
              </div>
            </div>
          </div>
        </div>
        {shownCount === 0 && emptyText !== undefined && (
          <div className={css.empty} style={{ top: HEAD }}>
            {emptyText}
          </div>
        )}
        <FullText table={table} row={keys.head === undefined ? described : undefined} />
        <VisuallyHidden>
          <span id={`${id}-keys`}>{t('table.keys')}</span>
          <span role="status">{message}</span>
        </VisuallyHidden>
        {keys.menu !== undefined && (
          <MenuAt {...keys.menu} label={t('table.actions')} onClose={keys.closeMenu} />
        )}
      </div>
    </DenseContext>
  );
}

/**
 * A table of any number of rows, of which only those in sight are drawn. The table itself has the focus and names its row in focus
 * (aria-activedescendant), so that a row that scrolls away takes no focus with it. Drawn anew only where a property is another one.
 */
export const DataTable = memo(DataTableOf) as typeof DataTableOf;
