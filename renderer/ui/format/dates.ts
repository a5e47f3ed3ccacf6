import { textsOf } from '../i18n.ts';
import { cached, readerLocale, wordLocale } from './locale.ts';

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

const TIME = /^\d{4}-\d{2}-\d{2}(?:T|$)/;

/** Milliseconds since 1970, NaN for what is neither RFC 3339 nor a day: engines take `1987?` for a date. */
export function timeOf(at: string): number {
  return TIME.test(at) ? Date.parse(at) : Number.NaN;
}

const dateOf = cached(
  (locale, kind) =>
    new Intl.DateTimeFormat(
      locale,
      kind === 'moment'
        ? { dateStyle: 'long', timeStyle: 'short' }
        : { dateStyle: 'long', ...(kind === 'utc' ? { timeZone: 'UTC' } : {}) },
    ),
);
const relativeOf = cached((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** `3 November 2026`. A day without a time is that day everywhere; what is no date is returned as it is. */
export function formatDate(at: string, locale = readerLocale()): string {
  const date = timeOf(at);
  if (Number.isNaN(date)) return at;
  return dateOf(locale, DAY_ONLY.test(at) ? 'utc' : 'day').format(date);
}

/** `3 November 2026 at 14:05`, in the reader's time zone. */
export function formatDateTime(at: string, locale = readerLocale()): string {
  const date = timeOf(at);
  if (Number.isNaN(date)) return at;
  return DAY_ONLY.test(at) ? formatDate(at, locale) : dateOf(locale, 'moment').format(date);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From which distance on, counted in which unit. */
const STEPS: readonly (readonly [least: number, length: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [548 * DAY, 365.25 * DAY, 'year'],
  [60 * DAY, 30.44 * DAY, 'month'],
  [21 * DAY, 7 * DAY, 'week'],
  [22 * HOUR, DAY, 'day'],
  [45 * MINUTE, HOUR, 'hour'],
  [45_000, MINUTE, 'minute'],
];

/** `2 days ago`, `in 3 weeks`, `just now`. */
export function formatRelative(at: string, now: number = Date.now(), locale = readerLocale()): string {
  const time = timeOf(at);
  if (Number.isNaN(time)) return at;
  const distance = time - now;
  const format = relativeOf(wordLocale(locale), '');
  for (const [least, length, unit] of STEPS) {
    if (Math.abs(distance) < least) continue;
    const amount = Math.round(distance / length);
    return format.format(amount === 0 ? Math.sign(distance) : amount, unit);
  }
  // What the languages of the reader say is `now`, which reads as if it went on: `verified now`.
  return textsOf('ui')('justNow');
}
