/** Days of the calendar, ISO 8601. */

const HOUR_MS = 3_600_000;

/** Whether the text is a day that the calendar has, such as 2027-06-30. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/**
 * Whether a day has begun nowhere yet: somebody in Kiritimati (UTC+14, the first to begin one) may have checked on it already.
 * @param nowMs since 1970
 */
export function isFutureDay(day: string, nowMs: number): boolean {
  return day > new Date(nowMs + 14 * HOUR_MS).toISOString().slice(0, 10);
}

/** When a day is over everywhere, in milliseconds since 1970: last on Baker Island (UTC−12). */
export function endOfDay(day: string): number {
  return Date.parse(day) + 36 * HOUR_MS;
}
