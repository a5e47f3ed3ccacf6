import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import type { EventSummary } from '../../../shared/contract/holdings.ts';
import { callErrorOf, useClient, usePreference } from '../../client/index.ts';
import {
  DataTable,
  EmptyState,
  ProblemNotice,
  SafeText,
  Time,
  useEvent,
  useTexts,
  type Column,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import { quietly } from './quietly.ts';

const PAGE = 200;
const OF = { type: 'exporting' } as const;

/** What was handed out, as the log has it, newest first. */
export function HistoryTab(): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  const client = useClient();
  const [widths, setWidths] = usePreference<Record<string, number>>('columns.hand-outs', {});
  const query = useInfiniteQuery({
    queryKey: ['events', 'list', { pages: OF }],
    queryFn: ({ pageParam }) =>
      client.events.list({
        limit: PAGE,
        filter: OF,
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const rowAt = useMemo(() => (index: number) => rows[index], [rows]);
  const columns = useMemo(
    (): Column<EventSummary>[] => [
      {
        id: 'at',
        header: t('history.at'),
        width: 130,
        cell: (row) => <Time at={row.at} />,
        text: (row) => row.at,
      },
      {
        id: 'note',
        header: t('history.note'),
        width: 600,
        cell: (row) => <SafeText value={row.note} />,
        text: (row) => row.note,
      },
      {
        id: 'agent',
        header: t('history.agent'),
        width: 160,
        cell: (row) => <SafeText value={row.agent} />,
        text: (row) => row.agent,
      },
      { id: 'id', header: t('history.event'), width: 110, cell: (row) => row.id, text: (row) => row.id },
    ],
    [t],
  );
  const reach = useEvent((_: number, last: number) => {
    if (query.hasNextPage && !query.isFetching && last >= rows.length - PAGE / 4)
      quietly(query.fetchNextPage());
  });
  const open = useEvent(({ id }: EventSummary) => quietly(navigate({ to: '/log/$id', params: { id } })));
  if (query.error !== null)
    return <ProblemNotice error={callErrorOf(query.error)} onRetry={() => quietly(query.refetch())} />;
  if (!query.isPending && rows.length === 0)
    return <EmptyState title={t('history.none')} why={t('history.noneWhy')} />;
  return (
    <>
      <p className={styles.muted}>{t('history.lead')}</p>
      <DataTable
        label={t('history.table')}
        columns={columns}
        rowCount={rows.length}
        rowAt={rowAt}
        rowKey={keyOf}
        onRangeChange={reach}
        onOpen={open}
        widths={widths}
        onWidthsChange={setWidths}
        isLoading={query.isPending}
      />
    </>
  );
}

const keyOf = ({ id }: EventSummary): string => id;
