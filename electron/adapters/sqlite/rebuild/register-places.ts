import type { RebuildPlace, RegisteredPlace } from '../../../core/ports/rebuilding.ts';
import { baseName, displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { Connection } from '../connection.ts';
import type { ArchiveInPlace } from './survey-places.ts';
import { digestBeside } from './survey-places.ts';
import type { FoundSupplement } from '../../../core/ports/rebuilding.ts';

interface LocationRow {
  readonly id: number;
  readonly name: string;
  readonly root: Buffer;
  readonly file_system: string | null;
  readonly root_inode: bigint | null;
}

/** Writes down where a place stands now; tells where the catalogue knew it, when that was elsewhere. */
export function registerPlace(connection: Connection, place: RebuildPlace, now: number): RegisteredPlace {
  const known = connection
    .sql<LocationRow>('SELECT id, name, root, file_system, root_inode FROM locations WHERE marker = ?')
    .safeIntegers(true)
    .get(place.markerId);
  if (known === undefined)
    return { locationId: insertPlace(connection, place, now), name: nameOf(connection, place) };
  const id = Number(known.id);
  const isSame =
    known.root.equals(Buffer.from(place.root)) &&
    (known.root_inode === null || known.root_inode === place.inode) &&
    (known.file_system === null || place.fileSystem === undefined || known.file_system === place.fileSystem);
  connection
    .sql('UPDATE locations SET root = ?, file_system = ?, root_inode = ?, last_reached_at = ? WHERE id = ?')
    .run(place.root, place.fileSystem ?? null, place.inode, now, id);
  return {
    locationId: id,
    name: known.name,
    ...(isSame ? {} : { knownAt: known.root as Uint8Array as RawPath }),
  };
}

function insertPlace(connection: Connection, place: RebuildPlace, now: number): number {
  const base = displayPath(baseName(place.root)) || 'Managed location';
  const isTaken = connection.sql('SELECT 1 FROM locations WHERE name = ?');
  let name: string = base;
  for (let n = 2; isTaken.get(name) !== undefined; n++) name = `${base} (${n})`;
  return Number(
    connection
      .sql(
        `INSERT INTO locations (name, kind, root, writes, file_system, root_inode, created_at, last_reached_at, marker)
         VALUES (?, 'folder', ?, 'managed', ?, ?, ?, ?, ?)`,
      )
      .run(name, place.root, place.fileSystem ?? null, place.inode, now, now, place.markerId).lastInsertRowid,
  );
}

function nameOf(connection: Connection, { markerId }: RebuildPlace): string {
  return (
    connection.sql<string>('SELECT name FROM locations WHERE marker = ?').pluck(true).get(markerId) ?? ''
  );
}

/** What stands there of the catalogue, so that rotation knows it and nothing is written twice. */
export function registerCopies(
  connection: Connection,
  locationId: number,
  found: ArchiveInPlace,
  supplements: readonly FoundSupplement[],
): void {
  connection.sql('DELETE FROM snapshots WHERE location_id = ?').run(locationId);
  connection.sql('DELETE FROM supplements WHERE location_id = ?').run(locationId);
  const addSnapshot = connection.sql(
    'INSERT INTO snapshots (location_id, name, event_seq, size, sha256, taken_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const file of found.snapshots) {
    const digest = digestBeside(file);
    if (digest !== undefined)
      addSnapshot.run(
        locationId,
        file.name,
        file.eventSeq,
        file.size,
        Buffer.from(digest, 'hex'),
        Math.round(file.modifiedAt),
      );
  }
  // The archive's own is out of date as soon as the rebuild is written down.
  const addSupplement = connection.sql(
    `INSERT INTO supplements (location_id, accession_id, event_seq, size, sha256, written_at)
     SELECT ?, id, ?, ?, ?, ? FROM accessions WHERE id = ? AND number = ? ON CONFLICT DO NOTHING`,
  );
  for (const { name, accessionId, accessionNumber, eventSeq, digest, writtenAt } of supplements) {
    const file = found.supplements.find((each) => each.name === name);
    if (file === undefined || digest === undefined || accessionId === 0) continue;
    const at = Date.parse(writtenAt);
    addSupplement.run(
      locationId,
      eventSeq,
      file.size,
      Buffer.from(digest, 'hex'),
      Number.isFinite(at) ? at : 0,
      accessionId,
      accessionNumber,
    );
  }
}
