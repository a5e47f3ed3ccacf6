import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { ReportPeriod } from '../ports/reporting.ts';
import { day } from './words.ts';

const DAY_MS = 86_400_000;

export interface WantedPeriod {
  readonly year?: number | undefined;
  /** Days, ISO 8601; both belong to it. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A period of whole days, UTC, and how it is called. */
export interface NamedPeriod extends ReportPeriod {
  readonly name: string;
  /** Of its name in a file. */
  readonly slug: string;
  /** Days, ISO 8601; both belong to it, as far as it is over. */
  readonly first: string;
  readonly last: string;
  readonly isOver: boolean;
}

/**
 * @param now milliseconds since 1970
 * @param fallback what is meant where nothing is said
 * @throws HoldfastError BAD_INPUT for a period that ends before it begins, or that has not begun
 */
export function periodOf(
  { year, from, to }: WantedPeriod,
  now: number,
  fallback: 'this year' | 'twelve months',
): NamedPeriod {
  const today = isoDay(now);
  const whole =
    year ??
    (from === undefined && to === undefined && fallback === 'this year'
      ? Number(today.slice(0, 4))
      : undefined);
  const last = whole === undefined ? (to ?? today) : `${four(whole)}-12-31`;
  const first = whole === undefined ? (from ?? yearBefore(last)) : `${four(whole)}-01-01`;
  if (first > last)
    throw new HoldfastError(
      'BAD_INPUT',
      `The period ends on ${last}, before it begins on ${first}. Nothing was written.`,
    );
  if (first > today)
    throw new HoldfastError(
      'BAD_INPUT',
      `The period begins on ${first}, which is yet to come. Nothing was written.`,
    );
  return {
    from: Date.parse(first),
    until: Date.parse(last) + DAY_MS,
    name: whole === undefined ? `${day(first)} to ${day(last)}` : String(whole),
    slug: whole === undefined ? `${first}-to-${last}` : String(whole),
    first,
    last: last < today ? last : today,
    isOver: last < today,
  };
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function four(year: number): string {
  return String(year).padStart(4, '0');
}

/** The day after the same day of the year before, so that the period has a year. */
function yearBefore(last: string): string {
  const at = new Date(last);
  at.setUTCFullYear(at.getUTCFullYear() - 1);
  return isoDay(at.getTime() + DAY_MS);
}

/** `YYYY-MM` of each month that has begun. */
export function monthsOf({ first, last }: Pick<NamedPeriod, 'first' | 'last'>): string[] {
  const months: string[] = [];
  const at = new Date(`${first.slice(0, 7)}-01`);
  while (at.toISOString().slice(0, 7) <= last.slice(0, 7)) {
    months.push(at.toISOString().slice(0, 7));
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
}
