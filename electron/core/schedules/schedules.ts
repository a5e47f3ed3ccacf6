import type { Schedule } from '../../../shared/contract/schedules.ts';
import { isBounded } from '../../../shared/domain/audit-budget.ts';
import { checkSchedule, dueAt, type Due } from '../../../shared/domain/due-times.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { readSchedule, scheduleWords } from '../../../shared/domain/schedule-words.ts';
import { summariseRun } from '../fixity/summarise-run.ts';
import { chooseLocations } from '../locations/choose-locations.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { ScheduledKind, StoredSchedule } from '../ports/scheduling.ts';

interface Wanted {
  readonly words: string;
  readonly kind: ScheduledKind;
  readonly location?: string | undefined;
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** @throws HoldfastError BAD_INPUT for words that say no schedule, NOT_FOUND for an unknown location */
export async function addSchedule(
  { reader, writer }: Catalogue,
  wanted: Wanted,
  agent: ActingAgent,
  now: number,
): Promise<Schedule> {
  const rule = readSchedule(wanted.words);
  const timeZone = wanted.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  checkSchedule(rule.cron, timeZone, now);
  if (wanted.kind === 'rescan' && isBounded(rule.budget))
    throw new HoldfastError(
      'BAD_INPUT',
      'A rescan looks at everything and reads only what changed, so it takes no amount. Say how often: "everything every night".',
    );
  const [location] = wanted.location === undefined ? [] : await chooseLocations(reader, wanted.location);
  const words = scheduleWords(rule);
  const what = wanted.kind === 'rescan' ? `rescan, ${words}` : words;
  const name = wanted.name ?? (location === undefined ? what : `${location.name}: ${what}`);
  await writer.addSchedule(
    {
      name,
      kind: wanted.kind,
      locationId: location?.id,
      words,
      cron: rule.cron,
      timeZone,
      budget: rule.budget,
      createdAt: now,
    },
    agent,
  );
  return shown(await named(reader, name), now);
}

export async function listSchedules(reader: CatalogueReader, now: number): Promise<Schedule[]> {
  return (await reader.schedules()).map((schedule) => shown(schedule, now));
}

export async function setPaused(
  { reader, writer }: Catalogue,
  name: string,
  isPaused: boolean,
  agent: ActingAgent,
  now: number,
): Promise<Schedule> {
  const { id } = await named(reader, name);
  await writer.pauseSchedule(id, isPaused, agent);
  return shown(await named(reader, name), now);
}

export async function removeSchedule(
  { reader, writer }: Catalogue,
  name: string,
  agent: ActingAgent,
  now: number,
): Promise<Schedule> {
  const schedule = await named(reader, name);
  await writer.removeSchedule(schedule.id, agent);
  return shown(schedule, now);
}

/** @throws HoldfastError NOT_FOUND */
export async function named(reader: CatalogueReader, name: string): Promise<StoredSchedule> {
  const all = await reader.schedules();
  const found = all.find((schedule) => schedule.name === name);
  if (found !== undefined) return found;
  const known = all.map((schedule) => `"${schedule.name}"`).join(', ');
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no schedule "${name}". ${known === '' ? 'None is set yet.' : `There are: ${known}.`}`,
  );
}

/** A schedule as people see it. */
export function shown(schedule: StoredSchedule, now: number): Schedule {
  const { due, missed, next } = standing(schedule, now);
  const { locationId, locationName, last } = schedule;
  return {
    name: schedule.name,
    kind: schedule.kind,
    ...(locationId === undefined
      ? {}
      : { location: { id: publicId('location', locationId), name: locationName ?? '' } }),
    words: schedule.words,
    cron: schedule.cron,
    timeZone: schedule.timeZone,
    budget: schedule.budget,
    paused: schedule.isPaused,
    createdAt: time(schedule.createdAt),
    ...(next === undefined || schedule.isPaused ? {} : { nextDueAt: time(next) }),
    ...(due === undefined ? {} : { overdueSince: time(due) }),
    missed,
    ...(last === undefined ? {} : { lastRun: lastRun(last.job, schedule) }),
  };
}

/** A paused one is never due. */
export function standing(schedule: StoredSchedule, now: number): Due {
  const standing = dueAt(schedule, now);
  if (!schedule.isPaused) return standing;
  return { missed: 0, ...(standing.next === undefined ? {} : { next: standing.next }) };
}

function lastRun(
  job: NonNullable<StoredSchedule['last']>['job'],
  { name }: StoredSchedule,
): NonNullable<Schedule['lastRun']> {
  const { tone, headline } = summariseRun(job, { archive: '', schedule: { name, missed: 0 }, due: [] });
  return { job: job.id, at: job.finishedAt ?? job.createdAt, tone, headline };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
