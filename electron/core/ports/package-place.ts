import type { RawPath } from '../../../shared/domain/path.ts';

/**
 * Where packages are made for others: beside their place, in `NAME.partial`, which only whoever has its token takes away.
 * @throws HoldfastError DISK_FULL; BAD_INPUT for a folder that is none or may not be written to, and a name that is taken
 */
export interface PackagePlace {
  /** The folder as it is called without links, whether it stands or not. */
  resolve(folder: RawPath): Promise<RawPath>;
  /** Bytes that this user may still write where the folder is, or would be. */
  freeBytes(folder: RawPath): Promise<number>;
  /** Refuses a name that is taken: of the package, or of the folder in which it would be made. */
  requireFree(folder: RawPath, names: readonly string[]): Promise<void>;
  /** Makes the folder, and in it the one in which the package is made. */
  open(partial: RawPath, token: string): Promise<void>;
  /** Makes the folder of the bag with its data/, in the folder in which a package is made. */
  makeBag(bag: RawPath): Promise<void>;
  /** Names what was made, with all of it on the disk before. Never over anything. */
  publish(made: RawPath, as: RawPath): Promise<void>;
  /** SHA-256 of a file; undefined where there is none. */
  digestOf(file: RawPath): Promise<Uint8Array | undefined>;
  /** Removes what was made and has no name yet. @returns false where something else stands there, or the folder is gone */
  clear(partial: RawPath, token: string): Promise<boolean>;
}
