import { statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { HoldfastError } from '../../../shared/domain/errors.ts';

/** What is bound to a statement. Bytes are Uint8Array or Buffer alike; 64-bit integers are bigint. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** Values for `?` in their order, or one object for `@name`. */
type Binding = SqlValue | Readonly<Record<string, SqlValue>>;

export type Statement<Row = unknown> = Database.Statement<Binding[], Row>;

/** One connection with its statements prepared once. Not to be shared between threads. */
export interface Connection {
  readonly db: Database.Database;
  readonly path: string;
  /** The prepared statement of this text, kept for the life of the connection: for a closed set of texts only. */
  sql<Row = unknown>(text: string): Statement<Row>;
  close(): void;
}

/** Page cache of one connection, in KiB: what a million files need, and no more of the process's memory. */
const CACHE_KIB = 16_384;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a database file. A writing connection creates the file, keeps a write-ahead log and syncs every commit
 * (`synchronous=FULL`), because a commit records custody.
 * @throws HoldfastError CATALOGUE_CORRUPT, DISK_FULL or INTERNAL, as `catalogueError` translates.
 */
export function openConnection(
  path: string,
  options: { readonly readonly?: boolean; readonly cacheKib?: number } = {},
): Connection {
  const readonly = options.readonly === true;
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS });
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${Math.min(options.cacheKib ?? CACHE_KIB, CACHE_KIB)}`);
    db.pragma('mmap_size = 0');
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    // Without it INSERT OR REPLACE would delete past the triggers that guard log and digests.
    db.pragma('recursive_triggers = ON');
    if (readonly) db.pragma('query_only = ON');
    else {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      // Bounds the log file that a long bulk transaction leaves behind.
      db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    }
    // Any read of the header tells a file that is no database.
    db.pragma('schema_version');
  } catch (error) {
    db?.close();
    throw catalogueError(error, path);
  }
  const open = db;
  const statements = new Map<string, Statement>();
  return {
    db: open,
    path,
    sql<Row>(text: string) {
      let statement = statements.get(text);
      if (statement === undefined) {
        statement = open.prepare<Binding[], unknown>(text);
        statements.set(text, statement);
      }
      return statement as Statement<Row>;
    },
    close() {
      statements.clear();
      open.close();
    },
  };
}

/**
 * What SQLite says, as an error for a person: DISK_FULL, CATALOGUE_CORRUPT, ARCHIVE_READ_ONLY, and anything else as it
 * came. A HoldfastError passes through.
 */
export function catalogueError(error: unknown, path: string): Error {
  if (error instanceof HoldfastError) return error;
  if (!(error instanceof Database.SqliteError))
    return error instanceof Error ? error : new Error(String(error));
  const { code } = error;
  const archive = dirname(path);
  // A write that fails inside SQLite for lack of space may surface as an I/O error, depending on the file system.
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && isFull(archive)))
    return new HoldfastError(
      'DISK_FULL',
      `The volume of ${archive} is full. What was being recorded was taken back; the catalogue is whole. ` +
        'Make room there, then run this again.',
      { cause: error },
    );
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new HoldfastError(
      'CATALOGUE_CORRUPT',
      `The catalogue ${path} is damaged (${error.message}). Do not write to it. ${restoreAdvice(path)}`,
      { cause: error },
    );
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code.startsWith('SQLITE_CANTOPEN'))
    return new HoldfastError(
      'ARCHIVE_READ_ONLY',
      `The catalogue ${path} cannot be opened (${code}). Check who owns the archive and how its volume is mounted.`,
      { cause: error },
    );
  if (code.startsWith('SQLITE_IOERR'))
    return new HoldfastError(
      'INTERNAL',
      `The volume of ${archive} gives an input/output error (${code}). Check the disk, then run this again.`,
      { cause: error },
    );
  return error;
}

/** What to do about a catalogue that cannot be used. */
export function restoreAdvice(path: string): string {
  return `Put a good one in its place: from a copy of the archive's folder, or the newest file of ${join(dirname(path), 'backups')}.`;
}

/** Room for less than the few pages that SQLite asks for at once. */
function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < 64 * 1024;
  } catch {
    return false; // the volume itself is gone: then it is no matter of room
  }
}

/** The bytes as better-sqlite3 and node:fs want them, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
