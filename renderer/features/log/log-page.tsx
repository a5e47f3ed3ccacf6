import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileOutput, ShieldCheck } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { EventSummary } from '../../../shared/contract/holdings.ts';
import { useAct, useCall, useDesktop, useLeaveSearch, usePreference } from '../../client/index.ts';
import {
  Button,
  DataTable,
  EmptyState,
  formatCount,
  MarkedText,
  Notice,
  Page,
  PathText,
  ProblemNotice,
  SafeText,
  Spinner,
  Time,
  useTexts,
  type Column,
} from '../../ui/index.ts';
import { LogFilters } from './log-filters.tsx';
import styles from './log.module.css';
import { filterOf, logSearch, type LogSearch } from './log-search.ts';
import { OutcomeMark } from './outcome-mark.tsx';
import { useEventList } from './use-event-list.ts';
import { HeadSection, VerificationNotice } from './verify-log.tsx';

export function LogPage() {
  const { t } = useTexts('log');
  const navigate = useNavigate();
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = logSearch(raw);
  useLeaveSearch('log', search);
  const filter = filterOf(search);
  const list = useEventList(filter);
  const status = useCall('archive', 'status').data;
  const verify = useAct('events', 'verify');
  const exported = useExport(search);
  const newest = filter === undefined ? list.rows[0] : undefined;
  const setSearch = (next: LogSearch): void => {
    navigate({ to: '/log', search: { ...next }, replace: true }).catch(() => undefined);
  };
  return (
    <Page
      title={t('title')}
      verdict={
        status === undefined ? null : (
          <>
            <MarkedText
              text={t('verdict.events', { count: status.log.events, shown: formatCount(status.log.events) })}
            />
            {newest !== undefined && (
              <>
                {' '}
                {t('verdict.newest')} <Time at={newest.at} />.
              </>
            )}
          </>
        )
      }
      actions={
        <>
          <Button
            icon={ShieldCheck}
            isDisabled={verify.isPending}
            onPress={() => {
              verify.mutate(undefined);
            }}
          >
            {t('verify.act')}
          </Button>
          {exported.button}
        </>
      }
    >
      <div className={styles.top}>
        <div aria-live="polite">
          {verify.isPending && <Spinner label={t('verify.running')} />}
          {verify.data !== undefined && !verify.isPending && <VerificationNotice result={verify.data} />}
          {verify.error !== null && <ProblemNotice error={verify.error} />}
          {exported.outcome}
        </div>
        <LogFilters search={search} onChange={setSearch} />
      </div>
      {list.error !== undefined && <ProblemNotice error={list.error} onRetry={list.retry} />}
      <div className={list.rows.length === 0 && !list.isLoading ? styles.noRows : styles.table}>
        <EventTable list={list} isFiltered={filter !== undefined} />
      </div>
      <HeadSection />
    </Page>
  );
}

function EventTable({
  list,
  isFiltered,
}: {
  readonly list: ReturnType<typeof useEventList>;
  readonly isFiltered: boolean;
}) {
  const { t } = useTexts('log');
  const navigate = useNavigate();
  const [widths, setWidths] = usePreference<Record<string, number>>('columns.log', {});
  const columns = useMemo(
    (): Column<EventSummary>[] => [
      {
        id: 'at',
        header: t('column.at'),
        width: 130,
        cell: (row) => <Time at={row.at} />,
        text: (row) => row.at,
      },
      {
        id: 'outcome',
        header: t('column.outcome'),
        width: 100,
        cell: (row) => <OutcomeMark outcome={row.outcome} />,
        text: (row) => row.outcome,
      },
      { id: 'type', header: t('column.type'), width: 180, cell: (row) => row.type, text: (row) => row.type },
      {
        id: 'note',
        header: t('column.note'),
        width: 600,
        cell: (row) => <SafeText value={row.note} />,
        text: (row) => row.note,
      },
      {
        id: 'agent',
        header: t('column.agent'),
        width: 140,
        cell: (row) => <SafeText value={row.agent} />,
        text: (row) => row.agent,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('table')}
      columns={columns}
      rowCount={list.rows.length + (list.hasMore ? 1 : 0)}
      rowAt={(index) => list.rows[index]}
      rowKey={(row) => row.id}
      onRangeChange={(_, last) => {
        list.reach(last);
      }}
      onOpen={(row) => {
        navigate({ to: '/log/$id', params: { id: row.id } }).catch(() => undefined);
      }}
      widths={widths}
      onWidthsChange={setWidths}
      isLoading={list.isLoading}
      emptyText={
        isFiltered ? (
          <EmptyState title={t('none.filtered')} why={t('none.filteredWhy')} />
        ) : (
          <EmptyState title={t('none.title')} why={t('none.why')} />
        )
      }
    />
  );
}

/** Writes what the filter shows, and says where it stands then. */
function useExport(search: LogSearch): { readonly button: ReactNode; readonly outcome: ReactNode } {
  const { t } = useTexts('log');
  const desktop = useDesktop();
  const filter = filterOf(search);
  const write = useAct('events', 'export');
  const written = write.data;
  return {
    button: (
      <Button
        icon={FileOutput}
        isDisabled={write.isPending}
        onPress={() => {
          write.mutate(filter === undefined ? {} : { filter });
        }}
      >
        {t(filter === undefined ? 'export.all' : 'export.filtered')}
      </Button>
    ),
    outcome: (
      <>
        {written !== undefined && (
          <Notice
            title={t('export.done', { count: written.events, shown: formatCount(written.events) })}
            actions={
              desktop.kind === 'electron' && (
                <Button
                  onPress={() => {
                    desktop.reveal(written.path).catch(() => undefined);
                  }}
                >
                  {t('export.show')}
                </Button>
              )
            }
          >
            <PathText path={written.path} />
          </Notice>
        )}
        {write.error !== null && <ProblemNotice error={write.error} />}
      </>
    ),
  };
}
