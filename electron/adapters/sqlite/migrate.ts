import { basename, dirname, join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { backupCatalogue } from './backup.ts';
import { catalogueError, openConnection, type Connection } from './connection.ts';
import { migrations as known } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** "HOLD": tells a catalogue from any other SQLite file, also for `file`. */
const APPLICATION_ID = 0x484f_4c44;

/** The version of a catalogue that this program writes. */
export const SCHEMA_VERSION = known.at(-1)?.version ?? 0;

export interface MigrationReport {
  /** 0 for a catalogue that did not exist. */
  readonly from: number;
  readonly to: number;
  /** Where the catalogue of before stands; absent when there was nothing to migrate. */
  readonly backup?: string;
}

/**
 * Brings a catalogue to the newest schema, or makes a new one. Each migration is one transaction with its version number, so
 * that a failure leaves the version before it; a backup is made first.
 * @param backups the folder for backups; by default beside the catalogue.
 * @throws HoldfastError CATALOGUE_NEWER, CATALOGUE_CORRUPT, DISK_FULL, ARCHIVE_READ_ONLY.
 */
export function migrateCatalogue(
  path: string,
  migrations: readonly Migration[] = known,
  backups = join(dirname(path), 'backups'),
): MigrationReport {
  const connection = openConnection(path);
  try {
    const from = checkCatalogue(connection, migrations);
    const pending = migrations.filter(({ version }) => version > from);
    const to = pending.at(-1)?.version ?? from;
    if (pending.length === 0) return { from, to };
    const backup = from === 0 ? undefined : backupCatalogue(connection, backups);
    for (const migration of pending) apply(connection, migration);
    return backup === undefined ? { from, to } : { from, to, backup };
  } catch (error) {
    throw catalogueError(error, path);
  } finally {
    connection.close();
  }
}

/**
 * The schema version of an open catalogue, 0 for an empty file.
 * @throws HoldfastError CATALOGUE_NEWER for one of a newer program, CATALOGUE_CORRUPT for another program's database.
 */
export function checkCatalogue(connection: Connection, migrations: readonly Migration[] = known): number {
  const { db, path } = connection;
  try {
    const id = db.pragma('application_id', { simple: true }) as number;
    const version = db.pragma('user_version', { simple: true }) as number;
    const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
    if (id !== APPLICATION_ID && !(isEmpty && id === 0 && version === 0))
      throw new HoldfastError(
        'CATALOGUE_CORRUPT',
        `${path} is a database, but not a catalogue of Holdfast. If it took the place of one, put the newest file of ` +
          `${join(dirname(path), 'backups')} back as ${basename(path)}.`,
      );
    const newest = migrations.at(-1)?.version ?? 0;
    if (version > newest)
      throw new HoldfastError(
        'CATALOGUE_NEWER',
        `The catalogue ${path} was written by a newer Holdfast (schema ${version}; this one knows ${newest}). ` +
          'Nothing was changed. Use the newer program.',
      );
    return version;
  } catch (error) {
    throw catalogueError(error, path);
  }
}

function apply({ db, path }: Connection, migration: Migration): void {
  db.exec('BEGIN EXCLUSIVE');
  try {
    db.exec(migration.sql);
    const orphans = db.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) throw new Error(`${orphans.length} rows refer to nothing`);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migration.version}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    const known = catalogueError(error, path);
    if (known instanceof HoldfastError) throw known;
    throw new HoldfastError(
      'INTERNAL',
      `Migration ${migration.version} (${migration.name}) of ${path} failed: ${known.message}. The catalogue is as it was before. ` +
        'Use the program of before, and report this.',
      { cause: error },
    );
  }
}
