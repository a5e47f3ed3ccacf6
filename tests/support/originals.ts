import { createHash } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Content, times and inode of everything below a folder: what must be the same after any act. */
export function originals(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const stat = lstatSync(path, { bigint: true });
      const facts = [
        path,
        stat.ino,
        stat.mode,
        stat.size,
        stat.mtimeNs,
        stat.ctimeNs,
        stat.isFile() ? stat.atimeNs : 0n,
      ];
      const digest = stat.isFile() ? createHash('sha256').update(readUntouched(path)).digest('hex') : '';
      return [...facts.map(String), digest].join(' ');
    })
    .sort();
}

/** Reads without moving atime, so that a moved atime is the act's doing. */
export function readUntouched(path: string): Buffer {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NOATIME);
  try {
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}
