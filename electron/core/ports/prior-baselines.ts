/** Older manifests: what somebody's digests of a past day say of the contents that are now in custody. */
import type { RawPath } from '../../../shared/domain/path.ts';
import type { AttestedDifference, KnownAttestation } from './attesting.ts';
import type { ActingAgent } from './common.ts';

export interface NewPriorBaselines {
  readonly locationId: number;
  /** Absent where the manifest is held against a whole location. */
  readonly accessionId?: number;
  readonly by: string;
  /** ISO 8601 date. */
  readonly on: string;
  /** How it is written, in words. */
  readonly made: string;
  /** It says what FLAC files decode to, and nothing of the files as a whole. */
  readonly isOfSamples: boolean;
  readonly manifestSha256: Uint8Array;
  /** Replicas whose content is as it says, in the order of the manifest. */
  readonly agreeing: Int32Array;
  readonly differing: readonly AttestedDifference[];
  readonly notComparable: number;
  readonly unmatched: number;
  /** Wrong lines that were passed over on request. */
  readonly passedOver: number;
  readonly agent: ActingAgent;
}

export interface PriorReader {
  /** Folders that an accession was handed over in, and payloads of its bags: what the paths of a donor's manifest may be relative to. */
  handedOverFolders(
    accessionId: number,
  ): Promise<{ readonly locationId: number; readonly folder: RawPath }[]>;
  /** One that says the same: of this location, by the same, of the same day, of the same bytes. */
  samePriorManifest(
    of: Pick<NewPriorBaselines, 'locationId' | 'by' | 'on' | 'manifestSha256'>,
  ): Promise<KnownAttestation | undefined>;
}

export interface PriorWriter {
  /**
   * Records what a manifest says of the past as one act with its event, which commits to the outcomes by a Merkle root. What agrees reaches
   * back to its day; what differs is a finding. It verifies nothing, attests nothing of a copy, and leaves each replica's state as it is.
   */
  recordPriorBaselines(
    input: NewPriorBaselines,
  ): Promise<{ readonly actId: number; readonly eventSeq: number; readonly findings: number }>;
}
