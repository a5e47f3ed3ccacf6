import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { catalogueError } from './connection.ts';

export interface HostLock {
  /** Idempotent. */
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly command: string;
  /** RFC 3339. */
  readonly since: string;
}

/** How long a writer waits for readers, whose commands are short, to end. */
const READERS_TIMEOUT_MS = 3_000;

/**
 * Makes this process the one that writes to an archive: an exclusive transaction on `host.lock`, which the system ends
 * with the process, however it ends. `host.json` says who holds it. No other code may open host.lock: closing any handle
 * of a file frees the process's POSIX locks on it.
 * @throws HoldfastError ARCHIVE_HELD naming the other process; ARCHIVE_READ_ONLY.
 */
export function acquireHostLock(archiveDir: string, options: { readonly command: string }): HostLock {
  const path = join(archiveDir, 'host.lock');
  const holderPath = join(archiveDir, 'host.json');
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: 0 });
    db.pragma('journal_mode = MEMORY');
    if (isOnlyRead(db)) db.pragma(`busy_timeout = ${READERS_TIMEOUT_MS}`);
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db?.close();
    throw refusal(error, archiveDir, holderPath, path);
  }
  const lock = db;
  const holder: Holder = { pid: process.pid, command: options.command, since: new Date().toISOString() };
  const part = `${holderPath}.part`;
  try {
    writeFileSync(part, `${JSON.stringify(holder)}\n`);
    renameSync(part, holderPath);
  } catch (error) {
    lock.close();
    throw refusal(error, archiveDir, holderPath, path);
  }
  return {
    release() {
      if (!lock.open) return;
      // Before the lock is free: afterwards the file may be the next holder's.
      rmSync(holderPath, { force: true });
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}

/** Whether no writer holds the lock: readers are worth waiting for, a writer may take a day. */
function isOnlyRead(db: Database.Database): boolean {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch {
    // Busy: BEGIN EXCLUSIVE says so again, and that is what is told.
    return false;
  }
}

/**
 * Keeps writers out while this process reads; any number of processes may. A shared lock on the same file.
 * @throws HoldfastError ARCHIVE_HELD naming the process that writes.
 */
export function acquireReadLock(archiveDir: string): HostLock {
  const path = join(archiveDir, 'host.lock');
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: 0 });
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    db?.close();
    throw refusal(error, archiveDir, join(archiveDir, 'host.json'), path);
  }
  const lock = db;
  return {
    release() {
      if (lock.open) lock.close();
    },
  };
}

function refusal(error: unknown, archiveDir: string, holderPath: string, path: string): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY')) {
    const holder = readHolder(holderPath);
    const who =
      holder === undefined
        ? 'another Holdfast process'
        : `"${holder.command}" (process ${holder.pid}, since ${holder.since})`;
    return new HoldfastError(
      'ARCHIVE_HELD',
      `The archive ${archiveDir} is in use by ${who}. Wait until it has ended, or end it, then run this again.`,
      { cause: error },
    );
  }
  if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|SQLITE_PERM|EROFS|EACCES|EPERM)/.test(code))
    return new HoldfastError(
      'ARCHIVE_READ_ONLY',
      `The archive ${archiveDir} cannot be written to (${code}). Check who owns it and how its volume is mounted.`,
      { cause: error },
    );
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `The volume of ${archiveDir} is full. Make room there, then run this again.`,
      {
        cause: error,
      },
    );
  return catalogueError(error, path);
}

/** Who holds an archive, as it said itself; undefined when nobody said so. For messages only: the lock is the truth. */
function readHolder(path: string): Holder | undefined {
  try {
    const { pid, command, since } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    if (typeof pid !== 'number' || typeof command !== 'string' || typeof since !== 'string') return undefined;
    return { pid, command, since };
  } catch {
    // Just being written, or left by a crash: the message does without it.
    return undefined;
  }
}
