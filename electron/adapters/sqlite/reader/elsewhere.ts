import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import type { ReplicaPlace, UntrackedFile } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { Paths } from './rows.ts';

/** Files in nobody's custody of one of these sizes, in any location. */
export function untrackedOfSizes(connection: Connection, sizes: readonly number[]): UntrackedFile[] {
  return connection
    .sql<{ location_id: number; folder: Buffer; name: Buffer; size: number }>(
      `SELECT f.location_id, f.path AS folder, u.name, u.size FROM json_each(?) j JOIN untracked u ON u.size = j.value
         JOIN folders f ON f.id = u.folder_id ORDER BY f.location_id, f.path, u.name`,
    )
    .all(JSON.stringify(sizes))
    .map(({ location_id: locationId, folder, name, size }) => ({
      locationId,
      path: joinRaw(folder as Uint8Array as RawPath, name),
      size,
    }));
}

const MOST = 5;

/** Where else a replica's content was found intact by its last check, the newest first. */
export function verifiedElsewhere(connection: Connection, replicaId: number): ReplicaPlace[] {
  const paths = new Paths(connection);
  return connection
    .sql<{ folder_id: number; name: Buffer }>(
      `SELECT o.folder_id, o.name FROM replicas r JOIN replicas o ON o.object_id = r.object_id AND o.id <> r.id
       WHERE r.id = ? AND o.outcome = 'intact' AND o.verified_at IS NOT NULL ORDER BY o.verified_at DESC, o.id LIMIT ${MOST}`,
    )
    .all(replicaId)
    .flatMap(({ folder_id, name }) => {
      const folder = paths.folder(folder_id);
      return folder === undefined
        ? []
        : [{ locationId: folder.locationId, path: joinRaw(folder.path, name) }];
    });
}
