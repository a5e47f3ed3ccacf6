import { closeSync, constants, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { openConnection, type Connection } from '../connection.ts';
import { checkCatalogue, migrateCatalogue } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { removeDatabase } from '../protection/snapshot.ts';
import { headOf } from '../protection/write-supplement.ts';
import { digestBeside, type FoundSnapshot } from './survey-places.ts';

const STEP = 1024 * 1024;

/**
 * Makes a snapshot the catalogue at `path`, once it is shown to be whole and nothing but a catalogue: the digest beside it, the
 * schema to the letter (a trigger or a view of somebody else's would act later), SQLite's own check, archive and log.
 * @throws HoldfastError BAD_INPUT where it cannot be used, CATALOGUE_NEWER, DISK_FULL; nothing is then left at `path`.
 */
export function loadSnapshot(snapshot: FoundSnapshot, archiveId: string, path: string): void {
  removeDatabase(path);
  try {
    const digest = digestBeside(snapshot);
    if (digest === undefined) throw bad('no digest stands beside it');
    if (copyDigested(snapshot.path, path) !== digest) throw bad('it is not as it was written');
    const connection = openConnection(path);
    try {
      check(connection, snapshot, archiveId);
    } finally {
      connection.close();
    }
    const backups = join(path, '..', 'before-migration');
    migrateCatalogue(path, migrations, backups);
    rmSync(backups, { recursive: true, force: true });
  } catch (error) {
    removeDatabase(path);
    throw refusal(error);
  }
}

function check(connection: Connection, snapshot: FoundSnapshot, archiveId: string): void {
  const { db } = connection;
  db.pragma('cell_size_check = ON');
  const version = checkCatalogue(connection);
  if (schemaOf(db) !== schemaOfVersion(version)) throw bad('its tables are not those of a catalogue');
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw bad('SQLite finds it damaged');
  const archive = connection.sql<{ id: string }>('SELECT id FROM archive').get();
  if (archive?.id !== archiveId) throw bad('it belongs to another archive');
  if (headOf(connection).seq !== snapshot.eventSeq) throw bad('its log does not end where its name says');
}

function schemaOf(db: Database.Database): string {
  const rows = db
    .prepare(
      `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'
       ORDER BY type, name`,
    )
    .raw(true)
    .all();
  return JSON.stringify(rows);
}

function schemaOfVersion(version: number): string {
  const db = new Database(':memory:');
  try {
    for (const migration of migrations) if (migration.version <= version) db.exec(migration.sql);
    return schemaOf(db);
  } finally {
    db.close();
  }
}

/** SHA-256 in hex of what was copied; a link is not followed. */
function copyDigested(from: Buffer, to: string): string {
  const source = openSync(from, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0));
  try {
    const target = openSync(to, 'wx');
    try {
      const hash = createHash('sha256');
      const memory = Buffer.allocUnsafe(STEP);
      for (let count; (count = readSync(source, memory, 0, STEP, null)) > 0;) {
        hash.update(memory.subarray(0, count));
        for (let at = 0; at < count;) at += writeSync(target, memory, at, count - at);
      }
      return hash.digest('hex');
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof HoldfastError) {
    if (error.code === 'CATALOGUE_CORRUPT') return bad('it is damaged, or no catalogue');
    if (error.code === 'CATALOGUE_NEWER')
      return new HoldfastError(
        'CATALOGUE_NEWER',
        'it was written by a newer Holdfast. Use the newer program to rebuild.',
        { cause: error },
      );
    return error;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      'There is no room for the catalogue. Make room there, then run this again.',
    );
  if (/^E[A-Z]+$/.test(code)) return bad(`it cannot be read (${code})`);
  if (code.startsWith('SQLITE_')) return bad('it is damaged');
  return error;
}

function bad(what: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', what);
}
