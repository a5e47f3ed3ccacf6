import type { RawPath } from '../../../shared/domain/path.ts';
import type { KnownBag, OpenedBag } from './replication.ts';

/** A sealed bag in which a change is to be accepted. */
export interface BagToSucceed extends KnownBag {
  /** Where its successor would go, relative to the location's root. */
  readonly successor: RawPath;
  readonly files: number;
  /** Of its payload, as it was sealed. */
  readonly bytes: number;
  /** Another open job that fills a bag of the same accrual; until that is over, nothing succeeds this one. */
  readonly copiedBy?: number;
}

/** A file of a sealed bag as it is expected. */
export interface BagRow {
  readonly replicaId: number;
  /** Below `data/`. */
  readonly path: string;
  readonly objectId: number;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly sha512?: Uint8Array;
}

/** The act that fills a successor. */
export interface OpenedSuccession extends OpenedBag {
  /** The bag that it will succeed. */
  readonly bagId: number;
  /** 2 for the first successor in a location. */
  readonly edition: number;
}

export interface SuccessorMade {
  readonly locationId: number;
  readonly location: string;
  /** Absolute. */
  readonly path: RawPath;
  readonly supersedes: RawPath;
  readonly files: number;
  readonly bytes: number;
}

export interface SuccessionReader {
  /** In the order of their numbers, without those that are none or have been succeeded. `jobId`: whoever asks. */
  bagsToSucceed(bagIds: readonly number[], jobId?: number): Promise<BagToSucceed[]>;
  /** What an interrupted job was in the middle of, by the bags that are succeeded. */
  openSuccessions(jobId: number): Promise<number[]>;
  /** Its files by their replicas, in the order of these; `after` is the replica of the last row. */
  bagRows(bagId: number, after: number, limit: number): Promise<BagRow[]>;
  /** Bags of a location that were succeeded and are not deleted; paths are relative to its root. */
  supersededBags(locationId: number): Promise<{ readonly id: number; readonly path: RawPath }[]>;
  successorsMadeBy(jobId: number): Promise<SuccessorMade[]>;
}

export interface SuccessionWriter {
  /**
   * Opens the act that fills the successor of a bag, or finds it again.
   * @throws HoldfastError BAD_INPUT where custody of its accession has ended
   */
  openSuccession(jobId: number, bagId: number): Promise<OpenedSuccession>;
  /**
   * The successor stands in its place: its next files are expected there from now on, verified as they were read back. What was
   * staged with a reading is accepted for the finding that the act of decision has of it. Returns the path to go on after,
   * undefined when all are recorded.
   */
  recordSuccessorSlice(actId: number, decisionActId: number, after: string): Promise<string | undefined>;
  /** Records the bag with its event; nothing staged is left. One that was given up leaves no trace but its closed act. */
  closeSuccession(actId: number, state: 'done' | 'cancelled'): Promise<void>;
}
