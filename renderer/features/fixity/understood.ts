/** What was understood of a schedule while it is being said, so that nobody learns in March what "every quarter" meant. */
import { checkSchedule, dueAt } from '../../../shared/domain/due-times.ts';
import { readSchedule, scheduleWords, type ScheduleRule } from '../../../shared/domain/schedule-words.ts';

export interface Understood {
  readonly rule: ScheduleRule;
  /** The same in the words that will stand in the list. */
  readonly words: string;
  /** The next due times, in milliseconds since 1970. */
  readonly next: readonly number[];
  /** After so many runs everything was read once; absent where a bound of time, bytes or number does not tell. */
  readonly runs?: number;
}

const SHOWN = 3;

/** Undefined where nothing is said yet, or what is said is no schedule. */
export function understood(said: string, timeZone: string, now: number): Understood | undefined {
  if (said.trim() === '') return undefined;
  try {
    const rule = readSchedule(said);
    checkSchedule(rule.cron, timeZone, now);
    const next: number[] = [];
    for (let after = now; next.length < SHOWN;) {
      const at = dueAt({ cron: rule.cron, timeZone, createdAt: after }, after).next;
      if (at === undefined) break;
      next.push(at);
      after = at;
    }
    const { share, oldest, timeMs, bytes } = rule.budget;
    const isWhole = oldest === undefined && timeMs === undefined && bytes === undefined;
    return {
      rule,
      words: scheduleWords(rule),
      next,
      ...(isWhole ? { runs: share === undefined ? 1 : Math.ceil(1 / share - 1e-9) } : {}),
    };
  } catch {
    return undefined; // What is no schedule is told as such by whoever asks.
  }
}
