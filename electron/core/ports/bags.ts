import type { RawPath } from '../../../shared/domain/path.ts';
import type { TagFile } from './replication.ts';

export interface BagFile {
  /** Below `data/`. */
  readonly path: string;
  /** The name that it had, where the bag cannot have it. */
  readonly original?: RawPath;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly sha512: Uint8Array;
}

/** A tag file that another bag has too: taken from there, where it was found to be what it should be. */
export interface SharedTagFile {
  /** Relative to the bag. */
  readonly path: string;
  /** Absolute. */
  readonly from: RawPath;
}

/** Makes a valid BagIt bag (RFC 8493) of a folder whose `data/` is filled. */
export interface BagWriter {
  /**
   * Writes everything that stands beside the payload, synced, and returns it.
   * @param files called for each pass over the payload, in the order of the manifests
   * @param info labels and values of bag-info.txt
   * @param shared beside those that it makes itself
   * @throws HoldfastError DISK_FULL
   */
  complete(
    bag: RawPath,
    files: () => AsyncIterable<BagFile>,
    info: readonly (readonly [label: string, value: string])[],
    shared?: readonly SharedTagFile[],
  ): Promise<TagFile[]>;
}
