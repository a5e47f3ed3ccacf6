import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { NewSchedule, ScheduleWriter } from '../../../core/ports/scheduling.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

interface Named {
  readonly name: string;
  readonly paused: number;
}

export function addSchedule(context: WriterContext, schedule: NewSchedule, agent: ActingAgent): number {
  const { connection } = context;
  const { name, kind, words, cron, timeZone, budget, locationId, createdAt } = schedule;
  const taken = connection.sql('SELECT 1 FROM schedules WHERE name = ? AND removed_at IS NULL').get(name);
  if (taken !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `There is a schedule "${name}" already. Give this one another name with --name, or remove that one: holdfast schedule remove "${name}"`,
    );
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO schedules (name, kind, location_id, words, cron, time_zone, budget, created_at, created_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      name,
      kind,
      locationId ?? null,
      words,
      cron,
      timeZone,
      JSON.stringify(budget),
      createdAt,
      actorId(connection, agent.name),
    );
  const id = Number(lastInsertRowid);
  tell(context, agent, id, 'added', `Schedule "${name}" added: ${kind}, ${words}`, name, {
    kind,
    cron,
    timeZone,
    budget: budget as Readonly<Record<string, number>>,
    ...(locationId === undefined ? {} : { location: locationId }),
  });
  return id;
}

export function pauseSchedule(
  context: WriterContext,
  id: number,
  isPaused: boolean,
  agent: ActingAgent,
): void {
  const { name, paused } = named(context, id);
  if ((paused === 1) === isPaused) return;
  context.connection.sql('UPDATE schedules SET paused = ? WHERE id = ?').run(isPaused ? 1 : 0, id);
  const change = isPaused ? 'paused' : 'resumed';
  tell(context, agent, id, change, `Schedule "${name}" ${change}`, name);
}

export function removeSchedule(context: WriterContext, id: number, agent: ActingAgent): void {
  const { name } = named(context, id);
  context.connection.sql('UPDATE schedules SET removed_at = ? WHERE id = ?').run(Date.now(), id);
  tell(context, agent, id, 'removed', `Schedule "${name}" removed`, name);
}

export function scheduleStarted(
  { connection }: WriterContext,
  id: number,
  { jobId, dueAt, missed }: Parameters<ScheduleWriter['scheduleStarted']>[1],
): void {
  connection
    .sql(
      `UPDATE schedules SET
         last_due_at = iif((SELECT state FROM jobs WHERE id = last_job_id) IN ('done', 'cancelled'),
           coalesce(last_job_due_at, last_due_at), last_due_at),
         last_job_id = ?, last_job_due_at = ?, last_job_missed = ? WHERE id = ?`,
    )
    .run(jobId, dueAt, missed, id);
}

export function settleSchedule({ connection }: WriterContext, id: number, dueAt: number): void {
  connection.sql('UPDATE schedules SET last_due_at = ?, last_job_due_at = NULL WHERE id = ?').run(dueAt, id);
}

export function scheduleTold({ connection }: WriterContext, id: number, told: string): void {
  connection.sql('UPDATE schedules SET told = ? WHERE id = ?').run(told, id);
}

function named({ connection }: WriterContext, id: number): Named {
  const row = connection
    .sql<Named>('SELECT name, paused FROM schedules WHERE id = ? AND removed_at IS NULL')
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', 'This schedule was removed meanwhile.');
  return row;
}

/** When and what is verified is part of what an archive promises: each change is an event. */
function tell(
  context: WriterContext,
  agent: ActingAgent,
  id: number,
  change: string,
  note: string,
  name: string,
  more: Parameters<WriterContext['events']['append']>[0]['facts'] & object = {},
): void {
  context.events.append({
    type: 'policy assignment',
    outcome: 'success',
    agentId: actorId(context.connection, agent.name),
    links: [{ kind: 'archive', id: 1 }],
    facts: { schedule: id, change, ...more },
    details: { note, name },
  });
}
