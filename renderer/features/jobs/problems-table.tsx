import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Job, Problem } from '../../../shared/contract/jobs.ts';
import { callErrorOf, useClient } from '../../client/index.ts';
import {
  DataTable,
  PathText,
  ProblemNotice,
  SafeText,
  Section,
  useTexts,
  type Column,
} from '../../ui/index.ts';
import styles from './jobs.module.css';
import { MOST_LISTED, PathList } from './path-list.tsx';
import { tableHeight } from './table-height.ts';

const PAGE = 500;
const AHEAD = 50;
const MOST_HIGH = 12;

/** Everything that went wrong or was left out, a row each; the row chosen is written out below. */
export function ProblemsTable({ job }: { readonly job: Job }) {
  const { t } = useTexts('jobs');
  const client = useClient();
  const [chosen, setChosen] = useState<Problem>();
  const { id, state } = job;
  const isOver = state === 'done' || state === 'cancelled' || state === 'failed';
  const pages = useInfiniteQuery({
    // Asked for again when it rests, and while it runs for every problem that is new.
    queryKey: ['jobs', 'problems', id, state, job.progress.problems],
    queryFn: ({ pageParam, signal }) =>
      client.jobs.problems(
        { id, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (previous) => previous,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = useMemo<Column<Problem>[]>(
    () => [
      {
        id: 'severity',
        header: t('problems.severity'),
        width: 120,
        cell: ({ severity }) => t(`problems.${severity}`),
        text: ({ severity }) => t(`problems.${severity}`),
      },
      {
        id: 'path',
        header: t('problems.path'),
        width: 360,
        minWidth: 160,
        cell: ({ path }) => <PathText path={path} />,
        text: ({ path }) => path.display,
      },
      {
        id: 'message',
        header: t('problems.message'),
        width: 560,
        minWidth: 200,
        cell: ({ message }) => <SafeText value={message} />,
        text: ({ message }) => message,
      },
    ],
    [t],
  );
  if (pages.error !== null)
    return (
      <ProblemNotice
        error={callErrorOf(pages.error)}
        onRetry={() => {
          pages.refetch().catch(() => undefined);
        }}
      />
    );
  if (rows.length === 0) {
    // Only an act that takes files in says so; an audit tells its findings, and beside them this would sound like a verdict.
    const isTold = job.kind === 'accession' || job.kind === 'replication';
    if (!isTold) return null;
    // Its line stands while it is asked for, so that nothing below it moves.
    if (pages.isPending) return <p className={styles.why}>{'\u00A0'}</p>;
    return <p className={styles.why}>{t(isOver ? 'problems.none' : 'problems.noneYet')}</p>;
  }
  if (rows.length <= MOST_LISTED && !pages.hasNextPage)
    return (
      <Section title={t('problems.title')}>
        <PathList
          rows={rows.map(({ path, message, severity }) => ({
            path,
            text: message,
            mark: t(`problems.${severity}`),
          }))}
        />
      </Section>
    );
  return (
    <Section title={t('problems.title')}>
      <div className={styles.table} style={{ blockSize: tableHeight(rows.length, MOST_HIGH) }}>
        <DataTable
          label={t('problems.table')}
          columns={columns}
          rowCount={rows.length}
          rowAt={(index) => rows[index]}
          rowKey={keyOf}
          onRangeChange={(_first, last) => {
            if (last + AHEAD > rows.length && pages.hasNextPage && !pages.isFetchingNextPage)
              pages.fetchNextPage().catch(() => undefined);
          }}
          {...(chosen === undefined ? {} : { focusedKey: keyOf(chosen) })}
          onFocusRow={setChosen}
        />
      </div>
      {chosen !== undefined && (
        <div className={styles.chosen} role="region" aria-label={t('problems.focused')}>
          <PathText path={chosen.path} />
          <p>
            <SafeText value={chosen.message} />
          </p>
        </div>
      )}
    </Section>
  );
}

function keyOf({ path, code }: Problem): string {
  return `${path.display} ${path.bytes ?? ''} ${code}`;
}
