/**
 * Schedules in plain words: how much, how often, when. "a twelfth every month" reads through the whole collection within a year,
 * and "everything every week on Sunday at 03:00" says its time. Cron is taken too, for who knows it. Pure.
 */
import { parseBytes, parseDuration, parseShare, type AuditBudget } from './audit-budget.ts';
import { HoldfastError } from './errors.ts';

export interface ScheduleRule {
  /** Five fields, in the time zone of the schedule. */
  readonly cron: string;
  readonly budget: AuditBudget;
}

/** What a person may say, for messages and help. */
export const SCHEDULE_EXAMPLES = [
  'a twelfth every month',
  'everything every quarter',
  'everything every week on Sunday at 03:00',
  '500 GB every night',
  '2 hours every day at 22:30',
  '0 3 * * 0',
] as const;

/** When nothing was said of it: people sleep, and nightly copies are mostly done. */
const AT_NIGHT = '03:00';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const FRACTIONS: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  twentieth: 20,
  thirtieth: 30,
  fiftieth: 50,
};

/** Words of a period, and its fields of cron after minute and hour; `day` is one of the month or of the week. */
const PERIODS: readonly {
  readonly words: readonly [string, ...string[]];
  readonly day: 'month' | 'week' | 'none';
  readonly first: number;
  readonly fields: (day: number) => string;
}[] = [
  { words: ['night', 'day'], day: 'none', first: 0, fields: () => '* * *' },
  { words: ['week'], day: 'week', first: 0, fields: (day) => `* * ${String(day)}` },
  { words: ['month'], day: 'month', first: 1, fields: (day) => `${String(day)} * *` },
  {
    words: ['quarter', 'three months', '3 months'],
    day: 'month',
    first: 1,
    fields: (day) => `${String(day)} 1,4,7,10 *`,
  },
  {
    words: ['half year', 'half-year', 'six months', '6 months'],
    day: 'month',
    first: 1,
    fields: (day) => `${String(day)} 1,7 *`,
  },
  {
    words: ['year', 'twelve months', '12 months'],
    day: 'month',
    first: 1,
    fields: (day) => `${String(day)} 1 *`,
  },
];

