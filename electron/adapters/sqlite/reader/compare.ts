import { isAscii } from 'node:buffer';
import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection } from '../connection.ts';
import {
  type PackedComparison,
  type PackedFolders,
  type PackedPaths,
  type SliceComparison,
  unpackPaths,
} from './packed-folders.ts';

/** One registered file; 64-bit integers exact. */
type Registered = readonly [
  /** Among those asked for. */
  folder: bigint,
  name: string,
  id: bigint,
  size: bigint,
  mtime: bigint,
  ctime: bigint,
  inode: bigint,
];

const COLUMNS = 'CAST(r.name AS TEXT), r.id, r.size, r.mtime_ns, r.ctime_ns, r.inode';
/** Folders looked up and read with one statement: the cost of a call is that of a dozen rows. */
const FOLDERS_AT_ONCE = 64;
/** Stands in text for bytes that are no UTF-8; it alone makes two names look like one. */
const REPLACEMENT = '\ufffd';

/**
 * A folder of which more slices follow. A scan that was given up may leave one behind for the next scan of that folder: so
 * it is trusted only for what is unchanged, and what was met by either is not reported gone.
 */
interface OpenFolder {
  readonly folder: string;
  /** What was registered when its first slice came, by name. */
  readonly files: ReadonlyMap<string, Registered>;
  readonly met: Set<string>;
}

