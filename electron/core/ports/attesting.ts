/** Checks that were made elsewhere: manifests, and what is recorded of them. */
import type { Checksum, ChecksumAlgorithm, ChecksumDialect } from '../../../shared/domain/checksum-lines.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent } from './common.ts';

/** One line of a manifest; lines count from 1. */
export type ManifestRow =
  | {
      readonly line: number;
      /** Relative to the folder that the manifest is of. */
      readonly path: RawPath;
      readonly checksums: readonly Checksum[];
    }
  /** A line that cannot be taken, and why. */
  | { readonly line: number; readonly problem: string };

export type ManifestCharacterSet = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'not UTF-8';

export interface OpenManifest {
  /** To be read once, to its end; memory does not grow with its length. Lines that name nothing are left out. */
  readonly slices: AsyncIterable<readonly ManifestRow[]>;
  /** In bytes, as it was when it was opened. */
  readonly size: number;
  /** How many of them were read so far. */
  bytesRead(): number;
  /** Of its bytes, 32; known once they were read. */
  sha256(): Uint8Array;
  /** How it is written, and by what program where it says so; known once all was read. */
  made(): {
    readonly dialects: readonly ChecksumDialect[];
    readonly tool?: string;
    readonly characterSet: ManifestCharacterSet;
  };
}

export interface Manifests {
  /**
   * @param path absolute
   * @throws HoldfastError BAD_INPUT where there is no such file, or it may not be read; the slices throw it for UTF-16 that is none
   */
  open(path: RawPath, options?: { readonly takesAbsolute?: boolean }): Promise<OpenManifest>;
}

/** A replica as a manifest is compared with it. */
export interface Attestable {
  readonly replicaId: number;
  /** When it was last read here and found intact, in milliseconds since 1970. */
  readonly verifiedAt?: number;
  readonly digests: Readonly<Partial<Record<ChecksumAlgorithm, Uint8Array>>>;
}

/** A replica of which somebody says another digest than the recorded one. */
export interface AttestedDifference {
  readonly replicaId: number;
  readonly algorithm: ChecksumAlgorithm;
  /** What is recorded, and what the manifest says; lower-case hex. */
  readonly expected: string;
  readonly found: string;
  /** It was read here on a later day and found intact: that is the better evidence, and no finding is opened. */
  readonly isReadSince: boolean;
}

export interface NewAttestation {
  readonly locationId: number;
  readonly by: string;
  /** ISO 8601 date. */
  readonly on: string;
  readonly manifestSha256: Uint8Array;
  /** Replicas whose digests agree, in the order of the manifest. */
  readonly agreeing: Int32Array;
  readonly differing: readonly AttestedDifference[];
  /** What of the manifest became no outcome. */
  readonly notComparable: number;
  readonly unmatched: number;
  /** Wrong lines that were passed over on request. */
  readonly passedOver: number;
  /** How many attestations that say the same were known when it was compared. */
  readonly sameBefore: number;
  readonly agent: ActingAgent;
}

/** An attestation as it stands recorded. */
export interface KnownAttestation {
  readonly actId: number;
  readonly eventSeq: number;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
}

export interface AttestingReader {
  /** What stands expected at paths relative to the root of a location, in their order; undefined where nothing does. */
  attestables(
    locationId: number,
    paths: readonly RawPath[],
    options?: {
      /** With the MD5 of their samples, which says nothing of the file as a whole. */
      readonly withSamples?: boolean;
    },
  ): Promise<(Attestable | undefined)[]>;
  /** Those that say the same: of this location, by the same, on the same day, from a manifest of the same bytes. Oldest first. */
  sameAttestations(
    of: Pick<NewAttestation, 'locationId' | 'by' | 'on' | 'manifestSha256'>,
  ): Promise<KnownAttestation[]>;
}

export interface AttestingWriter {
  /**
   * Records an attestation as one act with its event, which commits to the outcomes by a Merkle root: `attested` and
   * `attested_altered`, never the words of an audit. It verifies nothing: only a difference changes what is known of a replica, as a finding.
   * A finding that a reading made stays as it is.
   * @throws HoldfastError BAD_INPUT where the same was recorded since it was compared
   */
  recordAttestation(
    attestation: NewAttestation,
  ): Promise<{ readonly actId: number; readonly eventSeq: number; readonly findings: number }>;
}
