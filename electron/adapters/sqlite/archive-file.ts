import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { syncPath } from './sync-path.ts';

/** What archive.json says: which archive a folder is, for whoever has no catalogue to ask. */
export interface ArchiveFile {
  readonly id: string;
  readonly name: string;
  readonly schemaVersion: number;
}

export const ARCHIVE_FILE = 'archive.json';

/** @throws HoldfastError ARCHIVE_NOT_FOUND where there is none, CATALOGUE_CORRUPT where it does not say which. */
export function readArchiveFile(archiveDir: string): ArchiveFile {
  const path = join(archiveDir, ARCHIVE_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new HoldfastError(
      'ARCHIVE_NOT_FOUND',
      `${archiveDir} is not an archive: it has no readable ${ARCHIVE_FILE}. Check the path, or make one there with: holdfast init`,
      { cause: error },
    );
  }
  const file = parse(text);
  if (file === undefined)
    throw new HoldfastError(
      'CATALOGUE_CORRUPT',
      `${path} is damaged. Restore it from a backup; it holds {"id", "name", "schemaVersion"}.`,
    );
  return file;
}

/** Replaces archive.json as a whole or not at all. */
export function writeArchiveFile(archiveDir: string, file: ArchiveFile): void {
  const path = join(archiveDir, ARCHIVE_FILE);
  writeFileSync(`${path}.part`, `${JSON.stringify(file, undefined, 2)}\n`);
  syncPath(`${path}.part`);
  renameSync(`${path}.part`, path);
  syncPath(dirname(path));
}

function parse(text: string): ArchiveFile | undefined {
  try {
    const { id, name, schemaVersion } = JSON.parse(text) as Partial<ArchiveFile>;
    if (typeof id !== 'string' || typeof name !== 'string' || typeof schemaVersion !== 'number')
      return undefined;
    return { id, name, schemaVersion };
  } catch {
    return undefined;
  }
}
