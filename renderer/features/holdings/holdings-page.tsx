import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useCall, useLeaveSearch, usePreference } from '../../client/index.ts';
import { formatCount, MarkedText, Page, SplitPane, useHotkeys, useTexts } from '../../ui/index.ts';
import { CollectionTree } from './collection-tree.tsx';
import { DescribeDialog } from './describe-dialog.tsx';
import { HoldingDetail } from './detail/holding-detail.tsx';
import { HoldingPage } from './detail/holding-page.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FilterChips } from './filter-bar.tsx';
import { holdingsSearch, without, type HoldingsSearch } from './holdings-search.ts';
import { HoldingsTable } from './holdings-table.tsx';
import css from './holdings.module.css';
import { ListBar, type Act } from './list-bar.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';
import { useChosen } from './use-chosen.ts';
import { useHoldings, type HoldingsList } from './use-holdings.ts';
import { useRowsOut } from './use-rows-out.ts';
import { COLUMNS_KEY, readColumns, readViews, VIEWS_KEY } from './views.ts';
import { quietly } from './quietly.ts';

const TREE_KEY = 'tree.holdings';

export interface HoldingsPageProps {
  /** Shows one thing as a page of its own. */
  readonly id?: string;
}

export function HoldingsPage({ id }: HoldingsPageProps): ReactNode {
  return id === undefined ? <HoldingsListPage /> : <HoldingPage id={id} />;
}

function HoldingsListPage(): ReactNode {
  const { t } = useTexts('holdings');
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => holdingsSearch(raw), [raw]);
  useLeaveSearch('holdings', without(search, 'open'));
  const navigate = useNavigate();
  const list = useHoldings(search);
  const { askAhead } = list;
  const setSearch = useCallback(
    (next: HoldingsSearch, isStep = true) => {
      askAhead(next);
      quietly(navigate({ to: '/holdings', search: next, replace: !isStep }));
    },
    [askAhead, navigate],
  );
  const chosen = useChosen(list);
  const rowsOut = useRowsOut(list.rowAt, chosen.rows);
  const [keptColumns, setColumns] = usePreference<unknown>(COLUMNS_KEY, null);
  const [keptViews, setViews] = usePreference<unknown>(VIEWS_KEY, null);
  const [keptTree, setTreeShown] = usePreference<unknown>(TREE_KEY, null);
  const columns = useMemo(() => readColumns(keptColumns), [keptColumns]);
  const views = useMemo(() => readViews(keptViews), [keptViews]);
  const isTreeShown = typeof keptTree === 'boolean' ? keptTree : window.innerWidth >= 1280;
  const [act, setAct] = useState<Act>();
  const scope = { search, counted: list.counted, chosen: chosen.rows };
  const open = useCallback(
    (what: string, isStep = true) => setSearch({ ...search, open: what }, isStep),
    [search, setSearch],
  );
  const close = (): void => setSearch(without(search, 'open'));
  useHotkeys({ ...(search.open !== undefined && { escape: close }) });
  return (
    <Page
      title={t('title')}
      verdict={
        <span role="status">
          <CountText list={list} />
        </span>
      }
    >
      <ListBar
        search={search}
        onSearch={setSearch}
        columns={columns}
        onColumns={setColumns}
        views={views}
        onViews={setViews}
        isTreeShown={isTreeShown}
        onTreeShown={setTreeShown}
        chosenCount={chosen.rows.length}
        onAct={setAct}
      />
      <FilterChips search={search} onSearch={setSearch} />
      <div className={css.body}>
        {isTreeShown && (
          <nav className={css.tree} aria-label={t('tree.label')}>
            <CollectionTree search={search} onSearch={setSearch} />
          </nav>
        )}
        <div className={css.panes} {...rowsOut}>
          <SplitPane
            detailLabel={t('detail.label')}
            onCloseDetail={close}
            defaultWidth={440}
            main={
              <HoldingsTable
                list={list}
                search={search}
                onSearch={setSearch}
                chosen={chosen}
                columns={columns}
                onColumns={setColumns}
                onOpen={open}
              />
            }
            {...(search.open !== undefined && {
              detail: <HoldingDetail id={search.open} onOpen={open} />,
            })}
          />
        </div>
      </div>
      {act === 'describe' && <DescribeDialog scope={scope} onClose={() => setAct(undefined)} />}
      {act === 'replace' && <ReplaceDialog scope={scope} onClose={() => setAct(undefined)} />}
      {act === 'export' && <ExportDialog scope={scope} onClose={() => setAct(undefined)} />}
    </Page>
  );
}

/** How many rows there are, and honestly where there are more than can be reached. */
function CountText({ list }: { readonly list: HoldingsList }): ReactNode {
  const { t } = useTexts('holdings');
  const items = useCall('archive', 'status').data?.items;
  if (list.counted === undefined) return t(list.isLoading ? 'count.reading' : 'count.counting');
  const { count, capped } = list.counted;
  if (capped) return t('count.capped', { n: formatCount(list.rowCount) });
  if (count === 0 && !list.isNarrowed) return t('count.nothing');
  const words = { count, n: formatCount(count) };
  if (list.isNarrowed || items === undefined) return t(list.isNarrowed ? 'count.found' : 'count.all', words);
  const inItems = t('count.items', { count: items, n: formatCount(items) });
  return <MarkedText text={t('count.inItems', { ...words, items: inItems })} />;
}
