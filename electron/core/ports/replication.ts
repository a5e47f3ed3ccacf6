import type { VirusCheckOfAct } from './virus-scanner.ts';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent, ActTally } from './common.ts';
import type { FileReading, FileStamp, FileProblem } from './readings.ts';

/** The act that fills one bag: an accession that is deposited, or the replication of an accrual. */
export interface OpenedBag {
  readonly jobId: number;
  readonly actId: number;
  readonly accrualId: number;
  readonly locationId: number;
  readonly accession: {
    readonly id: number;
    readonly number: string;
    readonly title: string;
    readonly accrual: number;
  };
  /** Where the bag goes, relative to the location's root. */
  readonly path: RawPath;
  /** Absolute; of an accession. */
  readonly sources: readonly RawPath[];
}

/** A file in staging, copied and digested. */
export interface StagedFile {
  /** Below `data/`, as in the bag. */
  readonly path: string;
  /** The raw name that it had, where the bag cannot have it. */
  readonly original?: RawPath;
  readonly sha512: Uint8Array;
  /** Of an accession: what one pass over it said. */
  readonly reading?: FileReading;
  /** Of a replication: whose content it is. */
  readonly object?: {
    readonly id: number;
    readonly sha256: Uint8Array;
    readonly size: number;
    readonly mtimeNs: bigint;
  };
}

/** What stands staged of one file. */
export interface StagedRow {
  readonly path: string;
  readonly original?: RawPath;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly sha256: Uint8Array;
  readonly sha512: Uint8Array;
  readonly readBack: boolean;
}

/** One file of an accrual that is to be replicated. */
export interface ReplicationRow {
  /** Of its path in the accrual: the same in every page, and in their order. */
  readonly path: RawPath;
  /** Whether the path is one in a bag already, names mapped, or that of a file in place. */
  readonly isBagPath: boolean;
  readonly objectId: number;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly sha512?: Uint8Array;
  /** Where its content stands, the best first: absolute path and location. */
  readonly copies: readonly {
    readonly locationId: number;
    readonly path: RawPath;
    readonly replicaId: number;
  }[];
}

/** A sealed bag as the catalogue knows it. */
export interface KnownBag {
  readonly id: number;
  readonly accrualId: number;
  readonly locationId: number;
  /** Relative to the location's root. */
  readonly path: RawPath;
  readonly tagFiles: readonly TagFile[];
}

export interface TagFile {
  /** Relative to the bag. */
  readonly path: string;
  readonly size: number;
  readonly sha256: Uint8Array;
}

/** A tag file as it was sealed. */
export interface KnownTagFile {
  readonly bagId: number;
  /** Relative to the bag. */
  readonly name: string;
  /** Relative to the location's root. */
  readonly path: RawPath;
  readonly sha256: Uint8Array;
}

/** An accrual that can be replicated. */
export interface AccrualToReplicate {
  readonly accrualId: number;
  readonly accessionId: number;
  readonly number: string;
  readonly title: string;
  readonly accrual: number;
  readonly files: number;
  readonly bytes: number;
  readonly bags: readonly KnownBag[];
}

export interface SoughtFile {
  readonly path: string;
  readonly others?: readonly string[];
  readonly size: bigint;
  readonly mtimeNs: bigint;
  /** When the system says that anything of the file was last changed; a program can set back every other time but this. */
  readonly ctimeNs?: bigint;
}

/** `touched`: it looks the same, and was changed in some way since it was deposited; SHA-256 of what was. */
export type FoundFile = 'staged' | 'deposited' | { readonly touched: readonly Uint8Array[] };

