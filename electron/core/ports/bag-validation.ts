import type { BagFindingContext, BagFindingSeverity } from '../../../shared/domain/bag-finding.ts';
import type { BagFindingCode, BagForm, BagVerdict } from '../../../shared/domain/bag-findings.ts';
import type { BagProfile } from '../../../shared/domain/bag-profile.ts';
import type { PackageForm } from '../../../shared/domain/package-forms.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import type { DigestOutcome } from './readings.ts';

/** `structure` reads tag files only; `full` reads the payload too and compares every digest. */
export type BagValidationMode = 'structure' | 'full';

export interface BagFinding extends BagFindingContext {
  readonly code: BagFindingCode;
  readonly severity: BagFindingSeverity;
  /** Below the bag; absent for the bag as a whole. */
  readonly file?: RawPath;
}

export interface BagReport {
  readonly verdict: BagVerdict;
  /** Whether it is what the profile asks that it was held against. */
  readonly profile?: { readonly identifier: string; readonly isMet: boolean };
  /** As it is declared; absent where it is not. */
  readonly version?: string;
  /** Of data/, as found. */
  readonly payloadFiles: number;
  readonly payloadBytes: bigint;
  /** Payload files whose digests were made here and agree with every manifest. */
  readonly payloadVerified: number;
  /** Of the payload manifests, as their names have them. */
  readonly algorithms: readonly string[];
  /** The payload manifests by their names in the bag, one of each algorithm. */
  readonly manifests: readonly { readonly file: string; readonly algorithm: string }[];
  /** Labels and values of bag-info.txt in their order, repeated ones kept; the first thousand. */
  readonly info: readonly (readonly [label: string, value: string])[];
  /** The worst first; at most 200 of a code. `counts` has how many there are in truth. */
  readonly findings: readonly BagFinding[];
  readonly counts: ReadonlyMap<BagFindingCode, number>;
}

/**
 * Digests files, by their absolute paths, with SHA-256 and what is asked beside it. A file that cannot be read is a row; after an
 * abort there are fewer rows than paths.
 */
export type DigestFiles = (
  paths: readonly RawPath[],
  further: readonly FurtherDigest[],
) => Promise<readonly DigestOutcome[]>;

export interface BagValidation {
  readonly mode: BagValidationMode;
  /** What it is held against beside the standard. */
  readonly profile?: BagProfile;
  readonly digest: DigestFiles;
  /** How many calls of `digest` are worth having under way at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Told once the payload is counted, and then for each file that was read. */
  readonly onProgress?: (done: {
    readonly files: number;
    readonly filesTotal: number;
    readonly bytesTotal: bigint;
  }) => void;
}

/** How a serialised bag is packed, by its first bytes. */
export type SerialForm = Exclude<BagForm, 'folder'>;

export interface SerialValidation extends Pick<BagValidation, 'mode' | 'profile' | 'signal' | 'onProgress'> {
  /** Payload bytes, as they are read. */
  readonly onBytes?: (bytes: number) => void;
}

/** Profiles that somebody asks bags to meet. */
export interface BagProfiles {
  /** @throws HoldfastError BAD_INPUT for what is no profile */
  read(path: RawPath): Promise<BagProfile>;
}

/** Bags in one file. Streamed: nothing of them is unpacked to disk. */
export interface SerialisedBags {
  /** Undefined where it is no file, or of no form that a bag can be in. */
  formOf(path: RawPath): Promise<SerialForm | undefined>;
  /** @returns undefined when it was aborted */
  validate(path: RawPath, form: SerialForm, validation: SerialValidation): Promise<BagReport | undefined>;
  /**
   * Puts a whole bag into one file that is new, and syncs it. It unpacks to the bag's folder.
   * @param to where nothing stands
   * @returns SHA-256 of the file; undefined when it was aborted
   * @throws HoldfastError DISK_FULL, LOCATION_UNREACHABLE
   */
  pack(
    bag: RawPath,
    to: RawPath,
    form: Exclude<PackageForm, 'folder'>,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<{ readonly sha256: Uint8Array } | undefined>;
}

/** Judges any bag, whoever made it. Writes nothing, fetches nothing, follows no link. */
export interface BagValidator {
  /** Whether a bagit.txt stands in a folder: whoever made it calls it a bag. Nothing of it is read. */
  isDeclared(folder: RawPath): Promise<boolean>;
  /**
   * @param bag absolute path of an existing folder
   * @returns undefined when it was aborted: a part of a bag proves nothing
   */
  validate(bag: RawPath, validation: BagValidation): Promise<BagReport | undefined>;
}
