import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import { decodeUtf8, displayPath } from '../../../../shared/domain/path.ts';
import type {
  BagRow,
  BagToSucceed,
  SuccessionReader,
  SuccessorMade,
} from '../../../core/ports/succession.ts';
import type { Connection } from '../connection.ts';
import { IN_PAYLOAD, payloadBounds, SUCCEEDED, successorPath } from '../successions.ts';
import { tagFilesOf } from './replication.ts';
import { valueIf } from './rows.ts';

type Methods = {
  [Name in keyof SuccessionReader]: (
    ...args: Parameters<SuccessionReader[Name]>
  ) => Awaited<ReturnType<SuccessionReader[Name]>>;
};

/** What whoever makes the successor of a sealed bag must know. */
export function successionReading(connection: Connection): Methods {
  return {
    bagsToSucceed: (...args) => bagsToSucceed(connection, ...args),
    openSuccessions: (jobId) => openSuccessions(connection, jobId),
    bagRows: (...args) => bagRows(connection, ...args),
    supersededBags: (locationId) => supersededBags(connection, locationId),
    successorsMadeBy: (jobId) => successorsMadeBy(connection, jobId),
  };
}

interface AtHand {
  readonly id: number;
  readonly accrualId: number;
  readonly locationId: number;
  readonly path: RawPath;
  readonly files: number;
  readonly bytes: number;
}

function bagsToSucceed(connection: Connection, bagIds: readonly number[], jobId?: number): BagToSucceed[] {
  const copying = connection
    .sql<number>(
      `SELECT a.job_id FROM staged_bags s JOIN acts a ON a.id = s.act_id
       WHERE s.accrual_id = ? AND a.job_id IS NOT ? AND (a.kind <> 'succession' OR s.location_id = ?) LIMIT 1`,
    )
    .pluck(true);
  return connection
    .sql<AtHand>(
      `SELECT b.id, b.accrual_id AS accrualId, b.location_id AS locationId, b.path, b.files, b.octets AS bytes
       FROM bags b WHERE b.id IN (SELECT value FROM json_each(?)) AND b.deleted_at IS NULL AND NOT ${SUCCEEDED} ORDER BY b.id`,
    )
    .all(JSON.stringify(bagIds))
    .map((bag) => ({
      ...bag,
      successor: successorPath(connection, bag),
      tagFiles: tagFilesOf(connection, bag.id),
      ...valueIf('copiedBy', copying.get(bag.accrualId, jobId ?? null, bag.locationId)),
    }));
}

function openSuccessions(connection: Connection, jobId: number): number[] {
  return connection
    .sql<number>(
      `SELECT max(b.id) FROM acts a JOIN staged_bags s ON s.act_id = a.id
         JOIN bags b ON b.accrual_id = s.accrual_id AND b.location_id = s.location_id
       WHERE a.job_id = ? AND a.kind = 'succession' AND a.closed_at IS NULL GROUP BY a.id`,
    )
    .pluck(true)
    .all(jobId);
}

interface Row {
  readonly id: number;
  readonly folder: RawPath;
  readonly name: Buffer;
  readonly object_id: number;
  readonly size: number;
  readonly sha256: Buffer;
  readonly sha512: Buffer | null;
}

function bagRows(connection: Connection, bagId: number, after: number, limit: number): BagRow[] {
  const bag = connection
    .sql<{ accrualId: number; locationId: number; path: Buffer }>(
      'SELECT accrual_id AS accrualId, location_id AS locationId, path FROM bags WHERE id = ?',
    )
    .get(bagId);
  if (bag === undefined) throw new Error(`there is no bag ${bagId}`);
  const below = bag.path.length + '/data/'.length;
  return connection
    .sql<Row>(
      `SELECT r.id, f.path AS folder, r.name, o.id AS object_id, o.size, o.sha256,
         (SELECT value FROM digests d WHERE d.object_id = o.id AND d.algorithm = 'sha512') AS sha512
       FROM replicas r CROSS JOIN folders f ON f.id = r.folder_id CROSS JOIN objects o ON o.id = r.object_id
       WHERE r.accrual_id = ? AND r.id > ? AND ${IN_PAYLOAD} ORDER BY r.id LIMIT ?`,
    )
    .all(bag.accrualId, after, ...payloadBounds(bag), limit)
    .map((row) => {
      const path = joinRaw(row.folder, row.name).subarray(below) as RawPath;
      return {
        replicaId: row.id,
        path: decodeUtf8(path) ?? displayPath(path),
        objectId: row.object_id,
        size: row.size,
        sha256: row.sha256,
        ...valueIf('sha512', row.sha512),
      };
    });
}

function supersededBags(connection: Connection, locationId: number): { id: number; path: RawPath }[] {
  return connection
    .sql<{ id: number; path: RawPath }>(
      `SELECT b.id, b.path FROM bags b WHERE b.location_id = ? AND b.deleted_at IS NULL AND ${SUCCEEDED} ORDER BY b.id`,
    )
    .all(locationId);
}

interface MadeRow {
  readonly location_id: number;
  readonly location: string;
  readonly root: RawPath;
  readonly path: RawPath;
  readonly superseded: RawPath;
  readonly files: number;
  readonly bytes: number;
}

function successorsMadeBy(connection: Connection, jobId: number): SuccessorMade[] {
  return connection
    .sql<MadeRow>(
      `SELECT b.location_id, l.name AS location, l.root, b.path, p.path AS superseded, b.files, b.octets AS bytes
       FROM acts a JOIN events e ON e.seq = a.event_seq
         JOIN bags b ON b.id = e.body ->> '$.facts.bag.id' JOIN bags p ON p.id = e.body ->> '$.facts.supersedes.id'
         JOIN locations l ON l.id = b.location_id
       WHERE a.job_id = ? AND a.kind = 'succession' ORDER BY a.id`,
    )
    .all(jobId)
    .map((row) => ({
      locationId: row.location_id,
      location: row.location,
      path: joinRaw(row.root, row.path),
      supersedes: joinRaw(row.root, row.superseded),
      files: row.files,
      bytes: row.bytes,
    }));
}
