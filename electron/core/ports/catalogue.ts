import type { VirusCheckOfAct } from './virus-scanner.ts';
import type { Accession, NewAccession } from '../../../shared/contract/accession.ts';
import type { ArchiveBreakdown, ArchiveInfo, ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { EventSummary, Entity, Holding } from '../../../shared/contract/holdings.ts';
import type { HoldingsSort } from '../../../shared/domain/holdings-list.ts';
import type { EventFilter, LogVerification } from '../../../shared/contract/events.ts';
import type { Checks, Finding } from '../../../shared/contract/fixity.ts';
import type { Job, JobProgress, Problem } from '../../../shared/contract/jobs.ts';
import type { Location, LocationHealth } from '../../../shared/contract/locations.ts';
import type { AuditBudget, BudgetEnd } from '../../../shared/domain/audit-budget.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { EssenceDigest } from '../../../shared/domain/essence.ts';
import type { JobState } from '../../../shared/domain/vocabulary.ts';
import type { AgentsReader, AgentsWriter } from './agents.ts';
import type { DescriptionReader, DescriptionWriter } from './describing.ts';
import type { DecisionReader, DecisionWriter } from './deciding.ts';
import type { CustodyReader, CustodyWriter } from './custody.ts';
import type { FixityListReader } from './fixity-lists.ts';
import type { HoldingsNarrowing, HoldingsPage, HoldingsRequest } from './holdings-list.ts';
import type { IntakeReader, IntakeWriter } from './intake.ts';
import type { LocationWriter } from './locating.ts';
import type { LogReader, LogWriter, PolicyWriter } from './log.ts';
import type { ProtectionWriter } from './protection.ts';
import type { QuarantineReader, QuarantineWriter } from './quarantine.ts';
import type { ItemReader, ItemWriter } from './arranging.ts';
import type { CollectionReader, CollectionWriter } from './collecting.ts';
import type { ActTally, ActingAgent, Page, PageRequest } from './common.ts';
import type { AttestingReader, AttestingWriter } from './attesting.ts';
import type { AuditPlan, CheckRecorded } from './auditing.ts';
import type { ManifestReader, ManifestWriter } from './manifests.ts';
import type { DescribedItemReader } from './described-items.ts';
import type { PremisReader } from './premis.ts';
import type { ExportWriter } from './exporting.ts';
import type { HandOutReader, HandOutWriter } from './handing-out.ts';
import type { PriorReader, PriorWriter } from './prior-baselines.ts';
import type { FileOutcome, FileStamp, ScannedFolder } from './readings.ts';
import type { ReportReader } from './reporting.ts';
import type { ReplicationReader, ReplicationWriter } from './replication.ts';
import type { SuccessionReader, SuccessionWriter } from './succession.ts';
import type { SupersededReader, SupersededWriter } from './superseded.ts';
import type { TellingReader, TellingWriter } from './telling.ts';
import type { ShelvingReader, ShelvingWriter } from './shelving.ts';
import type { ScheduleReader, ScheduleWriter } from './scheduling.ts';

export type { ActingAgent, ActTally, Page, PageRequest };

/** What a location is known by; see design, "The archive on disk". */
export interface LocationIdentity {
  readonly id: number;
  readonly name: string;
  readonly root: RawPath;
  readonly writes: 'never' | 'recover' | 'managed';
  readonly fileSystem?: string;
  readonly rootInode?: bigint;
  /** Of a managed location: the id that its marker must show. */
  readonly marker?: string;
  /** How many of its files are read at once; absent: as its device asks for. */
  readonly readers?: number;
  /** It is read in the order in which its files lie, one at a time. */
  readonly isTape?: boolean;
  readonly sentinels: readonly {
    readonly path: RawPath;
    readonly size: number;
    readonly sha256: Uint8Array;
  }[];
}

/** A folder to be taken into custody: within a known location, or as a new one. */
export interface RootPlan {
  readonly location:
    | { readonly id: number }
    | { readonly root: RawPath; readonly name: string; readonly fileSystem?: string; readonly inode: bigint };
  /** Relative to the location's root, empty for the root itself. */
  readonly path: RawPath;
}

export interface OpenedAccession {
  readonly accession: { readonly id: number; readonly number: string; readonly accrual: number };
  readonly accrualId: number;
  readonly actId: number;
  readonly jobId: number;
  readonly roots: readonly {
    readonly locationId: number;
    readonly locationRoot: RawPath;
    readonly path: RawPath;
  }[];
}

/** Files of one folder (relative to its location's root) as they were read. */
export interface FilesRead {
  readonly actId: number;
  readonly accrualId: number;
  readonly locationId: number;
  readonly folder: RawPath;
  readonly files: readonly {
    readonly name: Uint8Array;
    readonly outcome: FileOutcome;
    /** When the replica was read back and found equal; absent where it was only read. */
    readonly verifiedAt?: number | undefined;
  }[];
}

/** What became of an accession's act; `accrual` is the last one that stands sealed. */
export interface ClosedAccession {
  readonly tally: ActTally;
  readonly accrual: number;
}

/** A file in nobody's custody, as a rescan saw it. */
export interface UntrackedFile {
  readonly locationId: number;
  /** Relative to the location's root. */
  readonly path: RawPath;
  readonly size: number;
}

export interface ReplicaPlace {
  readonly locationId: number;
  /** Absolute. */
  readonly path: RawPath;
}

export interface OpenedRun {
  readonly actId: number;
  readonly jobId: number;
}

/** What a folder's entries are against what the catalogue expects there. */
export interface FolderComparison {
  readonly folder: RawPath;
  readonly unchanged: number;
  /** Not registered at this path. */
  readonly added: readonly { readonly name: Uint8Array; readonly stamp: FileStamp }[];
  /** Registered, and size, mtime, ctime or inode differ. */
  readonly changed: readonly {
    readonly name: Uint8Array;
    readonly replicaId: number;
    readonly stamp: FileStamp;
  }[];
  /** Registered, and not there; complete only once the folder's last slice was compared. */
  readonly gone: readonly { readonly name: Uint8Array; readonly replicaId: number }[];
}

/** A replica to be verified. */
export interface PlannedCheck {
  readonly replicaId: number;
  /** Absolute. */
  readonly path: RawPath;
  readonly sha256: Uint8Array;
  readonly size: number;
  readonly mtimeNs: bigint;
}

/** What tells a change of tags from damage, and where that is. */
export interface AudioBaseline {
  readonly essences: readonly EssenceDigest[];
  /** CRC-32 of each MiB, four bytes each, big-endian. */
  readonly chunkDigests?: Uint8Array;
}

/**
 * The catalogue's one writer. Every method is one transaction or joins the open one of a running act (which is
 * committed after three to fifteen seconds, and by every closing method); a method that closes an act appends its event in the
 * same transaction.
 * @throws HoldfastError DISK_FULL when the volume of the catalogue is full, CATALOGUE_CORRUPT when SQLite says so.
 */
export interface CatalogueWriter
  extends
    CollectionWriter,
    ItemWriter,
    PolicyWriter,
    LogWriter,
    AgentsWriter,
    IntakeWriter,
    ReplicationWriter,
    SuccessionWriter,
    SupersededWriter,
    ProtectionWriter,
    ScheduleWriter,
    LocationWriter,
    ShelvingWriter,
    AttestingWriter,
    ManifestWriter,
    ExportWriter,
    HandOutWriter,
    PriorWriter,
    TellingWriter,
    DescriptionWriter,
    CustodyWriter,
    QuarantineWriter,
    DecisionWriter {
  /**
   * Opens a new accession, or with `accessionId` the next accrual of one, together with its act and job. What was a gap in
   * that accession and is known now (rights basis, source, how acquired) is recorded with an event; nothing else of it changes.
   */
  beginAccession(input: {
    readonly accession: NewAccession;
    readonly accessionId?: number;
    readonly roots: readonly RootPlan[];
    readonly resumeKey: string;
    readonly agent: ActingAgent;
  }): Promise<OpenedAccession>;
  /** Finds an interrupted accession's ids again. */
  reopenAccession(jobId: number): Promise<OpenedAccession>;
  /** Records objects, digests, metadata, replicas, problems and outcomes. Files already recorded at their path are left as they are. */
  recordFiles(batch: FilesRead): Promise<ActTally>;
  /** Records what was left out, not followed or could not be listed. */
  recordNotes(
    actId: number,
    locationId: number,
    folder: RawPath,
    notes: ScannedFolder['notes'],
  ): Promise<void>;
  /** Proposes items from what stands recorded of one folder in an accrual; idempotent. */
  proposeItems(accrualId: number, locationId: number, folder: RawPath): Promise<void>;
  /** Proposes items for folders that an interruption left open, then seals the accrual with its `accession` event; `remark` ends its note. */
  closeAccession(
    actId: number,
    state: 'done' | 'cancelled',
    viruses?: VirusCheckOfAct,
    remark?: string,
  ): Promise<ClosedAccession>;

  beginRun(input: {
    readonly kind: 'audit' | 'rescan';
    readonly title: string;
    readonly resumeKey: string;
    readonly params: unknown;
    readonly locationIds: readonly number[];
    /** The budget; absent where everything is asked for. */
    readonly asked?: AuditBudget;
    /** True where bytes are to be read past the system's cache. */
    readonly direct?: boolean;
    readonly agent: ActingAgent;
  }): Promise<OpenedRun>;
  reopenRun(jobId: number): Promise<OpenedRun>;
  /** Records outcomes of checks: replicas, findings, act outcomes. An intact check resolves nothing by itself. */
  recordChecks(actId: number, checks: readonly CheckRecorded[]): Promise<void>;
  /** Records what a rescan saw in one folder: untracked files, and stamps of files that were re-read and found intact. */
  recordUntracked(
    actId: number,
    locationId: number,
    folder: RawPath,
    files: readonly { readonly name: Uint8Array; readonly size: bigint }[],
  ): Promise<void>;
  /** Forgets untracked files of these locations last seen before this run began. */
  forgetUntracked(actId: number, locationIds: readonly number[]): Promise<void>;
  /**
   * Closes an audit or a rescan with its `fixity check` event; a rescan that read nothing appends none. Returns the bytes
   * that the whole act has read, its interrupted beginnings included, and whether any may have come from the system's cache.
   */
  closeRun(
    actId: number,
    summary: {
      readonly planned: number;
      readonly complete: boolean;
      readonly cancelled?: boolean;
      readonly outcomes: Readonly<Record<string, number>>;
      readonly bytesRead: number;
      /** Which bound ended it before its plan. */
      readonly endedBy?: BudgetEnd;
    },
  ): Promise<{ readonly bytesRead: number; readonly cached: boolean }>;

  /**
   * Saves how a job stands; terminal states set `finishedAt`. `version` is the caller's and only grows. False when it waits, with all
   * bulk work before it, for the next commit, until which nobody can see it.
   */
  saveJob(
    id: number,
    change: {
      readonly version: number;
      readonly state: JobState;
      readonly progress: JobProgress;
      readonly result?: unknown;
      readonly error?: NonNullable<Job['error']>;
    },
  ): Promise<boolean>;
  /** At start-up: what was running when the process died is `interrupted`. Returns the jobs' ids. */
  markInterrupted(): Promise<number[]>;

  /** Compares the maintained counters with a recount; the differences as text, empty when they agree. */
  checkCounters(): Promise<string[]>;
  close(): Promise<void>;
}

/** Read-only connections on threads of their own: a reader cannot write by construction. */
export interface CatalogueReader
  extends
    CollectionReader,
    ItemReader,
    LogReader,
    AgentsReader,
    IntakeReader,
    ReplicationReader,
    SuccessionReader,
    SupersededReader,
    ScheduleReader,
    ShelvingReader,
    AttestingReader,
    ManifestReader,
    ReportReader,
    PremisReader,
    HandOutReader,
    DescribedItemReader,
    PriorReader,
    TellingReader,
    DescriptionReader,
    CustodyReader,
    FixityListReader,
    QuarantineReader,
    DecisionReader {
  archive(): Promise<ArchiveInfo>;
  status(now: number): Promise<ArchiveStatus>;
  /** Looks at every part. */
  breakdown(): Promise<ArchiveBreakdown>;
  locations(): Promise<Location[]>;
  /** Undefined where there is no such location. Looks at each of its replicas. */
  locationHealth(id: number): Promise<LocationHealth | undefined>;
  locationIdentities(): Promise<LocationIdentity[]>;

  jobs(page: PageRequest): Promise<Page<Job>>;
  job(id: number): Promise<Job | undefined>;
  jobParams(id: number): Promise<unknown>;
  /** The open (queued, running, paused, interrupted) job of this resume key. */
  openJob(
    resumeKey: string,
  ): Promise<{ readonly id: number; readonly state: JobState; readonly params: unknown } | undefined>;
  problems(jobId: number, page: PageRequest): Promise<Page<Problem>>;
  /** Of all its accruals together. */
  accessionProblems(accessionId: number, page: PageRequest): Promise<Page<Problem>>;

  accessions(page: PageRequest): Promise<Page<Accession>>;
  accession(id: number): Promise<Accession | undefined>;
  /** Sealed accessions that have exactly these roots. */
  accessionsOf(
    roots: readonly { readonly locationId: number; readonly path: RawPath }[],
  ): Promise<Accession[]>;

  holdings(
    sort: HoldingsSort,
    direction: 'ascending' | 'descending',
    page: HoldingsRequest,
    /** What was given up before its turn came is never looked for. */
    signal?: AbortSignal,
  ): Promise<HoldingsPage>;
  /** Rows of such a list; `capped` where there are more than can be reached. */
  holdingsCount(filter?: HoldingsNarrowing): Promise<{ count: number; capped: boolean }>;
  search(text: string, limit: number, signal?: AbortSignal): Promise<{ rows: Holding[]; capped: boolean }>;
  /** By public id or SHA-256 in hex. */
  entity(id: string): Promise<Entity | undefined>;
  /** By absolute path of a replica. */
  entityAt(path: RawPath): Promise<Entity | undefined>;
  /** Which of these contents the archive holds. */
  held(sha256s: readonly Uint8Array[]): Promise<boolean[]>;

  events(page: PageRequest & { readonly filter?: EventFilter | undefined }): Promise<Page<EventSummary>>;
  verifyLog(): Promise<LogVerification>;
  findings(page: PageRequest & { readonly all?: boolean | undefined }): Promise<Page<Finding>>;
  /** What audits checked since then, by quarters of an hour. */
  checksSince(since: number): Promise<Checks[]>;
  /** Open findings first seen or seen again by one act. */
  findingsOf(actId: number, limit: number): Promise<{ rows: Finding[]; total: number }>;

  /**
   * Compares slices of scanned folders, in the order of the scan, with what is registered in the location.
   * `folder` of the slices is relative to the scanned root, `under` is that root relative to the location's.
   */
  compare(locationId: number, under: RawPath, slices: readonly ScannedFolder[]): Promise<FolderComparison[]>;
  /** Replicas of folders under `under` that the scan that ended has not come across; `seen` are its folders. */
  goneFolders(
    locationId: number,
    under: RawPath,
    seen: readonly RawPath[],
  ): Promise<{ readonly folder: RawPath; readonly name: Uint8Array; readonly replicaId: number }[]>;
  /** Ids of the location's replicas, the longest unverified first, without those that `actId` has checked already. */
  auditPlan(locationId: number, actId: number): Promise<AuditPlan>;
  /** Ids of all replicas of a location in the order in which their files were written there, as far as its file system tells. */
  writtenOrder(locationId: number): Promise<Int32Array>;
  /** Ids of the replicas that an act has an outcome for. */
  checkedReplicas(actId: number): Promise<Int32Array>;
  /** Files in nobody's custody of one of these sizes, in any location. */
  untrackedOfSizes(sizes: readonly number[]): Promise<UntrackedFile[]>;
  /** Where else a replica's content was found intact by its last check: the newest five. */
  verifiedElsewhere(replicaId: number): Promise<ReplicaPlace[]>;
  /** Bytes that an act has read so far. */
  bytesReadBy(actId: number): Promise<number>;
  /** How many replicas an act has recorded with which outcome. */
  outcomesOf(actId: number): Promise<Readonly<Record<string, number>>>;
  plannedChecks(replicaIds: Int32Array): Promise<PlannedCheck[]>;
  /** What was recorded of their contents beside digests; in the order of the ids. */
  audioBaselines(replicaIds: readonly number[]): Promise<AudioBaseline[]>;
  close(): Promise<void>;
}

export interface Catalogue {
  readonly reader: CatalogueReader;
  readonly writer: CatalogueWriter;
}
