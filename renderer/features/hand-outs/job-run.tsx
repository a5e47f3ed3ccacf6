import { Square } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  Notice,
  ProblemNotice,
  ProgressBar,
  Spinner,
  useTexts,
  VisuallyHidden,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import { useJob } from './use-job.ts';

const SPEAK_MS = 10_000;

interface Props {
  readonly id: string;
  /** Spoken with the progress. */
  readonly label: string;
  /** Of a job that nothing knows any more, or that came to nothing: the way to begin anew. */
  readonly again: ReactNode;
  readonly children: (job: Job) => ReactNode;
}

/** A job from its beginning to what it came to. It belongs to the host: whoever leaves the page finds it again by its address. */
export function JobRun({ id, label, again, children }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const { job, error } = useJob(id);
  const stop = useAct('jobs', 'cancel');
  if (job === undefined && error?.code === 'NOT_FOUND')
    return (
      <Notice tone="due" title={t('run.forgotten')} actions={again}>
        <p>{t('run.forgottenWhy')}</p>
      </Notice>
    );
  if (job === undefined) return error === null ? <Spinner label={label} /> : <ProblemNotice error={error} />;
  if (job.state === 'done') return children(job);
  if (job.state === 'cancelled') return <Notice tone="due" title={t('run.cancelled')} actions={again} />;
  if (job.state === 'failed' || job.state === 'interrupted')
    return (
      <>
        <ProblemNotice error={job.error ?? { code: 'INTERRUPTED', message: t('run.interrupted') }} />
        <div className={styles.acts}>{again}</div>
      </>
    );
  return (
    <>
      <Progress job={job} label={label} />
      <div className={styles.acts}>
        <Button icon={Square} isDisabled={stop.isPending} onPress={() => stop.mutate({ id })}>
          {t('run.stop')}
        </Button>
      </div>
      {stop.error !== null && <ProblemNotice error={stop.error} />}
    </>
  );
}

function Progress({ job, label }: { readonly job: Job; readonly label: string }): ReactNode {
  const { t } = useTexts('hand-outs');
  const { files, filesTotal, bytes, bytesTotal, bytesPerSecond, secondsLeft } = job.progress;
  const ofFiles =
    filesTotal === undefined
      ? t('run.files', { count: files, n: formatCount(files) })
      : t('run.filesOf', { count: filesTotal, n: formatCount(files), total: formatCount(filesTotal) });
  const words = [
    ofFiles,
    ...(bytes > 0 ? [formatBytes(bytes)] : []),
    ...(bytesPerSecond >= 1 ? [formatRate(bytesPerSecond)] : []),
    ...(secondsLeft !== undefined && secondsLeft >= 1
      ? [t('run.left', { time: formatDuration(secondsLeft * 1000) })]
      : []),
  ].join(' · ');
  const spoken = useEvery(`${label}. ${words}`, SPEAK_MS);
  const hasBytes = bytesTotal !== undefined && bytesTotal > 0;
  const [value, max] = hasBytes ? [bytes, bytesTotal] : [files, filesTotal];
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={label}
        {...(max === undefined || max === 0 ? {} : { value: Math.min(value, max), max })}
      />
      <p className={styles.muted}>{words}</p>
      <VisuallyHidden>
        <span role="status">{spoken}</span>
      </VisuallyHidden>
    </div>
  );
}

/** The text as it was, renewed no oftener than so many milliseconds. */
function useEvery(text: string, interval: number): string {
  const [told, setTold] = useState(text);
  const toldAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, toldAt.current + interval - Date.now());
    const timer = setTimeout(() => {
      toldAt.current = Date.now();
      setTold(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text, interval]);
  return told;
}
