import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { openConnection } from './connection.ts';
import { checkCatalogue, migrateCatalogue } from './migrate.ts';

export interface ReadOnlyCopy {
  /** Of the copied catalogue. */
  readonly path: string;
  /** Removes the copy; readers must be closed before. Idempotent. */
  remove(): void;
}

const ATTEMPTS = 5;
const FILES = ['catalogue.sqlite', 'catalogue.sqlite-wal'];

/**
 * Copies the catalogue of an archive that cannot be written to, with what its write-ahead log holds: SQLite needs to write
 * beside a catalogue even to read it.
 * @param tempRoot where the copy is made; needs room for the whole catalogue.
 * @throws HoldfastError ARCHIVE_NOT_FOUND, ARCHIVE_HELD when it keeps changing, CATALOGUE_NEWER, CATALOGUE_CORRUPT, DISK_FULL.
 */
export function openReadOnlyCopy(archiveDir: string, tempRoot = tmpdir()): ReadOnlyCopy {
  if (!existsSync(join(archiveDir, 'catalogue.sqlite')))
    throw new HoldfastError(
      'ARCHIVE_NOT_FOUND',
      `${archiveDir} holds no catalogue. Check the path of the archive.`,
    );
  const folder = mkdtempSync(join(tempRoot, 'holdfast-'));
  const path = join(folder, 'catalogue.sqlite');
  try {
    copyUnchanged(archiveDir, folder);
    const connection = openConnection(path);
    let version: number;
    try {
      version = checkCatalogue(connection);
      connection.db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      connection.close();
    }
    // The copy alone: the archive is read by a newer program, and stays as it is.
    if (version > 0) migrateCatalogue(path);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM')
      throw new HoldfastError(
        'ARCHIVE_READ_ONLY',
        `The catalogue of ${archiveDir} may not be read by this user (${code}). Check who owns the archive.`,
        { cause: error },
      );
    if (code === 'ENOSPC')
      throw new HoldfastError(
        'DISK_FULL',
        `The volume of ${tempRoot} has no room for a copy of the catalogue of ${archiveDir}. Set TMPDIR to a folder that has.`,
        { cause: error },
      );
    // What is wrong with the copy is wrong with what it was made of, and that is what a person can look at.
    if (error instanceof HoldfastError)
      throw new HoldfastError(error.code, error.message.replaceAll(folder, archiveDir), { cause: error });
    throw error;
  }
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Somebody who may write there could do so in the middle: then catalogue and log do not belong together. */
function copyUnchanged(from: string, to: string): void {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = stampOf(from);
    for (const name of FILES) {
      rmSync(join(to, name), { force: true });
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
    }
    if (stampOf(from) === before) return;
  }
  throw new HoldfastError(
    'ARCHIVE_HELD',
    `The catalogue of ${from} is being written to by another process. Run this again when it has ended.`,
  );
}

function stampOf(folder: string): string {
  const stamps = FILES.map((name) => {
    const stat = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? '' : `${stat.size} ${stat.mtimeNs} ${stat.ino}`;
  });
  return stamps.join('|');
}