/** Compares scans with what is registered. Keeps what is known of a folder between its slices. */
export class Comparer {
  readonly #connection: Connection;
  /** By location and scanned root: slices of one folder follow each other, so one is open at a time. */
  readonly #open = new Map<string, OpenFolder>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  compare(locationId: number, under: RawPath, scan: PackedFolders): PackedComparison {
    const scanKey = `${locationId}:${asBuffer(under).toString('hex')}`;
    const folders = unpackPaths(scan.folders);
    const unchanged = new Int32Array(folders.length);
    const differing: SliceComparison[] = [];
    for (let from = 0; from < folders.length; from += FOLDERS_AT_ONCE) {
      const to = Math.min(from + FOLDERS_AT_ONCE, folders.length);
      // One snapshot for the folders and their files.
      this.#connection.db.transaction(() => {
        const paths = folders.slice(from, to).map((folder) => hexOf(below(under, folder)));
        const registered = this.#registered(locationId, paths, scanKey);
        for (let i = from; i < to; i++) {
          const result = this.#slice(scan, i, locationId, scanKey, paths[i - from] ?? '', registered);
          unchanged[i] = result.unchanged;
          if (result.added.length + result.changed.length + result.gone.length === 0) continue;
          const { added, changed, replicaIds, gone } = result;
          differing.push({
            slice: i,
            added: Int32Array.from(added),
            changed: Int32Array.from(changed),
            replicaIds,
            gone,
          });
        }
      })();
    }
    return { unchanged, differing };
  }

  /** Replicas of folders at or below `under` that are not among `seen`; forgets what a scan left open. */
  goneFolders(
    locationId: number,
    under: RawPath,
    seen: PackedPaths,
  ): { folder: RawPath; name: Uint8Array; replicaId: number }[] {
    this.#open.delete(`${locationId}:${asBuffer(under).toString('hex')}`);
    const known = new Set(unpackPaths(seen).map(hexOf));
    const prefix = asBuffer(under).toString('latin1');
    const from = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    // What is below a folder sorts behind `folder/` and before `folder0`, 0 being the character after the slash.
    const folders = this.#connection
      .sql<{ id: number; path: Buffer }>(
        `SELECT id, path FROM folders WHERE location_id = ? AND path = ?
         UNION ALL SELECT id, path FROM folders WHERE location_id = ? AND path > ? AND path < ?`,
      )
      .all(locationId, asBuffer(under), locationId, Buffer.from(from, 'latin1'), endOf(from));
    const files = this.#connection.sql<{ id: number; name: Buffer }>(
      'SELECT id, name FROM replicas WHERE folder_id = ? ORDER BY name',
    );
    const gone: { folder: RawPath; name: Uint8Array; replicaId: number }[] = [];
    for (const { id, path } of folders) {
      const folder = (
        path.length === under.length ? path.subarray(0, 0) : path.subarray(from.length)
      ) as Uint8Array;
      if (known.has(hexOf(folder))) continue;
      for (const file of files.all(id))
        gone.push({ folder: folder as RawPath, name: file.name, replicaId: file.id });
    }
    return gone;
  }

  /** What is registered in these folders, by their paths in hex; not of the one that an open state answers for. */
  #registered(locationId: number, paths: readonly string[], scanKey: string): Map<string, Registered[]> {
    const open = this.#open.get(scanKey)?.folder;
    const wanted = [...new Set(paths)].filter((path) => path !== open);
    const found = wanted.map((): Registered[] => []);
    // From the folders to their files, each by its index, whatever the planner thinks; so the names come in order.
    const rows = this.#exact(
      `SELECT j.key, ${COLUMNS} FROM json_each(?) j
       CROSS JOIN folders f ON f.location_id = ? AND f.path = unhex(j.value)
       CROSS JOIN replicas r ON r.folder_id = f.id`,
    ).all(JSON.stringify(wanted), locationId) as Registered[];
    for (const row of rows) found[Number(row[0])]?.push(row);
    return new Map(wanted.map((path, i) => [path, found[i] ?? []]));
  }

  #slice(
    scan: PackedFolders,
    index: number,
    locationId: number,
    scanKey: string,
    path: string,
    registered: ReadonlyMap<string, readonly Registered[]>,
  ): Result {
    const last = scan.last[index] === 1;
    const result: Result = { unchanged: 0, added: [], changed: [], replicaIds: [], gone: [] };
    let open = this.#open.get(scanKey);
    if (open?.folder !== path) {
      this.#open.delete(scanKey);
      const rows = registered.get(path) ?? [];
      if (last) {
        this.#whole(scan, index, rows, result);
        return result;
      }
      open = { folder: path, files: new Map(rows.map((row) => [this.#nameKey(row), row])), met: new Set() };
      this.#open.set(scanKey, open);
    }
    const first = scan.starts[index] ?? 0;
    const end = scan.starts[index + 1] ?? 0;
    const keyOf = scannedKeys(scan, index);
    for (let file = first; file < end; file++) {
      const key = keyOf(file);
      open.met.add(key);
      let row = open.files.get(key);
      if (row === undefined || !isUnchanged(scan, file, row))
        row = this.#registeredNow(locationId, path, scan, file);
      tell(scan, file, first, row, result);
    }
    if (last) {
      for (const [key, row] of open.files) if (!open.met.has(key)) result.gone.push(this.#gone(row));
      this.#open.delete(scanKey);
    }
    return result;
  }

  /** All names of a folder at once: in the order of the catalogue no table of names is needed. */
  #whole(scan: PackedFolders, index: number, rows: readonly Registered[], result: Result): void {
    const first = scan.starts[index] ?? 0;
    const end = scan.starts[index + 1] ?? 0;
    const keyOf = scannedKeys(scan, index);
    let byName: Map<string, Registered> | undefined;
    let next = 0;
    for (let file = first; file < end; file++) {
      const name = keyOf(file);
      if (byName === undefined) {
        const row = rows[next];
        if (row !== undefined && this.#nameKey(row) === name) {
          next++;
          tell(scan, file, first, row, result);
          continue;
        }
        byName = new Map();
        for (let i = next; i < rows.length; i++) {
          const left = rows[i] as Registered;
          byName.set(this.#nameKey(left), left);
        }
      }
      const row = byName.get(name);
      if (row !== undefined) byName.delete(name);
      tell(scan, file, first, row, result);
    }
    for (const row of byName?.values() ?? rows.slice(next)) result.gone.push(this.#gone(row));
  }

  #registeredNow(
    locationId: number,
    path: string,
    scan: PackedFolders,
    file: number,
  ): Registered | undefined {
    return this.#exact(
      `SELECT 0, ${COLUMNS} FROM replicas r
       WHERE folder_id = (SELECT id FROM folders WHERE location_id = ? AND path = unhex(?)) AND name = ?`,
    ).get(locationId, path, asBuffer(nameAt(scan, file))) as Registered | undefined;
  }

  #nameKey(row: Registered): string {
    return row[1].includes(REPLACEMENT) ? `\0${this.#nameOf(row).toString('hex')}` : row[1];
  }

  #gone(row: Registered): { name: Uint8Array; replicaId: number } {
    return {
      name: row[1].includes(REPLACEMENT) ? this.#nameOf(row) : Buffer.from(row[1]),
      replicaId: Number(row[2]),
    };
  }

  #nameOf(row: Registered): Buffer {
    const found = this.#connection
      .sql<{ name: Buffer }>('SELECT name FROM replicas WHERE id = ?')
      .get(row[2]);
    return found?.name ?? Buffer.alloc(0);
  }

  #exact(text: string) {
    return this.#connection.sql(text).raw(true).safeIntegers(true);
  }
}

