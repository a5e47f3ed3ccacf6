import type { Job } from '../../../shared/contract/jobs.ts';
import { useCall, useStream } from '../../client/index.ts';

/** A job as it stands: the newer of what was asked for and what the stream hinted. */
export function useJob(id: string): Job | undefined {
  const asked = useCall('jobs', 'get', { id }).data;
  const watched = useStream('jobs', 'watch', { id });
  if (asked === undefined || watched?.id !== asked.id) return asked ?? watched;
  return watched.version >= asked.version ? watched : asked;
}

/** Whether nothing more comes of it by itself. */
export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}
