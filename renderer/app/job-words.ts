import type { Job } from '../../shared/contract/jobs.ts';
import { formatBytes, formatCount, formatDuration, formatRate, type Texts } from '../ui/index.ts';

/** How far a job has come, in the parts of its line; what is not known is left out. */
export interface JobWords {
  readonly done: string;
  readonly rate?: string;
  readonly left?: string;
  /** Instead of rate and time, where it does not run. */
  readonly state?: string;
}

export function jobWords({ progress, state }: Job, t: Texts): JobWords {
  const { bytes, bytesTotal, files, filesTotal, bytesPerSecond, filesPerSecond, secondsLeft } = progress;
  const done =
    bytesTotal !== undefined && bytesTotal > 0
      ? t('shelf.of', { done: formatBytes(bytes), total: formatBytes(bytesTotal) })
      : filesTotal !== undefined && filesTotal > 0
        ? t('shelf.filesOf', { done: formatCount(files), total: formatCount(filesTotal), count: filesTotal })
        : t('shelf.files', { n: formatCount(files), count: files });
  if (state === 'paused' || state === 'interrupted' || state === 'queued')
    return { done, state: t(`shelf.${state}`) };
  const rate =
    bytesPerSecond > 0
      ? formatRate(bytesPerSecond)
      : filesPerSecond > 0
        ? t('shelf.filesRate', {
            n: formatCount(Math.round(filesPerSecond)),
            count: Math.round(filesPerSecond),
          })
        : undefined;
  return {
    done,
    ...(rate === undefined ? {} : { rate }),
    ...(secondsLeft === undefined
      ? {}
      : { left: t('shelf.left', { time: formatDuration(secondsLeft * 1000) }) }),
  };
}

/** What a cancellation means, by the kind of act; the words are those of the job's own page. */
export function cancelConsequences({ kind }: Job, t: Texts): string[] {
  const keys: Readonly<Record<Job['kind'], readonly string[]>> = {
    accession: ['accession', 'accessionCopy', 'accessionFiles', 'noResume'],
    audit: ['audit', 'noResume'],
    rescan: ['rescan', 'noResume'],
    replication: ['replication', 'noResume'],
    deletion: ['deletion', 'deletionRest'],
    resolution: ['decision', 'noResume'],
    recovery: ['recovery', 'noResume'],
    survey: ['passing'],
    validation: ['passing'],
    attestation: ['passing'],
    exporting: ['passing'],
  };
  return keys[kind].map((key) => t(`cancel.${key}`));
}
