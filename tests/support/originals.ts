import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Content, times and inode of everything below a folder: what must be the same after any act. */
export function originals(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const stat = lstatSync(path, { bigint: true });
      // Times first: reading for the digest may move atime, which is this function's doing and not the act's.
      const facts = [path, stat.ino, stat.mode, stat.size, stat.mtimeNs, stat.ctimeNs, stat.isFile() ? stat.atimeNs : 0n];
      const digest = stat.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
      return [...facts.map(String), digest].join(' ');
    })
    .sort();
}