/** A comparison while it is made; files by their number in the slice. */
interface Result {
  unchanged: number;
  readonly added: number[];
  readonly changed: number[];
  readonly replicaIds: number[];
  readonly gone: { readonly name: Uint8Array; readonly replicaId: number }[];
}

function isUnchanged({ stamps }: PackedFolders, file: number, row: Registered): boolean {
  const at = file * 4;
  return (
    row[3] === stamps[at] &&
    row[4] === stamps[at + 1] &&
    row[5] === stamps[at + 2] &&
    row[6] === stamps[at + 3]
  );
}

function tell(
  scan: PackedFolders,
  file: number,
  first: number,
  row: Registered | undefined,
  result: Result,
): void {
  if (row === undefined) result.added.push(file - first);
  else if (isUnchanged(scan, file, row)) result.unchanged++;
  else {
    result.changed.push(file - first);
    result.replicaIds.push(Number(row[2]));
  }
}

function nameAt(scan: PackedFolders, file: number): Uint8Array {
  return scan.names.subarray(file === 0 ? 0 : scan.ends[file - 1], scan.ends[file]);
}

/**
 * Names of a slice as keys: their text, which is one for one with their bytes unless they are no UTF-8; then the bytes in
 * hex. Names in ASCII, as nearly all are, are cut from one text.
 */
function scannedKeys(scan: PackedFolders, index: number): (file: number) => string {
  const names = asBuffer(scan.names);
  const startOf = (file: number) => (file === 0 ? 0 : (scan.ends[file - 1] ?? 0));
  const from = startOf(scan.starts[index] ?? 0);
  const all = names.subarray(from, startOf(scan.starts[index + 1] ?? 0));
  if (isAscii(all)) {
    const text = all.toString('latin1');
    return (file) => text.slice(startOf(file) - from, (scan.ends[file] ?? 0) - from);
  }
  return (file) => {
    const text = names.toString('utf8', startOf(file), scan.ends[file]);
    return text.includes(REPLACEMENT) ? `\0${names.toString('hex', startOf(file), scan.ends[file])}` : text;
  };
}

/** Where what begins with `prefix` ends in byte order; beyond all paths for the empty one. */
function endOf(prefix: string): Buffer {
  if (prefix === '') return Buffer.alloc(8, 0xff);
  const end = Buffer.from(prefix, 'latin1');
  end[end.length - 1] = (end.at(-1) ?? 0) + 1;
  return end;
}

function below(under: RawPath, folder: RawPath): RawPath {
  return folder.length === 0 ? under : joinRaw(under, folder);
}

function hexOf(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex');
}
