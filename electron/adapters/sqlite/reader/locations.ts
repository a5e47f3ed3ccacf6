import type { Location } from '../../../../shared/contract/locations.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { isTape } from '../../../../shared/domain/medium.ts';
import { pathToJson, type RawPath } from '../../../../shared/domain/path.ts';
import type { LocationIdentity } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { lastAttestedOf } from './attestations.ts';
import { shelfOf } from './shelf.ts';
import { time, timeIf, valueIf } from './rows.ts';

interface LocationRow {
  readonly id: number;
  readonly name: string;
  readonly kind: Location['kind'];
  readonly root: Uint8Array;
  readonly writes: Location['writes'];
  readonly site: string | null;
  readonly medium: string | null;
  readonly failure_group: string | null;
  readonly file_system: string | null;
  readonly created_at: number;
  readonly last_reached_at: number | null;
  readonly readers: number | null;
  readonly replicas: number;
  readonly bytes: number;
}

const LOCATION = `
  SELECT l.id, l.name, l.kind, l.root, l.writes, l.site, l.medium, l.failure_group, l.file_system, l.created_at,
    l.last_reached_at, l.readers, coalesce(c.count, 0) AS replicas, coalesce(c.bytes, 0) AS bytes
  FROM locations l LEFT JOIN counters c ON c.facet = 'location' AND c.key = CAST(l.id AS TEXT)`;

export function locations(connection: Connection): Location[] {
  return connection
    .sql<LocationRow>(`${LOCATION} ORDER BY l.id`)
    .all()
    .map((row) => locationOf(connection, row));
}

export function locationById(connection: Connection, id: number): Location | undefined {
  const row = connection.sql<LocationRow>(`${LOCATION} WHERE l.id = ?`).get(id);
  return row && locationOf(connection, row);
}

function locationOf(connection: Connection, row: LocationRow): Location {
  return {
    id: publicId('location', row.id),
    name: row.name,
    kind: row.kind,
    root: pathToJson(row.root as RawPath),
    writes: row.writes,
    ...valueIf('site', row.site),
    ...valueIf('medium', row.medium),
    ...valueIf('failureGroup', row.failure_group),
    ...valueIf('fileSystem', row.file_system),
    replicas: row.replicas,
    bytes: row.bytes,
    createdAt: time(row.created_at),
    ...timeIf('lastReachedAt', row.last_reached_at),
    ...valueIf('readers', row.readers),
    ...lastAttestedOf(connection, row.id),
    ...(row.kind === 'offline' ? { offline: shelfOf(connection, row.id) } : {}),
  };
}

interface IdentityRow {
  readonly id: number;
  readonly name: string;
  readonly root: Uint8Array;
  readonly writes: LocationIdentity['writes'];
  readonly file_system: string | null;
  /** As text: inodes of some file systems use all 64 bits. */
  readonly root_inode: string | null;
  readonly marker: string | null;
  readonly readers: number | null;
  readonly medium: string | null;
  readonly generation: string | null;
}

interface SentinelRow {
  readonly path: Uint8Array;
  readonly size: number;
  readonly sha256: Uint8Array;
}

/** Folders only: what else there is has no root to be identified. */
export function locationIdentities(connection: Connection): LocationIdentity[] {
  const sentinels = connection.sql<SentinelRow>(
    'SELECT path, size, sha256 FROM location_sentinels WHERE location_id = ? ORDER BY path',
  );
  return connection
    .sql<IdentityRow>(
      `SELECT l.id, l.name, l.root, l.writes, l.file_system, CAST(l.root_inode AS TEXT) AS root_inode, l.marker, l.readers,
         l.medium, m.generation
       FROM locations l LEFT JOIN shelf_media m ON m.location_id = l.id WHERE l.kind = 'folder' ORDER BY l.id`,
    )
    .all()
    .map((row) => ({
      id: row.id,
      name: row.name,
      root: row.root as RawPath,
      writes: row.writes,
      ...valueIf('fileSystem', row.file_system),
      ...valueIf('rootInode', row.root_inode === null ? null : BigInt(row.root_inode)),
      ...valueIf('marker', row.marker),
      ...valueIf('readers', row.readers),
      ...(isTape(row.medium) || isTape(row.generation) ? { isTape: true } : {}),
      sentinels: sentinels
        .all(row.id)
        .map(({ path, size, sha256 }) => ({ path: path as RawPath, size, sha256 })),
    }));
}
