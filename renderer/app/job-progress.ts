import type { Job, JobProgress } from '../../shared/contract/jobs.ts';

/** From 0 to 1; undefined while the whole is not known. */
export function shareOf({ bytes, bytesTotal, files, filesTotal }: JobProgress): number | undefined {
  if (bytesTotal !== undefined && bytesTotal > 0) return Math.min(1, bytes / bytesTotal);
  if (filesTotal !== undefined && filesTotal > 0) return Math.min(1, files / filesTotal);
  return undefined;
}

/** Of all jobs that run, for the window's title and the taskbar; undefined where none does or one is not known. */
export function shareOfAll(jobs: readonly Job[]): number | undefined {
  const shares = jobs.filter(({ state }) => state === 'running').map(({ progress }) => shareOf(progress));
  if (shares.length === 0 || shares.includes(undefined)) return undefined;
  return shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) / shares.length;
}

/** Jobs of the earlier list that the later one no longer has: they rest. */
export function rested(before: readonly Job[], after: readonly Job[]): Job[] {
  const open = new Set(after.map(({ id }) => id));
  return before.filter(({ id }) => !open.has(id));
}
