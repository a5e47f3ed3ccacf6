import type { RawPath } from '../../../shared/domain/path.ts';
import type { FileStamp } from './readings.ts';

/** Where a recovery writes in one location. Absolute paths below its root, on its volume. */
export interface RecoveryFolders {
  /** Of this act's unfinished copies. */
  readonly staging: RawPath;
  /** Of the damaged files that it sets aside. */
  readonly quarantine: RawPath;
}

export interface RecoveryAt {
  readonly root: RawPath;
  readonly managed: boolean;
  readonly archiveId: string;
  readonly jobId: number;
}

/** What stands at a name. `other`: a folder, a link, a device. */
export type Standing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly stamp: FileStamp }
  | { readonly kind: 'other'; readonly what: string };

/** How a name was taken: `taken` says that something stands there that was not there before. */
export type Placed =
  { readonly placed: true; readonly stamp: FileStamp } | { readonly placed: false; readonly reason: string };

/**
 * Writes of a recovery: copies are staged, damaged files set aside, names given without ever overwriting.
 * @throws HoldfastError DISK_FULL, LOCATION_UNREACHABLE where the place fails; BAD_INPUT where a path leads out of the location
 */
export interface RecoveryPlace {
  /** Where this act writes; nothing is made. */
  folders(at: RecoveryAt): RecoveryFolders;
  freeBytes(root: RawPath): Promise<number>;
  /** Looks at a name below the root, through no link. */
  look(root: RawPath, path: RawPath): Promise<Standing>;
  /** Makes a folder and those above it below `root`. */
  makeFolder(root: RawPath, folder: RawPath): Promise<void>;
  /** Gives a staged copy its time (nanoseconds), and syncs it and its folder. Returns its stamp. */
  settleStaged(staged: RawPath, mtimeNs: bigint): Promise<FileStamp>;
  /**
   * Moves the file at `path` into a folder of its own, with its story in a text beside that folder; both synced. Does nothing
   * where it stands there already. False where what stands at `path` is not the file that was looked at.
   */
  setAside(
    root: RawPath,
    path: RawPath,
    seen: FileStamp,
    to: { readonly folder: RawPath; readonly story: string },
  ): Promise<boolean>;
  /** Gives a staged copy its name, where nothing may stand; the folder is synced. */
  place(root: RawPath, staged: RawPath, path: RawPath): Promise<Placed>;
  /** Removes the staging of an act, and its folders where nothing else stands in them. */
  clear(at: RecoveryAt): Promise<void>;
}
