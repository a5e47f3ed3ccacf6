import type { Job } from '../../../shared/contract/jobs.ts';
import { useCall, useStream, type CallError } from '../../client/index.ts';

/** A job as it stands: the newer of what was asked for and what the stream hinted. */
export function useJob(id: string): { readonly job: Job | undefined; readonly error: CallError | null } {
  const { data: asked, error } = useCall('jobs', 'get', { id });
  const told = useStream('jobs', 'watch', { id });
  if (asked === undefined || told?.id !== asked.id) return { job: asked ?? told, error };
  return { job: told.version >= asked.version ? told : asked, error };
}
