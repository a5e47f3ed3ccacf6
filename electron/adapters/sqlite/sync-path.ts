import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Waits until a file, or the entries of a folder, are on the disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    // Windows syncs no folders; there the rename itself is durable.
    if (process.platform !== 'win32') throw error;
  } finally {
    closeSync(handle);
  }
}
