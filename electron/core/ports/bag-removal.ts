import type { RawPath } from '../../../shared/domain/path.ts';
import type { BagContents } from './custody.ts';

/** Where a bag stands, and where it waits while it is unlinked. */
export interface BagPlace {
  /** Of the managed location. */
  readonly root: RawPath;
  /** The id that its marker must hold. */
  readonly marker: string;
  readonly archiveId: string;
  /** Relative to the root. */
  readonly path: RawPath;
  readonly bagId: number;
  readonly contents: BagContents;
}

/**
 * What stands at a bag's path. `refused`: not what the catalogue knows, or not ours to touch. `unreachable`: it cannot be
 * told or changed now. Reasons are sentences for a person.
 */
export type BagSeen =
  | { readonly state: 'there' | 'absent' }
  | { readonly state: 'refused' | 'unreachable'; readonly reason: string };

export type BagRemoved =
  | { readonly state: 'deleted' | 'absent' }
  | { readonly state: 'refused' | 'unreachable'; readonly reason: string };

/** Removes bags from managed locations. Never follows a link, never leaves the root, never removes what it does not know. */
export interface BagRemoval {
  /** Looks, and changes nothing. */
  look(place: BagPlace): Promise<BagSeen>;
  /**
   * Renames the bag into `<root>/.holdfast/staging/<archive id>/job-<n>/bag-<n>`, syncs both folders, then unlinks file by
   * file what `contents` names. Completes first what an interrupted run left in staging.
   * @param jobId the job that began its removal.
   * @param onFiles is told how many files went.
   */
  remove(place: BagPlace, jobId: number, onFiles: (count: number) => void): Promise<BagRemoved>;
}
