import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { snapshotEvent } from '../../../../shared/domain/location-layout.ts';
import { displayPath } from '../../../../shared/domain/path.ts';
import type { CatalogueProtection, ProtectedPlace } from '../../../core/ports/protection.ts';
import { catalogueError, openConnection } from '../connection.ts';
import { Destination } from './destination.ts';
import { dueAt } from './due.ts';
import { AccessionScope } from './scope.ts';
import { makeSnapshot, placeSnapshot, removeDatabase, type LocalSnapshot } from './snapshot.ts';
import { headOf, writeSupplement } from './write-supplement.ts';

/** The port's methods as they run in the thread: synchronous, with the same arguments. */
export type ProtectionMethods = {
  [Name in keyof CatalogueProtection]: (
    ...args: Parameters<CatalogueProtection[Name]>
  ) => Awaited<ReturnType<CatalogueProtection[Name]>>;
};

interface SnapshotRow {
  readonly id: number;
  readonly name: string;
  readonly eventSeq: number;
  readonly takenAt: number;
  readonly removed: number;
}

/** @param path of catalogue.sqlite; a snapshot of it is made beside it before it is copied to locations. */
export function openProtection(path: string): ProtectionMethods {
  const connection = openConnection(path, { readonly: true });
  const { db } = connection;
  // It would refuse temporary tables as well; that the file is opened for reading holds by itself.
  db.pragma('query_only = OFF');
  const scope = new AccessionScope(connection);
  let local: LocalSnapshot | undefined;
  const archiveId = (): string => {
    const row = connection.sql<{ id: string }>('SELECT id FROM archive').get();
    if (row === undefined)
      throw new HoldfastError('CATALOGUE_CORRUPT', 'The catalogue does not say which archive it is.');
    return row.id;
  };
  const at = <Value>(place: ProtectedPlace, act: (destination: Destination) => Value): Value => {
    try {
      const destination = new Destination(place.root, archiveId());
      try {
        return act(destination);
      } finally {
        destination.close();
      }
    } catch (error) {
      throw placeError(error, place, path);
    }
  };

  return {
    due: (locationId) => dueAt(connection, locationId),
    writeSupplements: (place, accessionIds) =>
      at(place, (destination) => {
        scope.prepare(accessionIds.filter((id) => id > 0));
        return accessionIds.map((id) => writeSupplement(connection, scope, destination, id));
      }),
    writeSnapshot: (place) =>
      at(place, (destination) => {
        if (local?.eventSeq !== headOf(connection).seq) {
          const folder = join(path, '..', 'backups');
          mkdirSync(folder, { recursive: true });
          local = makeSnapshot(connection, join(folder, 'snapshot.part'));
        }
        return placeSnapshot(local, destination);
      }),
    snapshots: (locationId) =>
      connection
        .sql<SnapshotRow>(
          `SELECT id, name, event_seq AS eventSeq, taken_at AS takenAt, removed_at IS NOT NULL AS removed FROM snapshots WHERE location_id = ?`,
        )
        .all(locationId)
        .map(({ removed, ...row }) => ({ ...row, removed: removed === 1 })),
    snapshotFiles: (place) =>
      at(place, (destination) =>
        destination.names('snapshots').filter((name) => snapshotEvent(name) !== undefined),
      ),
    removeSnapshots: (place, names) =>
      at(place, (destination) => {
        for (const name of names)
          if (destination.has('snapshots', name)) destination.remove('snapshots', name);
      }),
    close() {
      if (local !== undefined) removeDatabase(local.path);
      db.close();
    },
  };
}

/** What a failure to write in a managed location means to a person. */
function placeError(error: unknown, { root }: ProtectedPlace, path: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shown = displayPath(root);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `There is no room at ${shown} for a copy of the catalogue. What stood there stands as it was. Make room there; the next act tries again.`,
      { cause: error },
    );
  if (/^E[A-Z]+$/.test(code))
    return new HoldfastError(
      'LOCATION_UNREACHABLE',
      `The catalogue could not be copied to ${shown} (${code}). What stood there stands as it was. Check that it is connected and writable.`,
      { cause: error },
    );
  return catalogueError(error, path);
}
