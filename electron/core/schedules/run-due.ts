import type { Job } from '../../../shared/contract/jobs.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { StoredSchedule } from '../ports/scheduling.ts';
import { named, standing } from './schedules.ts';

export interface DueSchedule {
  readonly schedule: StoredSchedule;
  readonly dueAt: number;
  readonly missed: number;
}

/** Starts an audit or a rescan, or goes on with the open one over the same locations. */
export type StartRun = (schedule: StoredSchedule) => Promise<Job>;

/** What is due now, the longest due first. Where the clock had been ahead, what was run then is settled on the way. */
export async function dueSchedules({ reader, writer }: Catalogue, now: number): Promise<DueSchedule[]> {
  const due: DueSchedule[] = [];
  for (const schedule of await reader.schedules()) {
    const { due: dueAt, missed, settledAt } = standing(schedule, now);
    if (settledAt !== undefined) await writer.settleSchedule(schedule.id, settledAt);
    if (dueAt !== undefined) due.push({ schedule, dueAt, missed });
  }
  return due.sort((a, b) => a.dueAt - b.dueAt);
}

/**
 * Starts what is due of a schedule. Only the end of the job settles it: one that a crash, a full disk or the end of the session
 * interrupts stays due, and goes on when it is run again.
 * @throws HoldfastError NOT_FOUND; BAD_INPUT where nothing of it is due; JOB_RUNNING
 */
export async function startDue(
  catalogue: Catalogue,
  name: string,
  start: StartRun,
  now: number,
): Promise<Job> {
  const schedule = await named(catalogue.reader, name);
  const { due, missed, next } = standing(schedule, now);
  if (due === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `"${name}" is not due${next === undefined ? '' : ` before ${new Date(next).toISOString()}`}. To verify now: holdfast audit`,
    );
  const job = await start(schedule);
  const id = parsePublicId(job.id);
  if (id === undefined) throw new Error(`${job.id} is no id of a job`);
  await catalogue.writer.scheduleStarted(schedule.id, { jobId: id.id, dueAt: due, missed });
  return job;
}
