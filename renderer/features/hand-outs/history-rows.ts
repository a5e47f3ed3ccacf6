/** Packages and what else was handed out, in one list. */
import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import type { EventSummary } from '../../../shared/contract/holdings.ts';

export type HistoryRow =
  | { readonly kind: 'package'; readonly id: string; readonly at: string; readonly handOut: HandOut }
  | { readonly kind: 'event'; readonly id: string; readonly at: string; readonly event: EventSummary };

/** As far as it is known, newest first. */
export interface Known<Row> {
  readonly rows: readonly Row[];
  /** Whether older ones follow. */
  readonly hasMore: boolean;
}

/** Newest first, and only as far back as both are known: what is asked for later never goes in between. */
export function historyRows(packages: Known<HandOut>, events: Known<EventSummary>): HistoryRow[] {
  const ofPackages = packages.rows.map((handOut): HistoryRow => ({
    kind: 'package',
    id: handOut.id,
    at: handOut.openedAt,
    handOut,
  }));
  const ofEvents = events.rows.map((event): HistoryRow => ({
    kind: 'event',
    id: event.id,
    at: event.at,
    event,
  }));
  const from = Math.max(knownFrom(ofPackages, packages.hasMore), knownFrom(ofEvents, events.hasMore));
  return [...ofPackages, ...ofEvents]
    .filter(({ at }) => Date.parse(at) >= from)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function knownFrom(rows: readonly HistoryRow[], hasMore: boolean): number {
  const oldest = rows.at(-1);
  return hasMore && oldest !== undefined ? Date.parse(oldest.at) : Number.NEGATIVE_INFINITY;
}
