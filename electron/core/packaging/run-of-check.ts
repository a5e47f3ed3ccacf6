import type { PremisPlan } from '../ports/premis.ts';

type Run = PremisPlan['runs'][number];

/** Finds the run that a check of a copy belongs to, by its time and place: outcomes are kept by act, and not by copy. */
export class RunOfCheck {
  /** By location, each in the order of their beginnings. */
  readonly #runs = new Map<number, readonly Run[]>();
  /** The latest end among the runs up to each. */
  readonly #ends = new Map<number, readonly number[]>();

  constructor({ runs, locations }: Pick<PremisPlan, 'runs' | 'locations'>) {
    for (const { id } of locations) {
      const there = runs
        .filter(({ locationId }) => locationId === undefined || locationId === id)
        .sort((a, b) => a.openedAt - b.openedAt);
      let latest = -Infinity;
      this.#runs.set(id, there);
      this.#ends.set(
        id,
        there.map(({ closedAt }) => (latest = Math.max(latest, closedAt))),
      );
    }
  }

  /** The number of the event that closed it; undefined where there was none, or several ran at that time. */
  eventOf(locationId: number, checkedAt: number): number | undefined {
    const runs = this.#runs.get(locationId) ?? [];
    const ends = this.#ends.get(locationId) ?? [];
    let found: Run | undefined;
    for (let at = lastBegun(runs, checkedAt); at >= 0 && (ends[at] ?? 0) >= checkedAt; at--) {
      const run = runs[at];
      if (run === undefined || run.closedAt < checkedAt) continue;
      if (found !== undefined) return undefined;
      found = run;
    }
    return found?.event;
  }
}

/** Index of the last run that had begun by then; -1 for none. */
function lastBegun(runs: readonly Run[], time: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.openedAt ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
