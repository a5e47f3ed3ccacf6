import type { FindingCount } from '../../../shared/contract/fixity-lists.ts';
import type { FixitySearch } from './fixity-search.ts';

export interface Counted {
  /** Under both filters. */
  readonly shown: number;
  /** By outcome, under the filter of locations; and the sum of them. */
  readonly byOutcome: ReadonlyMap<string, number>;
  readonly anyOutcome: number;
  /** By location, under the filter of outcomes, in the order of their names. */
  readonly byLocation: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  readonly anyLocation: number;
}

/** What each chip would show: a filter counts under the other one, so that a number is what a press leads to. */
export function counted(rows: readonly FindingCount[], { outcome, location }: FixitySearch): Counted {
  const byOutcome = new Map<string, number>();
  const byLocation = new Map<string, { id: string; name: string; count: number }>();
  let [shown, anyOutcome, anyLocation] = [0, 0, 0];
  for (const row of rows) {
    const isOutcome = outcome === undefined || row.outcome === outcome;
    const isHere = location === undefined || row.location.id === location;
    if (isHere) {
      byOutcome.set(row.outcome, (byOutcome.get(row.outcome) ?? 0) + row.count);
      anyOutcome += row.count;
    }
    // A location of which this filter finds none keeps its chip: it does not vanish while one looks through the others.
    const place = byLocation.get(row.location.id) ?? { ...row.location, count: 0 };
    if (isOutcome) {
      place.count += row.count;
      anyLocation += row.count;
    }
    byLocation.set(row.location.id, place);
    if (isOutcome && isHere) shown += row.count;
  }
  return {
    shown,
    byOutcome,
    anyOutcome,
    byLocation: [...byLocation.values()].sort((a, b) => a.name.localeCompare(b.name)),
    anyLocation,
  };
}
