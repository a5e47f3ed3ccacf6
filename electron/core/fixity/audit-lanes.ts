/**
 * Which replica is read next, where an audit goes over several locations at once: always the longest unverified one whose location
 * has a reader free, and within a location in the order of its disk.
 */
import { fitting, type AuditBudget, type BudgetEnd } from '../../../shared/domain/audit-budget.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { InFlight } from '../jobs/in-flight.ts';
import type { AuditPlan } from '../ports/auditing.ts';
import type { CatalogueReader, LocationIdentity, PlannedCheck } from '../ports/catalogue.ts';

/** What is to be read of one location. */
export interface AuditLane {
  readonly location: LocationIdentity;
  /** Longest unverified first, where that is the same by path. */
  readonly plan: AuditPlan;
  /** How many of its files are read at once. */
  readonly readers: number;
}

const CHUNK = 1024;

/**
 * Leaves so many of all lanes as are to be read, the longest unverified. Where that is the same, locations take turns by their size:
 * otherwise the first of them would be read alone.
 */
export function cutLanes(lanes: readonly AuditLane[], most: number): AuditLane[] {
  const all = lanes.reduce((sum, { plan }) => sum + plan.ids.length, 0);
  if (most >= all) return [...lanes];
  const taken = lanes.map(() => 0);
  for (let count = 0; count < most; count++) {
    const at = nextOf(lanes, taken, () => true);
    taken[at] = (taken[at] ?? 0) + 1;
  }
  return lanes.map((lane, at) => ({
    ...lane,
    plan: {
      ids: lane.plan.ids.subarray(0, taken[at]),
      verifiedAt: lane.plan.verifiedAt.subarray(0, taken[at]),
    },
  }));
}

/** Which of the lanes that may be taken from has the longest unverified replica next; -1 where none has any. */
function nextOf(
  lanes: readonly AuditLane[],
  taken: readonly number[],
  isFree: (lane: number) => boolean,
): number {
  let best = -1;
  let [bestTime, bestShare] = [Infinity, Infinity];
  for (const [at, { plan }] of lanes.entries()) {
    const position = taken[at] ?? 0;
    if (position >= plan.ids.length || !isFree(at)) continue;
    const time = plan.verifiedAt[position] ?? 0;
    const share = position / plan.ids.length;
    if (time > bestTime || (time === bestTime && share >= bestShare)) continue;
    [best, bestTime, bestShare] = [at, time, share];
  }
  return best;
}

export interface LaneReading {
  readonly reader: CatalogueReader;
  readonly budget: AuditBudget;
  /** Batches under way over all lanes. */
  readonly atOnce: number;
  /** What the run has read before it was interrupted; against its budget of bytes. */
  readonly bytesBefore: number;
  readonly signal: AbortSignal;
  /** Milliseconds, of any clock that never goes back. */
  readonly now: () => number;
}

/**
 * Reads lanes to their end, or to that of the budget: batches under way are finished then, none is begun. `work` answers whether its
 * location is still there; of one that is lost nothing more is read.
 */
export async function readLanes(
  lanes: readonly AuditLane[],
  { reader, budget, atOnce, bytesBefore, signal, now }: LaneReading,
  work: (lane: AuditLane, batch: readonly PlannedCheck[]) => Promise<boolean>,
): Promise<BudgetEnd | undefined> {
  const deadline = budget.timeMs === undefined ? Infinity : now() + budget.timeMs;
  const batches = lanes.map((lane) => batchesOf(reader, lane));
  const taken = lanes.map(() => 0);
  const busy = lanes.map(() => 0);
  const over = lanes.map(() => false);
  const inFlight = new InFlight(atOnce);
  let bytes = bytesBefore;
  let ended: BudgetEnd | undefined;
  try {
    while (!signal.aborted && ended === undefined) {
      const at = nextOf(
        lanes,
        taken,
        (lane) => !over[lane] && (busy[lane] ?? 0) < (lanes[lane]?.readers ?? 0),
      );
      if (at < 0) {
        // Every lane is at its end, or has no reader free: that is so until something under way is done.
        if (busy.every((count) => count === 0)) break;
        await inFlight.oneDone();
        continue;
      }
      if (now() >= deadline) {
        ended = 'time';
        break;
      }
      const lane = lanes[at] as AuditLane;
      const next = await batches[at]?.next();
      if (next === undefined || next.done === true) {
        over[at] = true;
        continue;
      }
      const { value } = next;
      taken[at] = value.next;
      const room = (budget.bytes ?? Infinity) - bytes;
      const sizes = value.batch.map(({ size }) => size);
      const count = fitting(sizes, room, bytes === 0);
      if (count < sizes.length) ended = 'bytes';
      if (count === 0) break;
      bytes += sizes.slice(0, count).reduce((sum, size) => sum + size, 0);
      busy[at] = (busy[at] ?? 0) + 1;
      await inFlight.run(async () => {
        try {
          if (!(await work(lane, value.batch.slice(0, count)))) over[at] = true;
        } finally {
          busy[at] = (busy[at] ?? 1) - 1;
        }
      });
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    throw error;
  }
  return ended;
}

async function* batchesOf(
  reader: CatalogueReader,
  { plan: { ids } }: AuditLane,
): AsyncGenerator<{ readonly batch: PlannedCheck[]; readonly next: number }> {
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.subarray(from, from + CHUNK);
    // Where in the chunk each stands: ids that custody has ended of meanwhile have no check.
    const places = new Map(Array.from(chunk, (id, place) => [id, place]));
    for (const batch of batchesBySize(await reader.plannedChecks(chunk), ({ size }) => size)) {
      const last = batch.at(-1)?.replicaId ?? -1;
      yield { batch, next: from + (places.get(last) ?? 0) + 1 };
    }
  }
}
