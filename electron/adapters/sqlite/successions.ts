import { bagPath, editionOf } from '../../../shared/domain/bag-path.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { asBuffer, type Connection } from './connection.ts';

/** Of the bag `b`: another one of its accrual was sealed in its location after it. */
export const SUCCEEDED = `EXISTS (SELECT 1 FROM bags n
  WHERE n.accrual_id = b.accrual_id AND n.location_id = b.location_id AND n.id > b.id)`;

/** The folder of a bag's payload and all below, as a condition on folders `f` and its values. */
export const IN_PAYLOAD = 'f.location_id = ? AND (f.path = ? OR (f.path > ? AND f.path < ?))';

export function payloadBounds({
  locationId,
  path,
}: {
  readonly locationId: number;
  readonly path: Uint8Array;
}): [number, Buffer, Buffer, Buffer] {
  const data = Buffer.concat([path, Buffer.from('/data')]);
  return [locationId, data, Buffer.concat([data, Buffer.from('/')]), Buffer.concat([data, Buffer.from('0')])];
}

interface BagOf {
  readonly accrualId: number;
  readonly locationId: number;
  readonly path: RawPath;
}

/** Where the successor of a bag goes: the name of the next edition, or of the next that no other bag has. */
export function successorPath(connection: Connection, bag: BagOf): RawPath {
  const of = connection
    .sql<{ id: number; number: string; accrual: number; archive: string }>(
      `SELECT n.id, n.number, c.number AS accrual, (SELECT id FROM archive) AS archive
       FROM accruals c JOIN accessions n ON n.id = c.accession_id WHERE c.id = ?`,
    )
    .get(bag.accrualId);
  if (of === undefined) throw new Error(`there is no accrual ${bag.accrualId}`);
  const taken = connection.sql(
    `SELECT 1 FROM bags WHERE location_id = ? AND path = ?
     UNION ALL SELECT 1 FROM staged_bags WHERE location_id = ? AND path = ?`,
  );
  for (let edition = editionOf(bag.path, of.archive, of) + 1; ; edition++) {
    const path = bagPath(of.archive, of, edition);
    const bytes = asBuffer(path);
    if (taken.get(bag.locationId, bytes, bag.locationId, bytes) === undefined) return path;
  }
}
