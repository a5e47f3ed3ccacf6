import type { RawPath } from '../../../../shared/domain/path.ts';
import type { ScannedFolder } from '../../../core/ports/readings.ts';

/**
 * Slices of scanned folders as they cross to the thread: a handful of buffers instead of an object for each name, which
 * would cost more than the comparison itself.
 */
export interface PackedFolders {
  /** Of each slice. */
  readonly folders: readonly RawPath[];
  /** Number of the first name of each slice, and behind them the number of all names. */
  readonly starts: Int32Array;
  /** 1 where the slice is the last of its folder. */
  readonly last: Uint8Array;
  readonly names: Uint8Array;
  /** Where each name ends in `names`. */
  readonly ends: Int32Array;
  /** Four a name: size, mtimeNs, ctimeNs, inode. */
  readonly stamps: BigInt64Array;
}

export function packFolders(slices: readonly ScannedFolder[]): PackedFolders {
  let count = 0;
  let bytes = 0;
  for (const { names } of slices) {
    count += names.length;
    for (const name of names) bytes += name.length;
  }
  const starts = new Int32Array(slices.length + 1);
  const last = new Uint8Array(slices.length);
  const names = new Uint8Array(bytes);
  const ends = new Int32Array(count);
  const stamps = new BigInt64Array(count * 4);
  let file = 0;
  let at = 0;
  slices.forEach((slice, i) => {
    starts[i] = file;
    last[i] = slice.last ? 1 : 0;
    stamps.set(slice.stamps.subarray(0, slice.names.length * 4), file * 4);
    for (const name of slice.names) {
      names.set(name, at);
      at += name.length;
      ends[file++] = at;
    }
  });
  starts[slices.length] = file;
  return { folders: slices.map(({ folder }) => folder), starts, last, names, ends, stamps };
}
