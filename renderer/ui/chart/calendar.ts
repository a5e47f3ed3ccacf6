/** Days as a calendar shows them: weeks beside each other, Monday first. A day is `2026-11-03`, without a time zone. */

export const WEEKS = 53;
const DAY_MS = 86_400_000;

export interface CalendarWeeks {
  /** Oldest first, seven days each; what lies after the last day is left out. */
  readonly weeks: readonly (readonly string[])[];
  /** Where a month begins: the week, counted from 0, that holds its first day. */
  readonly months: readonly { readonly week: number; readonly day: string }[];
}

/** The weeks that end with the one of this day. */
export function calendarWeeks(last: string): CalendarWeeks {
  const end = Date.parse(last);
  const weekday = (new Date(end).getUTCDay() + 6) % 7;
  const start = end - (weekday + (WEEKS - 1) * 7) * DAY_MS;
  const weeks = Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => start + (week * 7 + at) * DAY_MS)
      .filter((time) => time <= end)
      .map((time) => new Date(time).toISOString().slice(0, 10)),
  );
  const months = weeks.flatMap((days, week) => {
    const day = days.find((each) => each.endsWith('-01'));
    return day === undefined ? [] : [{ week, day }];
  });
  return { weeks, months };
}

/** The day on which something was, where the reader is. */
export function localDay(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** How much ink a day gets, by quarters of the most: 0 for nothing, and never nothing for something. */
export function inkOf(value: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (value <= 0 || most <= 0) return 0;
  const share = value / most;
  if (share > 0.75) return 4;
  if (share > 0.5) return 3;
  return share > 0.25 ? 2 : 1;
}
