import type { Connection } from '../connection.ts';

/** What decides which of several copies of one content within one item gives the part its place and name. */
export interface PartPlace {
  /** Number of the accrual: what a sealed one proposed is not moved by a later one. */
  readonly accrual: number;
  readonly position: number;
  readonly folder: Uint8Array;
  readonly name: Uint8Array;
}

interface PlaceRow {
  readonly id: number;
  readonly replica_id: number | null;
  readonly accrual: number;
  readonly position: number;
  readonly folder: Buffer;
  readonly name: Buffer;
}

/** The part that stands for this content already, where the new place comes before the one it has; else undefined. */
export function takesPlaceOf(
  connection: Connection,
  representationId: number,
  objectId: number,
  place: PartPlace,
): number | undefined {
  const row = connection
    .sql<PlaceRow>(
      `SELECT p.id, p.replica_id, c.number AS accrual, p.position, f.path AS folder, r.name
       FROM parts p JOIN replicas r ON r.id = p.replica_id JOIN accruals c ON c.id = r.accrual_id
         JOIN folders f ON f.id = r.folder_id
       WHERE p.representation_id = ? AND p.object_id = ?`,
    )
    .get(representationId, objectId);
  if (row === undefined) return undefined;
  const order =
    place.accrual - row.accrual ||
    place.position - row.position ||
    Buffer.compare(place.folder, row.folder) ||
    Buffer.compare(place.name, row.name);
  return order < 0 ? row.id : undefined;
}
