import { nameBeforeBag } from '../../../../shared/domain/bag-name.ts';
import { folderInBag } from '../../../../shared/domain/bag-path.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection } from '../connection.ts';

export interface Folder {
  readonly id: number;
  readonly locationId: number;
  /** Relative to the location's root. */
  readonly path: Uint8Array;
  readonly display: string;
  /** Whether it lies in a bag of ours, where names may be mapped. */
  readonly inBag: boolean;
}

const KEPT = 2_048;

/** Folders by their path and by their id, the last used ones in memory. */
export class Folders {
  readonly #connection: Connection;
  readonly #byPath = new Map<string, Folder>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The row of a folder, made when it is new. */
  at(locationId: number, path: Uint8Array): Folder {
    const key = `${locationId}/${asBuffer(path).toString('latin1')}`;
    const known = this.#byPath.get(key);
    if (known !== undefined) return known;
    const found = this.#connection
      .sql<{ id: number }>('SELECT id FROM folders WHERE location_id = ? AND path = ?')
      .get(locationId, path);
    const id =
      found?.id ??
      Number(
        this.#connection.sql('INSERT INTO folders (location_id, path) VALUES (?, ?)').run(locationId, path)
          .lastInsertRowid,
      );
    const folder = { id, locationId, path, ...shownOf(path) };
    if (this.#byPath.size >= KEPT) this.#byPath.delete(this.#byPath.keys().next().value ?? '');
    this.#byPath.set(key, folder);
    return folder;
  }

  byId(id: number): Folder {
    const row = this.#connection
      .sql<{ location_id: number; path: Buffer }>('SELECT location_id, path FROM folders WHERE id = ?')
      .get(id);
    if (row === undefined) throw new Error(`there is no folder ${id}`);
    return {
      id,
      locationId: row.location_id,
      path: row.path,
      ...shownOf(row.path),
    };
  }

  forget(): void {
    this.#byPath.clear();
  }
}

function shownOf(path: Uint8Array): Pick<Folder, 'display' | 'inBag'> {
  const whole = displayPath(path as RawPath);
  const display = folderInBag(whole);
  return { display, inBag: display !== whole };
}

/** A name in a folder, or the folder's path, as people know it. */
export function asKnown({ inBag }: Pick<Folder, 'inBag'>, shown: string): string {
  return inBag ? nameBeforeBag(shown) : shown;
}
