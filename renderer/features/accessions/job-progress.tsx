import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import {
  ProgressBar,
  VisuallyHidden,
  formatBytes,
  formatCount,
  formatDuration,
  formatRate,
  useTexts,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { phaseWords } from './sentences.ts';

const SPEAK_MS = 10_000;

/** How far a job is, how fast, and how long still; spoken at most every ten seconds. */
export function JobProgress({ job, label }: { readonly job: Job; readonly label: string }): ReactNode {
  const { t } = useTexts('accessions');
  const { progress } = job;
  const { files, bytes, filesTotal, bytesTotal, bytesPerSecond, secondsLeft, problems } = progress;
  const isRunning = job.state === 'running';
  const done =
    filesTotal === undefined
      ? t('progress.done', { count: files, files: formatCount(files), bytes: formatBytes(bytes) })
      : t('progress.doneOf', {
          count: filesTotal,
          files: formatCount(files),
          total: formatCount(filesTotal),
          bytes: formatBytes(bytes),
        });
  const rate = isRunning && bytesPerSecond > 0 ? formatRate(bytesPerSecond) : undefined;
  const left =
    isRunning && secondsLeft !== undefined && secondsLeft >= 1
      ? t('progress.left', { time: formatDuration(secondsLeft * 1000) })
      : undefined;
  const state = isRunning ? phaseWords(progress, t) : t(`state.${job.state}`);
  const found =
    problems > 0 ? t('progress.problems', { count: problems, number: formatCount(problems) }) : undefined;
  const words = [state, done, rate, left, found].filter((word) => word !== undefined);
  const spoken = useEvery([label, ...words].join('. '), SPEAK_MS);
  return (
    <div className={styles.progress}>
      <ProgressBar
        label={label}
        {...(bytesTotal === undefined || bytesTotal === 0
          ? {}
          : { value: Math.min(bytes, bytesTotal), max: bytesTotal })}
      />
      <p className={styles.progressWords}>{words.join(' · ')}</p>
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
    return () => {
      clearTimeout(timer);
    };
  }, [text, interval]);
  return told;
}
