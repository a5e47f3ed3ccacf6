import type { Deaccession, Deaccessioned, PendingDeletion } from '../../../shared/contract/custody.ts';
import type { DeletionState } from '../../../shared/domain/letting-go.ts';
import type { RightsBasisOrGap } from '../../../shared/domain/rights.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';

/** A deletion that is open in an act of its own. */
export interface OpenedDeletion {
  readonly deletionId: number;
  readonly accession: { readonly id: number; readonly number: string };
  readonly actId: number;
  readonly jobId: number;
}

/** What of an accession stands in one place: in a bag of ours, or elsewhere in a location. */
export interface CustodyPlace {
  /** Of the deletion's row; 0 where no deletion was begun. */
  readonly id: number;
  readonly locationId: number;
  readonly locationName: string;
  readonly locationRoot: RawPath;
  /** Absent where it stands in no bag of ours. */
  readonly bag?: {
    readonly id: number;
    /** Relative to the location's root. */
    readonly path: RawPath;
    /** Numbers of accessions that have taken something below this path into custody. */
    readonly heldBy: readonly string[];
  };
  readonly state: DeletionState;
  readonly detail: string;
  /** The job that began to remove it, whose folder of staging it may stand in. */
  readonly jobId?: number;
  readonly files: number;
  readonly bytes: number;
}

/** What the catalogue knows to stand in a bag. */
export interface BagContents {
  readonly accessionNumber: string;
  /** As External-Identifier of bag-info.txt says it. */
  readonly identifier: string;
  /** All files, relative to the bag; those of the payload and those beside it. */
  readonly files: readonly RawPath[];
  /** SHA-256 of the tag files of which it was recorded. */
  readonly tagFiles: readonly { readonly name: RawPath; readonly sha256: Uint8Array }[];
}

/** A deletion as its certificate tells it. */
export interface DeletionRecord {
  readonly id: number;
  readonly accession: { readonly id: number; readonly number: string; readonly title: string };
  readonly archive: { readonly id: string; readonly name: string };
  readonly deaccession: Deaccession;
  readonly reason: string;
  readonly agent: string;
  readonly secondAgent: string;
  readonly openedAt: string;
  readonly closedAt?: string;
  /** The deletion's last event and its hash, hex; absent before the first act has closed. */
  readonly event?: { readonly id: string; readonly at: string; readonly hash: string };
  readonly log: { readonly events: number; readonly head: string };
  readonly places: readonly CustodyPlace[];
}

/** One copy whose bytes were removed. */
export interface RemovedCopy {
  readonly replicaId: number;
  readonly sha256: string;
  readonly size: number;
  readonly location: string;
  /** Absolute; absent where its name was erased. */
  readonly path?: RawPath;
  readonly deletedAt: string;
}

export interface SharedContents {
  readonly heldElsewhere: {
    readonly objects: number;
    readonly bytes: number;
    readonly accessions: string[];
  };
  readonly heldNowhereElse: { readonly objects: number; readonly bytes: number };
}

/** Rights and provenance as they are said of an accession; `unknown` and undefined say nothing. */
export interface SaidOfAccession {
  readonly rightsBasis: RightsBasisOrGap;
  readonly rightsNote: string;
  readonly source?: string | undefined;
  readonly acquired?: string | undefined;
}

export interface CustodyWriter {
  /** Fills what an accession did not know, with its `metadata modification` event; what it knew stands as it was. */
  closeGaps(accessionId: number, said: SaidOfAccession, agent: ActingAgent): Promise<void>;
  /**
   * Ends custody of an accession with its `deaccession` event: its replicas become tombstones, its parts leave all lists,
   * and everything that is counted or derived follows. Of the bytes nothing is touched.
   * @throws HoldfastError NOT_FOUND; BAD_INPUT when custody has ended already; JOB_DIFFERS while an accrual is open.
   */
  deaccession(input: {
    readonly accessionId: number;
    readonly reason: string;
    readonly authority: string;
    readonly agent: ActingAgent;
  }): Promise<Deaccessioned>;
  /**
   * Opens a deletion with its places, all of them pending, or the next act of one that is not complete.
   * @throws HoldfastError BAD_INPUT without a deaccession, without two agents, or when everything is done; JOB_DIFFERS when
   *   another reason or second agent is named than stands recorded.
   */
  beginDeletion(input: {
    readonly accessionId: number;
    readonly reason?: string | undefined;
    readonly secondAgent?: string | undefined;
    readonly resumeKey: string;
    readonly agent: ActingAgent;
  }): Promise<OpenedDeletion>;
  /** Finds an interrupted deletion's ids again. */
  reopenDeletion(jobId: number): Promise<OpenedDeletion>;
  /** Records, before the first byte goes, that a place is being removed. */
  beginRemoval(actId: number, placeId: number): Promise<void>;
  /** Records what became of a place, and with `deleted` or `absent` of its copies. */
  recordPlace(actId: number, placeId: number, state: DeletionState, detail: string): Promise<void>;
  /** Closes the act with its `deletion` event; one that found everything as the act before had left it appends none. */
  closeDeletion(actId: number, state: 'done' | 'cancelled'): Promise<{ readonly complete: boolean }>;
}

export interface CustodyReader {
  deaccessionOf(accessionId: number): Promise<Deaccession | undefined>;
  /** Where its copies stand: as its deletion recorded them, or as they would be recorded now. */
  custodyPlaces(accessionId: number): Promise<CustodyPlace[]>;
  bagContents(bagId: number): Promise<BagContents>;
  sharedContents(accessionId: number): Promise<SharedContents>;
  deletionOf(accessionId: number): Promise<DeletionRecord | undefined>;
  /** Bytes and files that one act removed. */
  removedBy(actId: number): Promise<{ readonly files: number; readonly bytes: number }>;
  /** What a deletion removed, a thousand at a time in the order of their ids. */
  removedCopies(deletionId: number, after: number): Promise<RemovedCopy[]>;
  pendingDeletions(page: PageRequest): Promise<Page<PendingDeletion>>;
  /** Whether files of a location may stand there that custody has ended of. */
  hasFormerCustody(locationId: number): Promise<boolean>;
  /** Which of these files of a folder (relative to its location's root) custody has ended of, their bytes left there. */
  formerCustody(locationId: number, folder: RawPath, names: readonly Uint8Array[]): Promise<boolean[]>;
}
