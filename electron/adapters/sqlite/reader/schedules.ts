import type { ScheduledKind, StoredSchedule } from '../../../core/ports/scheduling.ts';
import type { Connection } from '../connection.ts';
import { job } from './jobs.ts';
import { json, valueIf } from './rows.ts';

interface ScheduleRow {
  readonly id: number;
  readonly name: string;
  readonly kind: ScheduledKind;
  readonly location_id: number | null;
  readonly location_name: string | null;
  readonly words: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly budget: string;
  readonly paused: number;
  readonly created_at: number;
  readonly settled_at: number | null;
  readonly last_job_id: number | null;
  readonly last_job_due_at: number | null;
  readonly last_job_missed: number;
  readonly told: string | null;
}

/** What a job was started for counts as run once that is done, in the transaction that closes it: no crash comes between. */
export function schedules(connection: Connection): StoredSchedule[] {
  return connection
    .sql<ScheduleRow>(
      `SELECT s.id, s.name, s.kind, s.location_id, l.name AS location_name, s.words, s.cron, s.time_zone, s.budget, s.paused,
         s.created_at, s.last_job_id, s.last_job_due_at, s.last_job_missed, s.told,
         iif(j.state IN ('done', 'cancelled'), coalesce(s.last_job_due_at, s.last_due_at), s.last_due_at) AS settled_at
       FROM schedules s LEFT JOIN locations l ON l.id = s.location_id LEFT JOIN jobs j ON j.id = s.last_job_id
       WHERE s.removed_at IS NULL ORDER BY s.id`,
    )
    .all()
    .map((row) => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      ...valueIf('locationId', row.location_id),
      ...valueIf('locationName', row.location_name),
      words: row.words,
      cron: row.cron,
      timeZone: row.time_zone,
      budget: json(row.budget) ?? {},
      isPaused: row.paused === 1,
      createdAt: row.created_at,
      ...valueIf('lastDueAt', row.settled_at),
      ...lastOf(connection, row),
      ...valueIf('told', row.told),
    }));
}

function lastOf(connection: Connection, row: ScheduleRow): Pick<StoredSchedule, 'last'> {
  const last = row.last_job_id === null ? undefined : job(connection, row.last_job_id);
  if (last === undefined) return {};
  return {
    last: { job: last, dueAt: row.last_job_due_at ?? row.settled_at ?? 0, missed: row.last_job_missed },
  };
}
