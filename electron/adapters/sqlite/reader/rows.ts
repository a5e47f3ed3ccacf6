import { joinRaw, pathToJson, type PathJson, type RawPath } from '../../../../shared/domain/path.ts';
import type { Connection } from '../connection.ts';

/** RFC 3339 in UTC, of milliseconds since the epoch. */
export function time(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same of what may not have happened yet, as a property to spread. */
export function timeIf<Name extends string>(name: Name, ms: number | null): { [Key in Name]?: string } {
  return (ms === null ? {} : { [name]: time(ms) }) as { [Key in Name]?: string };
}

/** A column that may be NULL, as a property to spread. */
export function valueIf<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { [Key in Name]?: Value } {
  return (value == null ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

export function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}

/** JSON columns are written by us; one that does not parse is damage, and must not take a whole list with it. */
export function json(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface FolderRow {
  readonly location_id: number;
  readonly path: Buffer;
  readonly root: Buffer;
}

interface Folder {
  readonly locationId: number;
  readonly path: RawPath;
}

/**
 * Absolute paths of folders, each looked up once. For one call only: a location may be relinked between two.
 */
export class Paths {
  readonly #connection: Connection;
  readonly #folders = new Map<number, Folder | undefined>();
  readonly #roots = new Map<number, RawPath | undefined>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  folder(id: number): Folder | undefined {
    if (!this.#folders.has(id)) {
      const row = this.#connection
        .sql<FolderRow>(
          'SELECT f.location_id, f.path, l.root FROM folders f JOIN locations l ON l.id = f.location_id WHERE f.id = ?',
        )
        .get(id);
      this.#folders.set(
        id,
        row && { locationId: row.location_id, path: below(row.root as Uint8Array as RawPath, row.path) },
      );
    }
    return this.#folders.get(id);
  }

  /** Absolute path of a file in a folder. */
  file(folderId: number, name: Uint8Array): RawPath {
    const folder = this.folder(folderId);
    return folder === undefined ? (name as RawPath) : joinRaw(folder.path, name);
  }

  json(folderId: number, name: Uint8Array): PathJson {
    return pathToJson(this.file(folderId, name));
  }

  /** Absolute path of what stands at `path` relative to the root of a location; as it is where the location is unknown. */
  inLocation(locationId: number | null, path: Uint8Array): RawPath {
    if (locationId === null) return path as RawPath;
    if (!this.#roots.has(locationId)) {
      const row = this.#connection
        .sql<{ root: Buffer }>('SELECT root FROM locations WHERE id = ?')
        .get(locationId);
      this.#roots.set(locationId, row?.root as Uint8Array | undefined as RawPath | undefined);
    }
    const root = this.#roots.get(locationId);
    return root === undefined ? (path as RawPath) : below(root, path);
  }
}

/** An empty relative path is the root itself, without a slash at its end. */
export function below(root: RawPath, path: Uint8Array): RawPath {
  return path.length === 0 ? root : joinRaw(root, path);
}
