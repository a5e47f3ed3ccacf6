import type { RawPath } from '../../../../shared/domain/path.ts';
import type { FolderComparison } from '../../../core/ports/catalogue.ts';
import { packNames, unpackNames } from '../../../core/ports/packed-names.ts';
import type { ScannedFolder } from '../../../core/ports/readings.ts';

/** Paths in one piece: as objects of their own, each would cross by itself. */
export interface PackedPaths {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

export function packPaths(paths: readonly RawPath[]): PackedPaths {
  return { bytes: packNames(paths), count: paths.length };
}

export function unpackPaths({ bytes, count }: PackedPaths): RawPath[] {
  return unpackNames(bytes, count).names as RawPath[];
}

/**
 * Slices of scanned folders as they cross to the thread: a handful of buffers instead of an object for each name, which
 * would cost more than the comparison itself.
 */
export interface PackedFolders {
  /** Of each slice. */
  readonly folders: PackedPaths;
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
  const folders = packPaths(slices.map(({ folder }) => folder));
  return { folders, starts, last, names, ends, stamps };
}

/** A slice in which something differs, by the number of the file in the slice: who asked has its name and stamp. */
export interface SliceComparison {
  readonly slice: number;
  readonly added: Int32Array;
  readonly changed: Int32Array;
  /** Of `changed`. */
  readonly replicaIds: readonly number[];
  readonly gone: FolderComparison['gone'];
}

/** Of most folders there is nothing to tell but a number. */
export interface PackedComparison {
  /** Of each slice. */
  readonly unchanged: Int32Array;
  readonly differing: readonly SliceComparison[];
}

export function unpackComparison(
  slices: readonly ScannedFolder[],
  { unchanged, differing }: PackedComparison,
): FolderComparison[] {
  const compared = slices.map(({ folder }, i): FolderComparison => ({
    folder,
    unchanged: unchanged[i] ?? 0,
    added: [],
    changed: [],
    gone: [],
  }));
  for (const { slice, added, changed, replicaIds, gone } of differing) {
    const scanned = slices[slice] as ScannedFolder;
    compared[slice] = {
      folder: scanned.folder,
      unchanged: unchanged[slice] ?? 0,
      added: Array.from(added, (file) => fileOf(scanned, file)),
      changed: Array.from(changed, (file, i) => ({
        ...fileOf(scanned, file),
        replicaId: replicaIds[i] as number,
      })),
      gone,
    };
  }
  return compared;
}

function fileOf({ names, stamps }: ScannedFolder, file: number): FolderComparison['added'][number] {
  const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = stamps.subarray(file * 4, file * 4 + 4);
  return { name: names[file] as Uint8Array, stamp: { size, mtimeNs, ctimeNs, inode } };
}
