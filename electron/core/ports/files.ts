import type { RawPath } from '../../../shared/domain/path.ts';
import type { Marker } from './managed-store.ts';
import type {
  CopyOutcome,
  DigestOutcome,
  DigestValue,
  FileOutcome,
  ReadBackOutcome,
  ScannedFolder,
} from './readings.ts';

/** A root as found now; what it is known by. */
export interface RootIdentity {
  /** Absolute, links resolved. */
  readonly path: RawPath;
  readonly inode: bigint;
  /** Of the volume it stands on: tells volumes apart now, and means nothing after the next mount. */
  readonly device: bigint;
  /** The file system's own id (a UUID where it has one); undefined where none can be read. */
  readonly fileSystem?: string;
  /** The kind of file system, e.g. ext4, nfs. */
  readonly fileSystemType: string;
  readonly network: boolean;
  /** Whether it stands on a disk that turns, where only one file is well read at a time; undefined where nobody can tell. */
  readonly rotational?: boolean;
  /** Names of the disks below it, and of the server that it is a share of, as far as the system tells; the same name is the same thing. */
  readonly standsOn: readonly string[];
  /** What its marker says, where it has one. */
  readonly marker?: Marker;
}

/**
 * `alone`: nothing else is being done, so it takes the threads it can use. `ahead`: it feeds readers, and must not slow them.
 * `aside`: as ahead, once, beside a longer act, whose memory it must not share for longer than it lasts.
 */
export type ScanPace = 'alone' | 'ahead' | 'aside';

export interface ReadingHow {
  /** That this call may read; all of its files are read one after another. */
  readonly bytesPerSecond?: number;
  /** Past the system's cache where it lets one: outcomes say whether it did. */
  readonly direct?: boolean;
}

/** Work on bytes. Done in worker threads that know no database; every method may be called concurrently. */
export interface Files {
  /**
   * Identifies a folder.
   * @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE
   */
  identifyRoot(path: RawPath): Promise<RootIdentity>;

  /**
   * Walks a root to any depth, folder by folder, names as bytes, links not followed. Memory is bounded: the walk waits
   * for the consumer. Order is not promised, but that the slices of one folder follow each other. Ends early, without
   * an error, when aborted. A folder whose listing failed has no last slice, and a note with an empty name.
   * @throws HoldfastError FOLDER_UNREADABLE when the root itself cannot be listed
   */
  scan(root: RawPath, signal: AbortSignal, pace: ScanPace): AsyncIterable<ScannedFolder[]>;

  /**
   * Reads files of one folder in one full pass each: digests, format, tags. Paths are `root/folder/name`. Never
   * rejects for one file: a failure is a row. The results stand in the order of `names`; after an abort there are fewer.
   */
  readAll(
    root: RawPath,
    folder: RawPath,
    names: readonly Uint8Array[],
    further: readonly DigestValue['algorithm'][],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<FileOutcome[]>;

  /**
   * Reads files and digests them, with SHA-256 and what is asked beside it; `paths` are absolute. The results stand in the
   * order of `paths`.
   */
  digestAll(
    paths: readonly RawPath[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
    further?: readonly DigestValue['algorithm'][],
    how?: ReadingHow,
  ): Promise<DigestOutcome[]>;

  /** Reads files as `readAll` does, wherever they stand; `paths` are absolute. The results stand in the order of `paths`. */
  lookAll(paths: readonly Uint8Array[], signal: AbortSignal): Promise<FileOutcome[]>;

  /**
   * Reads files as `readAll` does (`whole`) or for their digests alone, and writes each to its target as it is read; a copy
   * is synced before its outcome is told. A failure of the destination is a row of code `destination_failed`. Folders on the way
   * are made below `within`, which stands on the volume of the targets, and nowhere else.
   */
  copyAll(
    pairs: readonly { readonly from: RawPath; readonly to: RawPath }[],
    how: {
      readonly further: readonly DigestValue['algorithm'][];
      readonly look: 'whole' | 'digest';
      readonly within: RawPath;
      readonly bytesPerSecond?: number;
    },
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<CopyOutcome[]>;

  /** Reads back files that were just written, past the page cache where the system lets one. */
  readBackAll(
    paths: readonly RawPath[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<ReadBackOutcome[]>;

  /**
   * The block of a tape at which each file begins, in the order of `paths`, which are absolute; undefined where that cannot be told.
   * Never rejects.
   */
  tapeBlocks(paths: readonly RawPath[], signal: AbortSignal): Promise<(number | undefined)[]>;

  /** How many calls of readAll or digestAll are worth having under way at once. */
  readonly concurrency: number;

  close(): Promise<void>;
}
