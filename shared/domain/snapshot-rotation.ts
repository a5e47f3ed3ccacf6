/**
 * Which snapshots of the catalogue a location keeps: the newest three, and one for each of the last seven days, four weeks
 * and twelve months. Old ones answer for damage that is noticed late, new ones for a disk that dies today.
 */

export interface TakenSnapshot {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
}

const DAY_MS = 86_400_000;
const NEWEST = 3;
const DAYS = 7;
const WEEKS = 4;
const MONTHS = 12;

/**
 * Ids of the snapshots to keep. Of a day, a week or a month the newest one stands for it; days, weeks (from Monday) and months
 * are UTC. One that is dated after `now` is kept: a clock that was wrong must not cost a snapshot.
 */
export function snapshotsToKeep(snapshots: readonly TakenSnapshot[], now: number): Set<number> {
  const newestFirst = [...snapshots].sort((a, b) => b.takenAt - a.takenAt || b.id - a.id);
  const kept = new Set(newestFirst.slice(0, NEWEST).map(({ id }) => id));
  for (const { id, takenAt } of newestFirst) if (takenAt > now) kept.add(id);
  for (const [periodOf, count] of [
    [dayOf, DAYS],
    [weekOf, WEEKS],
    [monthOf, MONTHS],
  ] as const) {
    const oldest = periodOf(now) - count + 1;
    const seen = new Set<number>();
    for (const { id, takenAt } of newestFirst) {
      const period = periodOf(takenAt);
      if (takenAt > now || period < oldest || seen.has(period)) continue;
      seen.add(period);
      kept.add(id);
    }
  }
  return kept;
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}

/** The epoch began on a Thursday: three days after a Monday. */
function weekOf(time: number): number {
  return Math.floor((dayOf(time) + 3) / 7);
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
