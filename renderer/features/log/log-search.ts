/** What the address of the log says; anything else in it is passed over. */
import type { EventFilter } from '../../../shared/contract/events.ts';
import { EVENT_OUTCOMES, EVENT_TYPES } from '../../../shared/domain/vocabulary.ts';

export interface LogSearch {
  readonly type?: (typeof EVENT_TYPES)[number];
  readonly outcome?: (typeof EVENT_OUTCOMES)[number];
  /** An agent's name. */
  readonly agent?: string;
  /** Days, YYYY-MM-DD, of the reader's own calendar; both are included. */
  readonly since?: string;
  readonly until?: string;
  readonly text?: string;
}

export function logSearch(raw: Record<string, unknown>): LogSearch {
  const type = EVENT_TYPES.find((each) => each === raw['type']);
  const outcome = EVENT_OUTCOMES.find((each) => each === raw['outcome']);
  const agent = textOf(raw['agent']);
  const since = dayOf(raw['since']);
  const until = dayOf(raw['until']);
  const text = textOf(raw['text']);
  return {
    ...(type === undefined ? {} : { type }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(agent === undefined ? {} : { agent }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(text === undefined ? {} : { text }),
  };
}

/** Undefined where nothing is asked for: then the list is the whole log. */
export function filterOf(search: LogSearch): EventFilter | undefined {
  const { since, until, text, ...rest } = search;
  const words = text?.trim() ?? '';
  const filter: EventFilter = {
    ...rest,
    ...(since === undefined ? {} : { since: startOfDay(since) }),
    ...(until === undefined ? {} : { until: endOfDay(until) }),
    ...(words === '' ? {} : { text: words }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** A change of the filter; what is undefined or empty is taken out of the address. */
export function changed(
  search: LogSearch,
  part: { readonly [Key in keyof LogSearch]?: string | undefined },
): LogSearch {
  return logSearch({ ...search, ...part });
}

function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}

function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999`).toISOString();
}

function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const date = new Date(`${value}T00:00:00Z`);
  // The calendar turns 31 February into 2 March; that is no day that anybody meant.
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value ? undefined : value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined;
}