/** Minute and hour are never letters, so that no words are taken for it. */
const CRON = /^(?:(.+), ?)?([\d*][\d*,/-]* [\d*][\d*,/-]*(?: [\w*,/#?+-]+){3})$/;

/** No month is without it. */
const LAST_DAY_OF_EVERY_MONTH = 28;

/**
 * What a person said, as a rule. A budget before a cron expression ends with a comma: `a twelfth, 0 3 1 * *`.
 * @throws HoldfastError BAD_INPUT with examples
 */
export function readSchedule(words: string): ScheduleRule {
  const text = words.trim().replace(/\s+/g, ' ');
  const [, said, cron] = CRON.exec(text) ?? [];
  if (cron !== undefined) return { cron, budget: amountOf(said ?? 'everything', words) };
  const [, amount = '', when = ''] = /^(.+?) (?:every|each|once a) (.+)$/i.exec(text) ?? [];
  if (when === '') throw unknownWords(words);
  return { cron: cronOf(when.toLowerCase(), words), budget: amountOf(amount, words) };
}

/** A rule in words that `readSchedule` takes again for the same rule. */
export function scheduleWords({ cron, budget }: ScheduleRule): string {
  const when = whenOf(cron);
  const amount = amountWords(budget);
  if (when !== undefined) return `${amount} every ${when}`;
  return amount === 'everything' ? cron : `${amount}, ${cron}`;
}

function cronOf(when: string, words: string): string {
  const [, period = '', on, time = AT_NIGHT] =
    /^(.+?)(?: on (?:the )?([a-z]+|\d{1,2}(?:st|nd|rd|th)?))?(?: at (\d{1,2}:\d{2}))?$/.exec(when) ?? [];
  // A day of the week alone is a week: "every Sunday".
  const weekday = dayOfWeek(period);
  const rule = weekday === undefined ? PERIODS.find((each) => each.words.includes(period)) : PERIODS[1];
  if (rule === undefined) throw unknownWords(words);
  const day = weekday ?? (on === undefined ? rule.first : dayOf(on, rule.day));
  const [hour = NaN, minute = NaN] = time.split(':').map(Number);
  if (day === undefined || (weekday !== undefined && on !== undefined) || hour > 23 || minute > 59)
    throw unknownWords(words);
  return `${String(minute)} ${String(hour)} ${rule.fields(day)}`;
}

function dayOf(on: string, of: 'month' | 'week' | 'none'): number | undefined {
  if (of === 'week') return dayOfWeek(on);
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(on)?.[1]);
  return of === 'month' && day >= 1 && day <= LAST_DAY_OF_EVERY_MONTH ? day : undefined;
}

function dayOfWeek(word: string): number | undefined {
  const found = DAYS.findIndex((day) => [day.toLowerCase(), day.slice(0, 3).toLowerCase()].includes(word));
  return found < 0 ? undefined : found;
}

function amountOf(text: string, words: string): AuditBudget {
  const lower = text.trim().toLowerCase();
  if (/^(everything|all|all of it)$/.test(lower)) return {};
  const fraction = FRACTIONS[/^(?:a|an|one) (\w+)$/.exec(lower)?.[1] ?? ''];
  if (fraction !== undefined) return { share: 1 / fraction };
  const oldest = Number(/^(?:the )?(\d+) (?:oldest|longest unverified|copies|files)$/.exec(lower)?.[1]);
  if (oldest > 0 && Number.isSafeInteger(oldest)) return { oldest };
  const share = /[%/]| percent$/.test(lower) ? parseShare(lower.replace(/ percent$/, '%')) : undefined;
  if (share !== undefined) return { share };
  const timeMs = parseDuration(
    lower.replace(/\b(?:hours?|minutes?|mins?)\b/g, (unit) => unit.charAt(0)).replace(/^an /, '1 '),
  );
  if (timeMs !== undefined) return { timeMs };
  // A number alone is no amount: of what?
  const bytes = /[kmgt]b?$/.test(lower) ? parseBytes(lower) : undefined;
  if (bytes !== undefined) return { bytes };
  throw unknownWords(words);
}

function amountWords({ share, oldest, timeMs, bytes }: AuditBudget): string {
  if (share !== undefined) {
    const parts = Math.round(1 / share);
    const name = Object.entries(FRACTIONS).find(([, below]) => below === parts)?.[0];
    const isFraction = Math.abs(share * parts - 1) < 1e-9 && parts > 1;
    if (isFraction)
      return name === undefined ? `1/${String(parts)}` : `${/^e/.test(name) ? 'an' : 'a'} ${name}`;
    return `${String(Number((share * 100).toPrecision(12)))} %`;
  }
  if (oldest !== undefined) return `the ${String(oldest)} oldest`;
  if (timeMs !== undefined) return timeWords(timeMs);
  if (bytes !== undefined) return bytesWords(bytes);
  return 'everything';
}

function timeWords(ms: number): string {
  const units = [
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const;
  const [unit, name] = units.find(([length]) => ms % length === 0) ?? [1000, 's'];
  const count = Number((ms / unit).toPrecision(12));
  return name === 's' ? `${String(count)}s` : `${String(count)} ${name}${count === 1 ? '' : 's'}`;
}

function bytesWords(bytes: number): string {
  const units = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
  ] as const;
  const [unit, name] = units.find(([size]) => bytes >= size) ?? [1e3, 'kB'];
  return `${String(Number((bytes / unit).toPrecision(15)))} ${name}`;
}

function whenOf(cron: string): string | undefined {
  const [minute = '', hour = '', ...rest] = cron.split(' ');
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const at = time === AT_NIGHT ? '' : ` at ${time}`;
  for (const { words, day: of, fields } of PERIODS) {
    const days =
      of === 'none'
        ? [0]
        : of === 'week'
          ? [0, 1, 2, 3, 4, 5, 6]
          : [...Array(LAST_DAY_OF_EVERY_MONTH).keys()].map((n) => n + 1);
    const day = days.find((each) => fields(each) === rest.join(' '));
    if (day === undefined) continue;
    if (of === 'week') return `week on ${DAYS[day] ?? ''}${at}`;
    return `${words[0]}${of === 'month' && day !== 1 ? ` on the ${ordinal(day)}` : ''}${at}`;
  }
  return undefined;
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${String(day)}${ending}`;
}

function unknownWords(words: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `"${words}" says no schedule. Say how much and how often, for example: ${SCHEDULE_EXAMPLES.map((each) => `"${each}"`).join(', ')}. ` +
      'Days are those of the week, or the 1st to the 28th.',
  );
}
