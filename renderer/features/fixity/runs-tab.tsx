import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '../../../shared/contract/fixity-lists.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { callErrorOf, useClient, useStream } from '../../client/index.ts';
import {
  Button,
  EmptyState,
  formatBytes,
  formatDateTime,
  formatDuration,
  formatRate,
  plainVisible,
  ProblemNotice,
  ProgressBar,
  SafeText,
  Section,
  Skeleton,
  Term,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { budgetText } from './budget.ts';
import styles from './runs.module.css';
import { checkedWords, completeWords, readWords } from './run-words.ts';

const PAGE = 50;
const SHOWN_LIVE: readonly string[] = ['audit', 'rescan', 'recovery', 'resolution'];

/** What runs now, and every run that was, newest first. */
export function RunsTab(): ReactNode {
  const { t } = useTexts('fixity');
  const open = useStream('jobs', 'watchOpen')?.rows ?? [];
  const live = open.filter(({ kind }) => SHOWN_LIVE.includes(kind));
  return (
    <div className={styles.tab}>
      {live.length > 0 && (
        <Section title={t('runs.now')}>
          <ul className={styles.live}>
            {live.map((job) => (
              <Running key={job.id} job={job} />
            ))}
          </ul>
        </Section>
      )}
      <PastRuns />
    </div>
  );
}

function Running({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTexts('fixity');
  const { bytes, bytesTotal, files, filesTotal, bytesPerSecond, secondsLeft } = job.progress;
  const isByBytes = bytesTotal !== undefined && bytesTotal > 0;
  return (
    <li className={styles.running}>
      <div className={styles.runningHead}>
        <Link to="/jobs/$id" params={{ id: job.id }}>
          <SafeText value={job.title} maxLength={120} />
        </Link>
        <span className={styles.muted}>
          {job.state === 'running'
            ? [
                ...(isByBytes
                  ? [t('runs.of', { done: formatBytes(bytes), all: formatBytes(bytesTotal) })]
                  : []),
                ...(bytesPerSecond > 0 ? [formatRate(bytesPerSecond)] : []),
                ...(secondsLeft === undefined
                  ? []
                  : [t('runs.left', { time: formatDuration(secondsLeft * 1000) })]),
              ].join(' · ')
            : t(`run.${job.state}`)}
        </span>
      </div>
      <ProgressBar
        label={t('runs.progress')}
        value={isByBytes ? bytes : files}
        max={isByBytes ? bytesTotal : (filesTotal ?? 0)}
      />
    </li>
  );
}

function PastRuns(): ReactNode {
  const { t } = useTexts('fixity');
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['fixity', 'runs', { pages: PAGE }],
    queryFn: ({ pageParam }) =>
      client.fixity.runs({ limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = pages.data?.pages
    .flatMap((page) => page.rows)
    .filter(({ finishedAt }) => finishedAt !== undefined);
  if (pages.error !== null && rows === undefined)
    return (
      <ProblemNotice
        error={callErrorOf(pages.error)}
        onRetry={() => {
          pages.refetch().catch(() => undefined);
        }}
      />
    );
  if (rows === undefined) return <Skeleton lines={8} />;
  if (rows.length === 0)
    return (
      <EmptyState
        title={t('runs.none')}
        why={
          <>
            {t('runs.noneWhy')} <Term id="audit">{t('runs.term')}</Term>
          </>
        }
      />
    );
  return (
    <Section title={t('runs.past')}>
      <ol className={styles.runs}>
        {rows.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ol>
      {pages.hasNextPage && (
        <div>
          <Button
            isDisabled={pages.isFetchingNextPage}
            onPress={() => {
              pages.fetchNextPage().catch(() => undefined);
            }}
          >
            {t('runs.older')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function RunRow({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTexts('fixity');
  const at = run.finishedAt ?? run.startedAt;
  const where = run.location === undefined ? t('runs.everywhere') : plainVisible(run.location.name, 80);
  const isShort = run.state !== 'done' || !run.complete;
  return (
    <li className={styles.run}>
      <div className={styles.when}>
        <span>{formatDateTime(at)}</span>
        <span className={styles.muted}>
          <Time at={at} />
        </span>
      </div>
      <div className={styles.words}>
        <p className={styles.what}>
          <Link to="/jobs/$id" params={{ id: run.job }}>
            {t(`runs.title.${run.kind}`, { where })}
          </Link>{' '}
          <span className={styles.muted}>{budgetText(run.asked, t)}</span>
        </p>
        <p>{checkedWords(run, t)}</p>
        <p className={isShort ? styles.short : styles.muted}>{completeWords(run, t)}</p>
      </div>
      <div className={styles.figures}>
        <p>{readWords(run, t)}</p>
        <p className={styles.muted}>
          <SafeText value={run.agent} maxLength={60} />
          {run.event !== undefined && (
            <>
              {' · '}
              <Link to="/log/$id" params={{ id: run.event }}>
                {t('runs.event')}
              </Link>
            </>
          )}
        </p>
      </div>
    </li>
  );
}
