import type { Job } from '../../../shared/contract/jobs.ts';
import { useCall, useStream, type CallError } from '../../client/index.ts';

const ASK_AGAIN_MS = 1_000;

/**
 * A job as it stands: the newer of what the stream of open jobs tells and what was asked. A job that is over leaves that
 * stream, so it is asked for until it is.
 */
export function useJob(id: string | undefined): {
  readonly job: Job | undefined;
  readonly error: CallError | undefined;
} {
  const open = useStream('jobs', 'watchOpen');
  const told = open?.rows.find((row) => row.id === id);
  // Of no job nothing is asked; the id only fills the place.
  const asked = useCall('jobs', 'get', { id: id ?? 'job-1' }, { enabled: id !== undefined });
  const known = id === undefined ? undefined : asked.data;
  const mayChange = id !== undefined && known !== undefined && !isOver(known);
  useCall('jobs', 'get', { id: id ?? 'job-1' }, { enabled: mayChange, refetchInterval: ASK_AGAIN_MS });
  const job = told !== undefined && (known === undefined || told.version >= known.version) ? told : known;
  return { job, error: job === undefined && id !== undefined ? (asked.error ?? undefined) : undefined };
}

/** Nothing more comes of it. */
export function isOver(job: Pick<Job, 'state'>): boolean {
  return job.state === 'done' || job.state === 'cancelled';
}
