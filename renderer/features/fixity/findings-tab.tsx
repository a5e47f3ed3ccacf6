import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useCall, useLeaveSearch } from '../../client/index.ts';
import {
  EmptyState,
  formatCount,
  MenuButton,
  ProblemNotice,
  SplitPane,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { counted } from './counted.ts';
import { DECIDED_HERE } from './decisions.ts';
import { FindingDetail } from './finding-detail.tsx';
import { FindingFilters } from './finding-filters.tsx';
import { FindingsTable } from './findings-table.tsx';
import styles from './fixity.module.css';
import { filterOf, selectionOf, type FixitySearch } from './fixity-search.ts';
import { quietly } from './quietly.ts';
import { useDecision } from './use-decision.tsx';
import { useFindings } from './use-findings.ts';
import { useSteps } from './use-steps.ts';

interface Props {
  readonly search: FixitySearch;
  /** The finding beside the list; as the address has it, so it may be none. */
  readonly openId: string | undefined;
  readonly isReadOnly: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** What waits for a decision: a list to go through, and the facts of the one in focus beside it. */
export function FindingsTab({ search, openId, isReadOnly }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const navigate = useNavigate();
  // One finding, opened from elsewhere, narrows nothing and must not undo what did.
  useLeaveSearch('fixity', openId === undefined ? search : undefined);
  const list = useFindings(search);
  const countRows = useCall('fixity', 'findingCounts', undefined, { keepPrevious: true }).data?.rows;
  const counts = useMemo(() => counted(countRows ?? [], search), [countRows, search]);
  const locations = useCall('locations', 'list', undefined, { keepPrevious: true }).data?.rows;
  const names = useMemo(() => new Map((locations ?? []).map(({ id, name }) => [id, name])), [locations]);
  const [chosen, setChosen] = useState(NONE);
  const { decide, dialog, outcome } = useDecision(() => {
    setChosen(NONE);
  });
  const listKey = JSON.stringify(filterOf(search) ?? {});
  // What was resolved meanwhile is in the list no more, and must not be decided on with the others.
  const chosenIds = useMemo(
    () => list.rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id),
    [list.rows, chosen],
  );
  const setSearch = (next: FixitySearch): void => {
    setChosen(NONE);
    quietly(navigate({ to: '/fixity', search: { ...next }, replace: true }));
  };
  const open = (id: string): void => {
    if (id === openId) return;
    // Going through the list is one step of the history, not a hundred.
    const isStep = openId === undefined;
    quietly(navigate({ to: '/fixity/$id', params: { id }, search: { ...search }, replace: !isStep }));
  };
  const close = (): void => quietly(navigate({ to: '/fixity', search: { ...search } }));
  useSteps({ rows: list.rows, openId, open, close });
  const acts = DECIDED_HERE.map((way) => ({
    id: way,
    label: t(`way.${way}.menu`),
    isDisabled: isReadOnly,
    onAction: () => {
      decide(
        chosenIds.length > 0
          ? { way, selection: { findings: chosenIds }, count: chosenIds.length }
          : { way, selection: selectionOf(search), count: counts.shown },
      );
    },
  }));
  const isEmpty = list.rows.length === 0 && !list.isLoading;
  const main = (
    <>
      <div className={styles.bar}>
        <FindingFilters search={search} counts={counts} onSearch={setSearch} />
        {counts.shown > 0 && (
          <MenuButton
            label={
              chosenIds.length > 0
                ? t('bulk.chosen', { count: chosenIds.length, shown: formatCount(chosenIds.length) })
                : t('bulk.all', { count: counts.shown, shown: formatCount(counts.shown) })
            }
            items={acts}
          />
        )}
      </div>
      {openId === undefined && outcome}
      {list.error !== undefined && <ProblemNotice error={list.error} onRetry={list.retry} />}
      <FindingsTable
        list={list}
        listKey={listKey}
        names={names}
        openId={openId}
        selection={chosen}
        onSelection={setChosen}
        onOpen={open}
        emptyText={isEmpty ? <Nothing isFiltered={filterOf(search) !== undefined} /> : undefined}
      />
    </>
  );
  return (
    <>
      <SplitPane
        main={main}
        detailLabel={t('detail.label')}
        defaultWidth={600}
        onCloseDetail={close}
        detail={
          openId === undefined ? undefined : (
            <FindingDetail
              key={openId}
              id={openId}
              isReadOnly={isReadOnly}
              onDecide={decide}
              outcome={outcome}
            />
          )
        }
      />
      {dialog}
    </>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactNode {
  const { t } = useTexts('fixity');
  if (isFiltered)
    return (
      <EmptyState
        title={t('none.filtered')}
        why={t('none.filteredWhy')}
        action={<Link to="/fixity">{t('none.showAll')}</Link>}
      />
    );
  return (
    <EmptyState
      title={t('none.title')}
      why={
        <>
          {t('none.why')} <Term id="finding">{t('none.term')}</Term>
        </>
      }
      action={<Link to="/fixity/runs">{t('none.toRuns')}</Link>}
    />
  );
}
