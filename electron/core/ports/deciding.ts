import type { FindingDetail, MassChange } from '../../../shared/contract/decisions.ts';
import type { ReplicaHistory } from '../../../shared/contract/replica-history.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent } from './common.ts';
import type { FileReading, FileStamp } from './readings.ts';

/** An open act of decision: a resolution, or a recovery. */
export interface OpenedDecision {
  readonly actId: number;
  readonly jobId: number;
}

/** One copy of a content, as far as the catalogue knows it. */
export interface KnownCopy {
  readonly replicaId: number;
  readonly locationId: number;
  readonly path: RawPath;
  readonly outcome: string;
  /** Milliseconds since 1970. */
  readonly verifiedAt?: number;
  readonly failureGroup?: string;
}

/** A finding as whoever acts on it must know it. */
export interface FindingAtHand {
  readonly id: number;
  readonly resolved: boolean;
  readonly outcome: string;
  /** Evidence, as JSON. */
  readonly detail: string;
  readonly replicaId: number;
  readonly accrualId: number;
  readonly locationId: number;
  /** Absolute. */
  readonly path: RawPath;
  /** Relative to the location's root. */
  readonly relative: RawPath;
  /** In a sealed bag of ours. */
  readonly isSealed: boolean;
  /** That bag, where the catalogue knows it. */
  readonly bagId?: number;
  readonly failureGroup?: string;
  readonly objectId: number;
  readonly sha256: Uint8Array;
  readonly size: number;
  readonly mtimeNs: bigint;
  /** The other copies of its content, without those that were found bad, the best first. */
  readonly copies: readonly KnownCopy[];
}

/** How far an act has come with one finding. */
export interface DecisionStep {
  readonly findingId: number;
  readonly state: 'planned' | 'placing' | 'done' | 'refused';
  readonly detail: string;
  readonly stagedInode?: bigint;
  readonly damaged?: { readonly size: number; readonly sha256?: Uint8Array };
}

/** A damaged file that was set aside. */
export interface SetAside {
  /** Relative to the location's root. */
  readonly path: RawPath;
  readonly size: number;
  readonly sha256?: Uint8Array;
}

/** What became of one finding in an act. */
export type Decided =
  | {
      readonly findingId: number;
      readonly became: 'refused';
      readonly detail: string;
      /** Set aside although nothing could take its place. */
      readonly setAside?: SetAside;
    }
  | {
      readonly findingId: number;
      readonly became: 'placing';
      readonly stagedInode: bigint;
      readonly damaged?: { readonly size: number; readonly sha256?: Uint8Array };
    }
  | {
      readonly findingId: number;
      readonly became: 'recovered';
      readonly stamp: FileStamp;
      readonly detail: string;
      readonly setAside?: SetAside;
    }
  | { readonly findingId: number; readonly became: 'intact'; readonly stamp: FileStamp }
  | {
      readonly findingId: number;
      readonly became: 'moved';
      readonly stamp: FileStamp;
      readonly locationId: number;
      /** Relative to the location's root. */
      readonly folder: RawPath;
      readonly name: Uint8Array;
    }
  | { readonly findingId: number; readonly became: 'accepted'; readonly reading: FileReading };

/** Where an untracked file stands that may be one that is missing. */
export interface UntrackedFile {
  readonly locationId: number;
  /** Absolute. */
  readonly path: RawPath;
  /** Relative to the location's root. */
  readonly folder: RawPath;
  readonly name: Uint8Array;
}

export interface DecisionTally {
  readonly done: number;
  readonly refused: number;
}

export interface DecisionReader {
  /** Open findings, oldest first; of all locations, outcomes and mass changes where none is named. */
  openFindings(of: {
    readonly locationId?: number | undefined;
    readonly outcome?: string | undefined;
    readonly massChangeId?: number | undefined;
  }): Promise<number[]>;
  /** In the order of the ids; without those that are none. */
  findingsAtHand(ids: readonly number[]): Promise<FindingAtHand[]>;
  finding(id: number): Promise<FindingDetail | undefined>;
  /** In the order of the findings. */
  decisionSteps(actId: number): Promise<DecisionStep[]>;
  /** The open act that is to decide on one of these findings. */
  openDecisionOn(findingIds: readonly number[]): Promise<{ jobId: number; findingId: number } | undefined>;
  /** Files in nobody's custody of exactly this size, as the last rescans saw them. */
  untrackedOfSize(size: number): Promise<UntrackedFile[]>;
  /** Newest first; those that are not decided, or all. */
  massChanges(all: boolean): Promise<MassChange[]>;
  massChange(id: number): Promise<MassChange | undefined>;
  /** Of a replica in custody, newest first. */
  replicaHistory(id: number): Promise<ReplicaHistory | undefined>;
}

export interface DecisionWriter {
  /** Opens an act over findings, together with its job. */
  beginDecision(input: {
    readonly kind: 'resolution' | 'recovery';
    readonly title: string;
    readonly resumeKey: string;
    readonly params: unknown;
    readonly findingIds: readonly number[];
    readonly agent: ActingAgent;
  }): Promise<OpenedDecision>;
  reopenDecision(jobId: number): Promise<OpenedDecision>;
  /**
   * Records what became of findings, all in one transaction. A finding that somebody else resolved meanwhile is left as it is.
   * An accepted content becomes the replica's object; what it was before stays in former_baselines.
   */
  recordDecisions(actId: number, rows: readonly Decided[]): Promise<void>;
  /** Closes the act with its event; one that did nothing appends none. */
  closeDecision(actId: number, state: 'done' | 'cancelled'): Promise<DecisionTally>;
  /** A person has decided on files that changed together; what was suspended goes on. */
  decideMassChange(
    id: number,
    decision: { readonly decision: string; readonly reason: string },
    agent: ActingAgent,
  ): Promise<void>;
}
