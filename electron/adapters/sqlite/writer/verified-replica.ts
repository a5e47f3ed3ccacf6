import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { dueDay } from '../../../../shared/domain/overdue.ts';
import type { FileStamp } from '../../../core/ports/readings.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';

export interface ReplicaRow {
  readonly id: number;
  readonly object_id: number;
  readonly folder_id: number;
  readonly location_id: number;
  readonly accession_id: number;
  readonly name: Buffer;
  readonly size: number;
  /** As text: nanoseconds are beyond what a double holds. */
  readonly mtime: string;
  readonly outcome: string;
  readonly verified_at: number | null;
  /** When custody of it was taken. */
  readonly accrued_at: number;
  readonly duration_ms: number;
}

/** @throws HoldfastError NOT_FOUND */
export function requireReplica(connection: Connection, id: number): ReplicaRow {
  const row = connection
    .sql<ReplicaRow>(
      `SELECT r.id, r.object_id, r.folder_id, f.location_id, c.accession_id, r.name, r.size, CAST(r.mtime_ns AS TEXT) AS mtime,
         r.outcome, r.verified_at, c.opened_at AS accrued_at, coalesce(t.duration_ms, 0) AS duration_ms
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN accruals c ON c.id = r.accrual_id
         LEFT JOIN technical_metadata t ON t.object_id = r.object_id WHERE r.id = ?`,
    )
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no rep-${id} in this archive.`);
  return row;
}

/** Its bytes were read here and are the expected ones. @param now when they were, in milliseconds since 1970 */
export function verifyReplica(
  context: WriterContext,
  id: number,
  stamp: FileStamp,
  now: number = Date.now(),
): void {
  const { connection, counters } = context;
  const { size, outcome, verified_at, accrued_at, duration_ms: ms } = requireReplica(connection, id);
  connection
    .sql(
      `UPDATE replicas SET outcome = 'intact', checked_at = ?, verified_at = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE id = ?`,
    )
    .run(now, now, stamp.mtimeNs, stamp.ctimeNs, stamp.inode, id);
  context.sawCheck();
  counters.add('outcome', outcome, -1, -size, -ms);
  counters.add('outcome', 'intact', 1, size, ms);
  counters.add('verified', String(dueDay(verified_at, accrued_at)), -1, -size, -ms);
  counters.add('verified', String(dueDay(now, accrued_at)), 1, size, ms);
}

/** Keeps what a replica was expected to be until now, and says from which event of the log on it no longer is. */
export function keepFormerBaseline(
  { connection }: WriterContext,
  actId: number,
  findingId: number,
  replica: ReplicaRow,
): void {
  connection
    .sql(
      `INSERT INTO former_baselines
         (replica_id, finding_id, object_id, folder_id, name, size, mtime_ns, verified_at, until, until_event, act_id)
       VALUES (?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), ?, ?, coalesce((SELECT max(seq) FROM events), 0), ?)`,
    )
    .run(
      replica.id,
      findingId,
      replica.object_id,
      replica.folder_id,
      replica.name,
      replica.size,
      replica.mtime,
      replica.verified_at,
      Date.now(),
      actId,
    );
  // It vouches for its location no more as it was; another is chosen when the act closes.
  connection
    .sql(
      `DELETE FROM location_sentinels WHERE location_id = ? AND path = (
         SELECT CASE WHEN length(f.path) = 0 THEN r.name ELSE CAST(f.path || x'2f' || r.name AS BLOB) END
         FROM replicas r JOIN folders f ON f.id = r.folder_id WHERE r.id = ?)`,
    )
    .run(replica.location_id, replica.id);
}
