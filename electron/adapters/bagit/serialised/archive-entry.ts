/** What a serialised bag is read as, whichever program made it: one entry after another, in the order of the archive. */
export type EntryKind = 'file' | 'folder' | 'symlink' | 'hardlink' | 'special' | 'closed';

export interface ArchiveEntry {
  /** As the archive has it: hostile until it was looked at. */
  readonly name: Uint8Array;
  /** `closed`: a file whose content cannot be had here; `detail` says why. */
  readonly kind: EntryKind;
  /** Of what it unpacks to, as declared. */
  readonly size: number;
  readonly detail?: string;
}

export interface OpenEntry extends ArchiveEntry {
  /** Its content, once. What is not asked for is passed over. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Begins at the first entry each time. @throws ArchiveBroken, TooMuchUnpacked, the system's error */
export type ReadArchive = () => AsyncGenerator<OpenEntry, void>;

/** It cannot be read to its end, by what its own bytes say. */
export class ArchiveBroken extends Error {}

/** It would unpack to more than a bag of recordings can. */
export class TooMuchUnpacked extends Error {}

/**
 * Sound that is stored as it was taken shrinks to a half at the best, silence to a thousandth: what is unpacked may be so many
 * times as large as what was read, or smaller than so many bytes.
 */
const RATIO = 200;
const HARMLESS = 256 * 1024 * 1024;

/** @throws TooMuchUnpacked */
export function checkRatio(unpacked: number, read: number): void {
  if (unpacked > HARMLESS && unpacked > RATIO * read)
    throw new TooMuchUnpacked(`more than ${RATIO} times its size in the archive`);
}

/** The system's errors have a code of capitals (ENOENT); those of zlib and of the readers tell of the archive's own bytes. */
export function asBroken(error: unknown): unknown {
  if (error instanceof TooMuchUnpacked || error instanceof ArchiveBroken) return error;
  if (!(error instanceof Error)) return error;
  const isOfSystem = 'errno' in error && 'syscall' in error;
  return isOfSystem ? error : new ArchiveBroken(error.message);
}