export interface ReplicationReader {
  /** Accessions with a sealed accrual that were copied from exactly these folders, oldest first. */
  depositsFrom(sources: readonly RawPath[]): Promise<{ readonly id: number }[]>;
  /** What an act has staged, in the order of the paths' bytes. */
  staged(actId: number, after: string, limit: number): Promise<StagedRow[]>;
  /**
   * Which of these are staged already, or stand deposited, with this size and (to the millisecond) modification time, under
   * their path or one of the others that it may have had.
   */
  alreadyStaged(actId: number, files: readonly SoughtFile[]): Promise<(FoundFile | undefined)[]>;
  /** Which of these (by their number) the act has not staged. */
  notStaged(actId: number, paths: readonly string[]): Promise<number[]>;
  stagedTally(actId: number): Promise<{ readonly files: number; readonly bytes: number }>;
  /** The accrual whose copy a job was in the middle of. */
  openReplica(jobId: number): Promise<number | undefined>;
  /** The bag that an act was about to move to its place, when it had come so far. */
  stagedBag(actId: number): Promise<{ readonly tagFiles: readonly TagFile[] } | undefined>;
  /** Sealed accruals, of one accession or of all that are in custody, oldest first. */
  accrualsToReplicate(accessionId?: number): Promise<AccrualToReplicate[]>;
  /** Where copies of them are expected. */
  locationsOfAccruals(accrualIds: readonly number[]): Promise<number[]>;
  replicationRows(
    accrualId: number,
    after: number,
    limit: number,
  ): Promise<{ rows: ReplicationRow[]; next: number | null }>;
  /** What stands in the bags of a location beside their payload. */
  tagFiles(locationId: number): Promise<KnownTagFile[]>;
  /** Numbers of this archive's open jobs: what they stage is not swept. */
  openJobs(): Promise<number[]>;
}

export interface ReplicationWriter {
  /** Opens an accession, or the next accrual of one, whose files will be copied into a managed location. */
  beginDeposit(input: {
    readonly accession: NewAccession;
    readonly accessionId?: number;
    readonly sources: readonly RawPath[];
    readonly locationId: number;
    readonly resumeKey: string;
    readonly agent: ActingAgent;
  }): Promise<OpenedBag>;
  reopenDeposit(jobId: number): Promise<OpenedBag>;
  beginReplication(input: {
    readonly title: string;
    readonly resumeKey: string;
    readonly params: unknown;
    readonly agent: ActingAgent;
  }): Promise<{ readonly jobId: number }>;
  /** Opens the act that fills one bag of a replication, or finds it again. */
  openReplica(jobId: number, accrualId: number, locationId: number): Promise<OpenedBag>;
  stageFiles(actId: number, files: readonly StagedFile[]): Promise<void>;
  /** Makes what was staged so far seen by the reader, and safe from a crash. */
  commitStaged(): Promise<void>;
  /** Files that were read back and found equal, as they stand in staging. */
  confirmStaged(
    actId: number,
    files: readonly { readonly path: string; readonly stamp: FileStamp }[],
  ): Promise<void>;
  /** Forgets what is to be copied again. */
  dropStaged(actId: number, paths: readonly string[]): Promise<void>;
  /** What could not be taken or copied; `path` is absolute. */
  recordBagProblems(
    actId: number,
    rows: readonly { readonly path: RawPath; readonly problem: FileProblem; readonly offset?: number }[],
  ): Promise<ActTally>;
  /** The bag is whole and about to be moved to its place. */
  sealStaged(
    actId: number,
    bag: {
      readonly octets: number;
      readonly files: number;
      readonly direct: boolean;
      readonly tagFiles: readonly TagFile[];
    },
  ): Promise<void>;
  /**
   * The bag stands in its place: records its next files as verified replicas. Returns the path to go on after, undefined
   * when all are recorded.
   */
  recordBagSlice(actId: number, after: string): Promise<string | undefined>;
  /**
   * Seals the accrual, or closes the replication, with its event; nothing staged is left.
   * @param remark what its note says of how the accrual came
   */
  closeBag(
    actId: number,
    state: 'done' | 'cancelled',
    viruses?: VirusCheckOfAct,
    remark?: string,
  ): Promise<{ readonly tally: ActTally; readonly accrual: number }>;
  recordTagFiles(
    rows: readonly { readonly bagId: number; readonly name: string; readonly outcome: string }[],
  ): Promise<void>;
  endReplication(jobId: number, state: 'done' | 'cancelled'): Promise<void>;
}
