import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import type { AuditPlan } from '../../../core/ports/auditing.ts';
import type { PlannedCheck } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { Paths } from './rows.ts';

/** Rows fetched with one call: bounds memory, and costs nothing measurable. */
const FOLDERS_AT_ONCE = 2_000;
/** As for what is overdue: a day. */
const MOST_AHEAD_MS = 86_400_000;

/**
 * Ids of the location's replicas: never verified first, then by the time of their last verification, and where that is the
 * same by path, so that a disk is read in its own order. Those that the act has an outcome for are left out. A verification that is
 * dated further ahead than a clock can err proves nothing of when it was: that replica comes among the first.
 */
export function auditPlan(connection: Connection, locationId: number, actId: number): AuditPlan {
  const done = new Set(checkedReplicas(connection, actId));
  const folders = connection
    .sql<number>('SELECT id FROM folders WHERE location_id = ? ORDER BY path')
    .pluck(true)
    .all(locationId);
  const files = connection
    .sql<[number, number]>(
      `SELECT r.id, coalesce(r.verified_at, -1) FROM json_each(?) j CROSS JOIN replicas r ON r.folder_id = j.value
       ORDER BY j.key, r.name`,
    )
    .raw(true);
  const latest = Date.now() + MOST_AHEAD_MS;
  const ids = new Int32List();
  const times: number[] = [];
  for (let from = 0; from < folders.length; from += FOLDERS_AT_ONCE)
    for (const [id, verifiedAt] of files.all(JSON.stringify(folders.slice(from, from + FOLDERS_AT_ONCE)))) {
      if (done.has(id)) continue;
      ids.push(id);
      times.push(verifiedAt > latest ? -1 : verifiedAt);
    }
  return inOrderOf(ids.values(), Float64Array.from(times));
}

/** Ids of all replicas of a location in the order in which their files were written there, as far as its file system tells. */
export function writtenOrder(connection: Connection, locationId: number): Int32Array {
  const ids = connection
    .sql<number>(
      `SELECT r.id FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id WHERE f.location_id = ?
       ORDER BY r.ctime_ns, r.inode, r.id`,
    )
    .pluck(true)
    .all(locationId);
  return Int32Array.from(ids);
}

/** Ids of the replicas that an act has an outcome for. */
export function checkedReplicas(connection: Connection, actId: number): Int32Array {
  const ids = connection
    .sql<number>('SELECT replica_id FROM act_outcomes WHERE act_id = ? AND replica_id IS NOT NULL')
    .pluck(true)
    .all(actId);
  return Int32Array.from(ids);
}

/** Bytes that an act has read, as far as it was recorded. */
export function bytesReadBy(connection: Connection, actId: number): number {
  const row = connection
    .sql<{ bytes: number | null }>(`SELECT tally ->> '$.bytes' AS bytes FROM acts WHERE id = ?`)
    .get(actId);
  return row?.bytes ?? 0;
}

/** How many replicas an act has recorded with which outcome. */
export function outcomesOf(connection: Connection, actId: number): Record<string, number> {
  const rows = connection
    .sql<{ outcome: string; n: number }>(
      `SELECT outcome, count(*) AS n FROM act_outcomes WHERE act_id = ? AND replica_id IS NOT NULL
       GROUP BY outcome ORDER BY outcome`,
    )
    .all(actId);
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
}

/** Sorts by time, stably. Ranks and positions share one double (below 2^53), so that the native numeric sort does it. */
function inOrderOf(ids: Int32Array, times: Float64Array): AuditPlan {
  const count = ids.length;
  const sorted = times.slice().sort();
  let distinct = 0;
  for (let i = 0; i < count; i++)
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[distinct++] = sorted[i] ?? 0;
  const ranks = sorted.subarray(0, distinct);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = rankOf(ranks, times[i] ?? 0) * count + i;
  keys.sort();
  const plan = { ids: new Int32Array(count), verifiedAt: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const at = (keys[i] ?? 0) % count;
    plan.ids[i] = ids[at] ?? 0;
    plan.verifiedAt[i] = times[at] ?? 0;
  }
  return plan;
}

function rankOf(ranks: Float64Array, value: number): number {
  let low = 0;
  let high = ranks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranks[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

class Int32List {
  #values = new Int32Array(1_024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  values(): Int32Array {
    return this.#values.slice(0, this.#length);
  }
}

interface CheckRow {
  readonly folder_id: number;
  readonly name: Buffer;
  readonly sha256: Uint8Array;
  readonly size: number;
  /** As text: nanoseconds are beyond what a double holds. */
  readonly mtime: string;
}

/** In the order given; ids that are none are passed over. */
export function plannedChecks(connection: Connection, replicaIds: Int32Array): PlannedCheck[] {
  const paths = new Paths(connection);
  const row = connection.sql<CheckRow>(
    `SELECT r.folder_id, r.name, o.sha256, o.size, CAST(r.mtime_ns AS TEXT) AS mtime
     FROM replicas r CROSS JOIN objects o ON o.id = r.object_id WHERE r.id = ?`,
  );
  const checks: PlannedCheck[] = [];
  for (const replicaId of replicaIds) {
    const found = row.get(replicaId);
    if (found === undefined) continue;
    const folder = paths.folder(found.folder_id);
    checks.push({
      replicaId,
      path: folder === undefined ? (found.name as Uint8Array as RawPath) : joinRaw(folder.path, found.name),
      sha256: found.sha256,
      size: found.size,
      mtimeNs: BigInt(found.mtime),
    });
  }
  return checks;
}
