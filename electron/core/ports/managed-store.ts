import type { RawPath } from '../../../shared/domain/path.ts';
import type { TagFile } from './replication.ts';

/** What tells a managed location from a copy of it; `.holdfast/location.json` in its root. */
export interface Marker {
  /** UUID of the location. */
  readonly id: string;
  /** The file system that it was made on; absent where that has no id of its own. */
  readonly fileSystem?: string;
  /** RFC 3339, UTC. */
  readonly madeAt: string;
}

/**
 * Managed locations, where Holdfast writes: staging beside the destination on the same volume, then a move to the place.
 * @throws HoldfastError DISK_FULL, LOCATION_UNREACHABLE where the place fails
 */
export interface ManagedStore {
  /** Makes the folder where there is none. */
  makeRoot(root: RawPath): Promise<void>;
  /** The marker of a root. @throws HoldfastError BAD_INPUT for a file that is no marker */
  readMarker(root: RawPath): Promise<Marker | undefined>;
  writeMarker(root: RawPath, marker: Marker): Promise<void>;
  /** Bytes that this user may still write there. */
  freeBytes(root: RawPath): Promise<number>;
  /** The folder of a job's unfinished work; made. */
  openStaging(root: RawPath, archiveId: string, jobId: number): Promise<RawPath>;
  /** Removes what jobs of this archive left behind, but those named. */
  sweepStaging(root: RawPath, archiveId: string, keep: readonly number[]): Promise<void>;
  stands(path: RawPath): Promise<boolean>;
  removeStaged(path: RawPath): Promise<void>;
  /** Syncs every folder of a staged bag and moves it to its place, where nothing may stand. */
  placeBag(staged: RawPath, place: RawPath): Promise<void>;
  /** Whether the bag with these tag files stands there. */
  hasTagFiles(bag: RawPath, tagFiles: readonly TagFile[]): Promise<boolean>;
  /** Says to people what the folder of an archive is; left alone where it stands. */
  writeReadme(root: RawPath, archive: { readonly id: string; readonly name: string }): Promise<void>;
  /**
   * Puts a file for people into the root, whole or not at all. One that stands there is replaced where `isOlder` says so of what it begins
   * with, and left alone otherwise.
   * @param name without a slash
   */
  writePage(
    root: RawPath,
    name: string,
    content: string,
    isOlder: (standing: string) => boolean,
  ): Promise<void>;
}
