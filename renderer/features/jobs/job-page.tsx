import { Link } from '@tanstack/react-router';
import type { Job } from '../../../shared/contract/jobs.ts';
import {
  EmptyState,
  Facts,
  formatDuration,
  Notice,
  Page,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { JobActs } from './job-acts.tsx';
import { JobProgressView } from './job-progress.tsx';
import styles from './jobs.module.css';
import { ProblemsTable } from './problems-table.tsx';
import { JobResult } from './results/job-result.tsx';
import { useJob } from './use-job.ts';
import { isPassing, verdictOf } from './words.ts';

/** One long act: how far it is, what can be done with it, and in the end what happened. */
export function JobPage({ id }: { readonly id: string }) {
  const { t } = useTexts('jobs');
  const { job, error, refetch } = useJob(id);
  if (job !== undefined) return <JobView job={job} />;
  if (error?.code === 'NOT_FOUND' || error?.code === 'BAD_INPUT')
    return (
      <Page title={t('title')}>
        <EmptyState
          title={t('none')}
          why={t('noneWhy')}
          action={<Link to="/overview">{t('noneAct')}</Link>}
        />
      </Page>
    );
  return (
    <Page title={t('title')}>
      {error === null ? (
        <Skeleton lines={8} />
      ) : (
        <ProblemNotice
          error={error}
          onRetry={() => {
            refetch().catch(() => undefined);
          }}
        />
      )}
    </Page>
  );
}

function JobView({ job }: { readonly job: Job }) {
  const { t } = useTexts('jobs');
  const isOver = job.state === 'done' || job.state === 'cancelled' || job.state === 'failed';
  return (
    <Page
      title={<SafeText value={job.title} />}
      verdict={<JobVerdict job={job} />}
      actions={<JobActs job={job} />}
    >
      <div className={styles.page}>
        {job.error !== undefined && <JobError job={job} error={job.error} />}
        {job.result !== undefined && isOver && (
          <Section title={t(job.state === 'cancelled' ? 'result.so_far' : 'result.title')}>
            <JobResult job={job} />
          </Section>
        )}
        {!isOver && <JobProgressView job={job} />}
        {!isPassing(job) && <ProblemsTable job={job} />}
        <Section title={t('facts.title')}>
          <Facts
            rows={[
              { term: t('facts.kind'), value: t(`kind.${job.kind}`) },
              { term: t('facts.agent'), value: <SafeText value={job.agent} /> },
              { term: t('facts.created'), value: <Time at={job.createdAt} /> },
              ...(job.finishedAt === undefined
                ? []
                : [
                    { term: t('facts.finished'), value: <Time at={job.finishedAt} /> },
                    {
                      term: t('facts.took'),
                      value: formatDuration(durationOf(job.createdAt, job.finishedAt)),
                    },
                  ]),
              { term: t('facts.id'), value: <span className={styles.id}>{job.id}</span> },
            ]}
          />
        </Section>
      </div>
    </Page>
  );
}

function JobVerdict({ job }: { readonly job: Job }) {
  const { t } = useTexts('jobs');
  const kind = t(`kind.${job.kind}`);
  const { finishedAt } = job;
  if (finishedAt === undefined) return `${kind}. ${verdictOf(t, job)}`;
  const took = formatDuration(durationOf(job.createdAt, finishedAt));
  const [before = '', after = ''] = t(`over.${job.state}`, { kind, took }).split('[[when]]');
  return (
    <>
      {before}
      <Time at={finishedAt} />
      {after}
    </>
  );
}

function JobError({ job, error }: { readonly job: Job; readonly error: NonNullable<Job['error']> }) {
  const { t } = useTexts('jobs');
  return (
    <Notice tone="finding" title={t('error.title')}>
      <p>
        <SafeText value={error.message} />
      </p>
      {job.state === 'interrupted' && !isPassing(job) && <p className={styles.why}>{t('error.resume')}</p>}
      {error.trace !== undefined && (
        <details>
          <summary>{t('error.trace')}</summary>
          <pre className={styles.trace}>{error.trace}</pre>
        </details>
      )}
    </Notice>
  );
}

function durationOf(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from));
}
