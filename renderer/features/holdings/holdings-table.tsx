import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { HOLDINGS_SORTS } from '../../../shared/domain/holdings-list.ts';
import { callErrorOf, useDesktop } from '../../client/index.ts';
import {
  Button,
  copyText,
  DataTable,
  EmptyState,
  plainVisible,
  ProblemNotice,
  useEvent,
  useTexts,
  useToast,
  type Sort,
} from '../../ui/index.ts';
import { holdingColumns } from './columns.tsx';
import css from './holdings.module.css';
import { FILTER_KEYS, sortOf, without, type HoldingsSearch } from './holdings-search.ts';
import { rowMenu } from './row-menu.ts';
import { StructureDialog, type StructureAct } from './structure-dialogs.tsx';
import type { Chosen } from './use-chosen.ts';
import type { HoldingsList } from './use-holdings.ts';
import { useStructure } from './use-structure.tsx';
import type { ColumnsShown } from './views.ts';
import { quietly } from './quietly.ts';

interface HoldingsTableProps {
  readonly list: HoldingsList;
  readonly search: HoldingsSearch;
  readonly onSearch: (search: HoldingsSearch, isStep?: boolean) => void;
  readonly chosen: Chosen;
  readonly columns: ColumnsShown;
  readonly onColumns: (columns: ColumnsShown) => void;
  readonly onOpen: (id: string, isStep?: boolean) => void;
}

/** The list itself: rows come by pages as they are scrolled to, and every act on them is in their menu. */
export function HoldingsTable(props: HoldingsTableProps): ReactNode {
  const { list, search, onSearch, chosen, columns, onColumns, onOpen } = props;
  const { t } = useTexts('holdings');
  const { tell } = useToast();
  const desktop = useDesktop();
  const navigate = useNavigate();
  const structure = useStructure();
  const [act, setAct] = useState<{ readonly act: StructureAct; readonly rows: readonly Holding[] }>();
  const [all] = useState(holdingColumns);
  const openId = search.open;

  const menu = useEvent((row: Holding) => {
    const rows = chosen.keys.has(row.id) ? chosen.rows : [row];
    return rowMenu(t, row, rows, {
      open: (id) => onOpen(id),
      openPage: (id) => quietly(navigate({ to: '/holdings/$id', params: { id } })),
      copy: (text) => {
        if (copyText(text)) tell(t('copied', { text: plainVisible(text, 60) }));
      },
      ...(desktop.kind === 'electron' && { reveal: ({ path }: Holding) => quietly(desktop.reveal(path)) }),
      structure: (which) => setAct({ act: which, rows }),
      setRole: structure.setRole,
    });
  });
  // A table is drawn anew for other rows alone, and not because an address, a count or a list that is under way is another one.
  const { column, direction } = sortOf(search);
  const sort = useMemo(() => ({ column, direction }), [column, direction]);
  const sortBy = useEvent((to: Sort) => {
    const by = HOLDINGS_SORTS.find((each) => each === to.column);
    if (by !== undefined) onSearch({ ...search, sort: by, direction: to.direction });
  });
  const open = useEvent(({ id }: Holding) => {
    if (openId === id) quietly(navigate({ to: '/holdings/$id', params: { id } }));
    else onOpen(id);
  });
  const follow = useEvent(({ id }: Holding) => {
    if (id !== openId) onOpen(id, false);
  });
  const resize = useEvent((widths: ColumnsShown['widths']) => onColumns({ ...columns, widths }));
  if (list.error !== undefined && list.rowCount === 0)
    return <ProblemNotice error={callErrorOf(list.error)} onRetry={list.refresh} />;
  if (list.rowCount === 0 && !list.isLoading)
    return <Empty search={search} isNarrowed={list.isNarrowed} onSearch={onSearch} />;
  return (
    <div className={css.table} aria-busy={list.isPending} data-text={list.text}>
      <DataTable<Holding>
        label={t('title')}
        listKey={list.filterKey}
        columns={all}
        rowCount={list.rowCount}
        rowAt={list.rowAt}
        rowKey={keyOf}
        onRangeChange={list.onRangeChange}
        sort={sort}
        onSortChange={sortBy}
        selection={chosen.keys}
        onSelectionChange={chosen.choose}
        onOpen={open}
        // Beside an open pane the list is read row by row, and the pane follows.
        {...(openId !== undefined && { onFocusRow: follow })}
        contextMenu={menu}
        widths={columns.widths}
        onWidthsChange={resize}
        hidden={columns.hidden}
        isLoading={list.isLoading}
        {...(openId?.startsWith('part-') === true && { focusedKey: openId })}
      />
      {act !== undefined && (
        <StructureDialog
          act={act.act}
          rows={act.rows}
          structure={structure}
          onClose={() => setAct(undefined)}
        />
      )}
    </div>
  );
}

const keyOf = ({ id }: Holding): string => id;

interface EmptyProps {
  readonly search: HoldingsSearch;
  readonly isNarrowed: boolean;
  readonly onSearch: (search: HoldingsSearch) => void;
}

function Empty({ search, isNarrowed, onSearch }: EmptyProps): ReactNode {
  const { t } = useTexts('holdings');
  const navigate = useNavigate();
  if (isNarrowed)
    return (
      <EmptyState
        title={t('empty.found')}
        why={t('empty.foundWhy')}
        action={
          <Button onPress={() => onSearch(without(search, ...FILTER_KEYS))}>{t('empty.showAll')}</Button>
        }
      />
    );
  return (
    <EmptyState
      title={t('empty.all')}
      why={t('empty.allWhy')}
      action={
        <Button variant="primary" onPress={() => quietly(navigate({ to: '/accessions/new' }))}>
          {t('empty.begin')}
        </Button>
      }
    />
  );
}
