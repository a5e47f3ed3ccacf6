import { statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { ArchiveFile } from './archive-file.ts';
import { openConnection, restoreAdvice } from './connection.ts';
import { checkCatalogue } from './migrate.ts';

/**
 * Looks whether the catalogue of an archive is there and its own, before anything works with it: a writing connection would
 * make an empty one where there is none, which would then say that nothing is held.
 * @param path of the catalogue, where it is not the one in the archive's folder but a copy of it.
 * @returns the version of its schema
 * @throws HoldfastError CATALOGUE_CORRUPT, CATALOGUE_NEWER, ARCHIVE_READ_ONLY, DISK_FULL.
 */
export function checkArchive(
  archiveDir: string,
  archive: ArchiveFile,
  path = join(archiveDir, 'catalogue.sqlite'),
): number {
  const shown = join(archiveDir, 'catalogue.sqlite');
  refuseAbsent(path, shown);
  const connection = openConnection(path, { readonly: true });
  try {
    const version = checkCatalogue(connection);
    const row = version > 0 ? connection.sql<{ id: string }>('SELECT id FROM archive').get() : undefined;
    if (row === undefined) throw unusable(shown, 'holds no archive');
    if (row.id !== archive.id)
      throw unusable(shown, `belongs to another archive than archive.json (${archive.id})`);
    return version;
  } finally {
    connection.close();
  }
}

function refuseAbsent(path: string, shown: string): void {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new HoldfastError(
      'ARCHIVE_READ_ONLY',
      `The catalogue ${shown} cannot be reached (${error instanceof Error ? error.message : String(error)}). Check who owns the archive.`,
      { cause: error },
    );
  }
  if (stat === undefined) throw unusable(shown, 'is not there');
  if (!stat.isFile()) throw unusable(shown, 'is not a file');
  if (stat.size === 0) throw unusable(shown, 'is empty (0 bytes)');
}

function unusable(path: string, what: string): HoldfastError {
  return new HoldfastError(
    'CATALOGUE_CORRUPT',
    `The catalogue ${path} ${what}. Nothing was changed. ${restoreAdvice(path)}`,
  );
}
