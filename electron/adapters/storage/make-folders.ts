import { mkdirSync } from 'node:fs';
import { errnoOf } from '../../core/ports/errno.ts';

/**
 * Makes a folder and those above it, but none above `within`: where a volume was pulled out, what is written must fail, and not
 * fill the disk below the place where it was.
 * @param within stands on the volume, and is part of `path`
 * @throws ENOENT where it does not
 */
export function makeFolders(path: Uint8Array, within: Uint8Array): void {
  try {
    mkdirSync(asBuffer(path));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT' || path.length <= within.length) throw error;
    const parent = path.subarray(0, path.lastIndexOf(0x2f));
    if (parent.length <= within.length) throw error;
    makeFolders(parent, within);
    makeFolders(path, within);
  }
}

function asBuffer(path: Uint8Array): Buffer {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}
