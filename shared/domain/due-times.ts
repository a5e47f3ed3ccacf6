/**
 * When a schedule is due, from what was last done and what the clock says: pure, so that a clock set back or forward can be tried.
 * Due times are those of cron in the schedule's own time zone; a time that a change to summer time leaves out is due right after it.
 */
import { Cron } from 'croner';
import { HoldfastError } from './errors.ts';
import { SCHEDULE_EXAMPLES } from './schedule-words.ts';

export interface ScheduleTimes {
  readonly cron: string;
  /** IANA. */
  readonly timeZone: string;
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
  /** The due time that was last run or given up. */
  readonly lastDueAt?: number | undefined;
}

export interface Due {
  /** The newest due time that has come and was not run: one run catches up whatever was missed. */
  readonly due?: number;
  /** Earlier due times that passed without a run; counted up to a hundred. */
  readonly missed: number;
  /** When it is due the next time; absent where cron names no such time. */
  readonly next?: number;
  /** The clock was ahead when it last ran: what was run then stands for everything up to this due time. */
  readonly settledAt?: number;
}

const MOST_COUNTED = 100;

/** How a schedule stands at `now`. */
export function dueAt(schedule: ScheduleTimes, now: number): Due {
  const cron = cronIn(schedule.cron, schedule.timeZone);
  const next = cron.nextRun(new Date(now))?.getTime();
  const after = schedule.lastDueAt ?? schedule.createdAt;
  const coming = next === undefined ? {} : { next };
  if (after > now) {
    // Within one period the clock was a little ahead: that run was this one. Further ahead, runs would be lost for as long.
    if (next === undefined || next >= after) return { missed: 0, ...afterIt(cron, after) };
    const [last] = cron.previousRuns(1, new Date(now + 1));
    return { missed: 0, ...coming, settledAt: last?.getTime() ?? now };
  }
  // Backwards from now, and not to the end: a schedule of every minute may have slept for years.
  const open: number[] = [];
  for (let before = now + 1000; open.length <= MOST_COUNTED;) {
    const at = cron.previousRuns(1, new Date(before))[0]?.getTime() ?? after;
    if (at <= after) break;
    if (at <= now) open.push(at);
    before = at;
  }
  const due = open[0];
  return { ...(due === undefined ? {} : { due }), missed: Math.max(0, open.length - 1), ...coming };
}

function afterIt(cron: Cron, at: number): Pick<Due, 'next'> {
  const next = cron.nextRun(new Date(at))?.getTime();
  return next === undefined ? {} : { next };
}

/** @throws HoldfastError BAD_INPUT for what is no cron expression of five fields, never comes, or no time zone */
export function checkSchedule(cron: string, timeZone: string, now: number): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new HoldfastError('BAD_INPUT', `"${timeZone}" is no time zone; one is written like Europe/Zurich.`);
  }
  let next: Date | null = null;
  try {
    next = cronIn(cron, timeZone).nextRun(new Date(now));
  } catch {
    // Told below, as for a day that no year has.
  }
  if (next !== null) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `"${cron}" names no time that ever comes. Cron has five fields (minute hour day month weekday); or say it in words: "${SCHEDULE_EXAMPLES[0]}".`,
  );
}

function cronIn(cron: string, timeZone: string): Cron {
  return new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true });
}
