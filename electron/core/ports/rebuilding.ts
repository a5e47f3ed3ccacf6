import type { RebuildProblem } from '../../../shared/contract/rebuild.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent } from './common.ts';

/** A managed location as it was found, to rebuild from. */
export interface RebuildPlace {
  /** Absolute, links resolved. */
  readonly root: RawPath;
  readonly inode: bigint;
  readonly fileSystem?: string;
  /** What its marker calls it. */
  readonly markerId: string;
}

/** What stands of one archive, over all places. Places by their position in the list that was given. */
export interface RebuildSources {
  readonly snapshots: readonly { readonly place: number; readonly name: string; readonly eventSeq: number }[];
  readonly supplements: readonly FoundSupplement[];
  readonly bags: readonly { readonly place: number; readonly name: string }[];
  readonly problems: readonly RebuildProblem[];
}

export interface FoundSupplement {
  readonly place: number;
  readonly name: string;
  /** 0 for the archive's own. */
  readonly accessionId: number;
  readonly accessionNumber: string;
  readonly eventSeq: number;
  /** In hex. */
  readonly eventHash: string;
  /** RFC 3339. */
  readonly writtenAt: string;
  /** In hex, as it stands beside the file; tells whether two are one. */
  readonly digest?: string;
}

/** Why something that was found was not used; undefined: it was. */
export type Refused = string | undefined;

/** A key that signs the log from here on. */
export interface NewSigningKey {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface RegisteredPlace {
  readonly locationId: number;
  readonly name: string;
  /** Where the catalogue knew it, when that is another place than where it was found. */
  readonly knownAt?: RawPath;
}

export interface BagCompared {
  /** That stand there. */
  readonly files: number;
  readonly problems: readonly RebuildProblem[];
}

export interface RebuiltCounts {
  readonly accessions: number;
  readonly items: number;
  readonly objects: number;
  readonly replicas: number;
  readonly bags: number;
  readonly descriptions: number;
  readonly events: number;
}

/**
 * A catalogue in the making, in a folder that nobody else knows yet. Reads what stands in places as what it is: from outside,
 * perhaps damaged, perhaps hostile. Done beside the main thread, a step at a time.
 * @throws HoldfastError DISK_FULL, CATALOGUE_NEWER
 */
export interface CatalogueRebuild {
  /** The archives that stand in places. */
  archives(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  sources(archiveId: string): Promise<RebuildSources>;
  /** Makes a snapshot the catalogue, or says why not. */
  takeSnapshot(place: number, name: string): Promise<Refused>;
  /** Makes an empty catalogue, where there is no snapshot. */
  takeNothing(): Promise<void>;
  /** To be called once with all that `takeSupplement` will be called with. */
  prepareSupplements(accessionIds: readonly number[]): Promise<void>;
  takeSupplement(place: number, name: string): Promise<Refused>;
  /** Writes down where the places stand now, and which snapshots and supplements stand in them. */
  registerPlaces(): Promise<readonly RegisteredPlace[]>;
  /** Forgets what was verified elsewhere, drops what refers to nothing, and verifies the log. */
  settle(): Promise<readonly RebuildProblem[]>;
  /** Bags that the catalogue knows in these places, and those that it does not. */
  bags(): Promise<{
    readonly known: readonly number[];
    readonly unknown: readonly { readonly place: number; readonly name: string }[];
  }>;
  /** Compares a bag's manifest and what stands in it, by name and size, with what the catalogue says. */
  compareBag(bagId: number): Promise<BagCompared>;
  /** Retires the old keys; the first event of the new one cites the head of the old log. */
  signWith(key: NewSigningKey, agent: ActingAgent): Promise<void>;
  /** Takes a bag that no supplement tells of into the catalogue, from its manifests. */
  takeBag(place: number, name: string): Promise<BagCompared>;
  /** Makes the search index of further parts; false when it has all. */
  index(): Promise<boolean>;
  /** Counts everything, derives the facts of items, and checks itself. Afterwards the catalogue is complete, and synced. */
  finish(): Promise<{
    readonly archive: { readonly id: string; readonly name: string };
    readonly counts: RebuiltCounts;
    readonly problems: readonly RebuildProblem[];
  }>;
  close(): Promise<void>;
}
