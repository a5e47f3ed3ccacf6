import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueError, type Connection } from './connection.ts';
import { syncPath } from './sync-path.ts';

/**
 * Copies the catalogue, compacted, to `catalogue-v<version>-<time>.sqlite` in a folder, which is made if need be. Returns the
 * path. Seconds for a gigabyte.
 * @throws HoldfastError DISK_FULL; the incomplete copy is removed.
 */
export function backupCatalogue(connection: Connection, folder: string, now = new Date()): string {
  const version = connection.db.pragma('user_version', { simple: true }) as number;
  mkdirSync(folder, { recursive: true });
  const stem = join(folder, `catalogue-v${version}-${now.toISOString().replace(/[-:.]/g, '')}`);
  const path = `${stem}.sqlite`;
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    connection.db.prepare('VACUUM INTO ?').run(part);
    syncPath(part);
    renameSync(part, path);
    syncPath(folder);
  } catch (error) {
    rmSync(part, { force: true });
    throw catalogueError(error, path);
  }
  return path;
}
