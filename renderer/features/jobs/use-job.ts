import type { UseQueryResult } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useCall, useStream, type CallError } from '../../client/index.ts';

interface WatchedJob {
  readonly job: Job | undefined;
  readonly error: CallError | null;
  readonly refetch: UseQueryResult<Job, CallError>['refetch'];
}

/** A job as it stands: the newest of what was asked for and what the stream hinted. */
export function useJob(id: string): WatchedJob {
  const asked = useCall('jobs', 'get', { id });
  const watched = useStream('jobs', 'watch', { id });
  return { job: newest(asked.data, watched), error: asked.error, refetch: asked.refetch };
}

/** At rest a later asking may answer with what the stream told long ago; the higher version is the later one. */
function newest(asked: Job | undefined, watched: Job | undefined): Job | undefined {
  if (asked === undefined || watched?.id !== asked.id) return asked ?? watched;
  return watched.version >= asked.version ? watched : asked;
}
