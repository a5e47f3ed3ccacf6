import type { RawPath } from '../../../../shared/domain/path.ts';
import type { SupersededPlace } from '../../../core/ports/superseded.ts';
import type { Connection } from '../connection.ts';
import { IN_PAYLOAD, payloadBounds, SUCCEEDED } from '../successions.ts';
import { holdersBelow } from './custody.ts';

interface Row {
  readonly id: number;
  readonly accrual_id: number;
  readonly location_id: number;
  readonly location_name: string;
  readonly root: RawPath;
  readonly path: Buffer;
  readonly files: number;
  readonly bytes: number;
  /** The job that began to remove it. */
  readonly job_id: number | null;
  readonly last_id: number;
  readonly last_path: Buffer;
  readonly last_files: number;
}

/** What an open act has begun to remove stands in its tally. */
const BEGUN = `
  SELECT a.job_id FROM acts a, json_each(a.tally, '$.begun') j
  WHERE a.kind = 'superseded deletion' AND a.closed_at IS NULL AND j.value = b.id`;

const PLACES = `
  SELECT b.id, b.accrual_id, b.location_id, l.name AS location_name, l.root, b.path, b.files, b.octets AS bytes, (${BEGUN}) AS job_id,
    n.id AS last_id, n.path AS last_path, n.files AS last_files
  FROM accruals c JOIN bags b ON b.accrual_id = c.id JOIN locations l ON l.id = b.location_id
    JOIN bags n ON n.id = (SELECT max(m.id) FROM bags m WHERE m.accrual_id = b.accrual_id AND m.location_id = b.location_id)
  WHERE c.accession_id = ? AND b.deleted_at IS NULL AND ${SUCCEEDED} ORDER BY b.location_id, b.id`;

export function supersededPlaces(connection: Connection, accessionId: number): SupersededPlace[] {
  return connection
    .sql<Row>(PLACES)
    .all(accessionId)
    .map((row) => ({
      id: row.id,
      locationId: row.location_id,
      locationName: row.location_name,
      locationRoot: row.root,
      bag: {
        id: row.id,
        path: row.path as Uint8Array as RawPath,
        heldBy: holdersBelow(connection, row.location_id, row.path),
      },
      state: row.job_id === null ? 'pending' : 'removing',
      detail: '',
      ...(row.job_id !== null && { jobId: row.job_id }),
      files: row.files,
      bytes: row.bytes,
      successor: { notVerified: notVerified(connection, row) },
    }));
}

/** Every file of its payload must have been read there and found intact, and no file beside it found damaged. */
function notVerified(connection: Connection, row: Row): number {
  const { intact = 0 } =
    connection
      .sql<{ intact: number }>(
        `SELECT count(*) AS intact FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id
         WHERE r.accrual_id = ? AND ${IN_PAYLOAD} AND r.verified_at IS NOT NULL AND r.outcome = 'intact'
           AND NOT EXISTS (SELECT 1 FROM findings n WHERE n.replica_id = r.id AND n.resolved_at IS NULL)`,
      )
      .get(row.accrual_id, ...payloadBounds({ locationId: row.location_id, path: row.last_path })) ?? {};
  const { damaged = 0 } =
    connection
      .sql<{ damaged: number }>(
        `SELECT count(*) AS damaged FROM bag_tag_files WHERE bag_id = ? AND outcome NOT IN ('intact', 'not_checked')`,
      )
      .get(row.last_id) ?? {};
  return Math.max(0, row.last_files - intact) + damaged;
}
