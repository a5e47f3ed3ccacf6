import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import {
  formatCount,
  formatDuration,
  formatShare,
  plainVisible,
  useTexts,
  VisuallyHidden,
  type Texts,
} from '../../ui/index.ts';
import { verdictOf } from './words.ts';

const EVERY_MS = 10_000;

/** Tells a screen reader how far the job is, at most every ten seconds, and at once when it rests. */
export function SpokenProgress({ job }: { readonly job: Job }) {
  const { t } = useTexts('jobs');
  const [spoken, setSpoken] = useState('');
  const last = useRef({ at: 0, state: job.state });
  useEffect(() => {
    const isNewState = last.current.state !== job.state;
    if (!isNewState && (job.state !== 'running' || Date.now() - last.current.at < EVERY_MS)) return;
    last.current = { at: Date.now(), state: job.state };
    setSpoken(job.state === 'running' ? progressText(t, job) : t('progress.over', over(t, job)));
  }, [job, t]);
  return (
    <VisuallyHidden>
      <span role="status">{spoken}</span>
    </VisuallyHidden>
  );
}

function over(t: Texts, job: Job) {
  return { title: plainVisible(job.title, 200), verdict: verdictOf(t, job) };
}

function progressText(t: Texts, job: Job): string {
  const { progress } = job;
  const title = plainVisible(job.title, 200);
  const { files, filesTotal, bytes, bytesTotal, secondsLeft } = progress;
  const share =
    bytesTotal !== undefined && bytesTotal > 0
      ? formatShare(bytes, bytesTotal)
      : filesTotal !== undefined && filesTotal > 0
        ? formatShare(files, filesTotal)
        : undefined;
  if (share === undefined) return t('progress.spokenFiles', { title, n: formatCount(files) });
  return secondsLeft === undefined
    ? t('progress.spokenShare', { title, share })
    : t('progress.spoken', { title, share, left: formatDuration(secondsLeft * 1000) });
}
