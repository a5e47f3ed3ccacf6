import type { PackageDigest } from '../../../shared/domain/package-forms.ts';
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

/** A payload file of a package, copied. */
export interface PackedFile {
  /** Below `data/`. */
  readonly path: string;
  readonly size: number;
  /** By the names that algorithms have in names of manifests: those of the package, every one. */
  readonly digests: Readonly<Partial<Record<PackageDigest, Uint8Array>>>;
}

/** A tag file that is made for a package. */
export interface MadeTagFile {
  /** Relative to the bag. */
  readonly path: string;
  readonly content: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
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

  /**
   * The same of a package, whose payload may be filled while it is listed: each file must stand when it comes.
   * @throws what `payload` throws, and HoldfastError DISK_FULL, LOCATION_UNREACHABLE
   */
  write(
    bag: RawPath,
    contents: {
      readonly payload: AsyncIterable<PackedFile>;
      readonly algorithms: readonly PackageDigest[];
      readonly info: readonly (readonly [label: string, value: string])[];
      readonly tagFiles: readonly MadeTagFile[];
    },
  ): Promise<{ readonly tagFiles: readonly TagFile[]; readonly files: number; readonly bytes: number }>;
}
