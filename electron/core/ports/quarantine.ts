import type { ActingAgent, Page, PageRequest } from './common.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { Placed, RecoveryAt } from './recovery-place.ts';

/** A damaged file that was set aside, as the catalogue knows it. Times are milliseconds since 1970. */
export interface AsideRow {
  readonly id: number;
  readonly findingId: number;
  readonly replicaId: number;
  readonly outcome: string;
  readonly locationId: number;
  readonly locationName: string;
  readonly jobId: number;
  /** Relative to the location's root. */
  readonly path: RawPath;
  /** Absolute. */
  readonly at: RawPath;
  /** Absolute: where it stood. */
  readonly stoodAt: RawPath;
  readonly size: number;
  readonly sha256?: Uint8Array;
  readonly setAsideAt: number;
  readonly by: string;
  readonly isReplaced: boolean;
  readonly hasCustodyEnded: boolean;
  readonly released?: {
    readonly as: 'restored' | 'discarded';
    readonly at: number;
    readonly by: string;
    readonly secondAgent?: string;
    readonly reason: string;
    readonly to?: string;
    readonly event: number;
  };
}

export interface QuarantineReader {
  /** Newest first; those that stand in quarantine, or all. */
  asides(all: boolean): Promise<AsideRow[]>;
  asidesPage(page: PageRequest & { readonly all: boolean }): Promise<Page<AsideRow>>;
  asideCounts(): Promise<{ readonly aside: number; readonly released: number }>;
  aside(id: number): Promise<AsideRow | undefined>;
  /** Jobs of recoveries that are not over: what they have left is theirs to go on with. */
  openRecoveries(): Promise<number[]>;
}

export interface QuarantineWriter {
  /** Records that a file was given back, or that its bytes are to be removed, with the event that says so. */
  releaseAside(
    id: number,
    release: {
      readonly as: 'restored' | 'discarded';
      readonly reason: string;
      readonly secondAgent?: string;
      /** Absolute. */
      readonly to?: RawPath;
    },
    agent: ActingAgent,
  ): Promise<void>;
  /** Records a file that an interrupted recovery had set aside, with the event that says so. */
  adoptAside(
    found: {
      readonly findingId: number;
      readonly jobId: number;
      readonly path: RawPath;
      readonly size: number;
      readonly sha256?: Uint8Array;
    },
    agent: ActingAgent,
  ): Promise<void>;
}

/** What stands where recoveries write, of one archive in one location. */
export interface Leftovers {
  /** Staged copies. */
  readonly staged: readonly {
    readonly jobId: number;
    readonly findingId: number | undefined;
    readonly path: RawPath;
  }[];
  /** Folders of staging in which nothing stands any more. */
  readonly empty: readonly { readonly jobId: number; readonly folder: RawPath }[];
  readonly asides: readonly {
    readonly jobId: number;
    readonly findingId: number;
    /** The file that was set aside. */
    readonly path?: RawPath;
    readonly story: RawPath;
    readonly hasStory: boolean;
  }[];
}

/** What is done with what stands in quarantine and in staging. @throws HoldfastError as RecoveryPlace does */
export interface QuarantinePlace {
  leftovers(at: Omit<RecoveryAt, 'jobId'>): Promise<Leftovers>;
  /** The text at a path; undefined where none stands that could be a story. */
  readStory(path: RawPath): Promise<string | undefined>;
  writeStory(path: RawPath, text: string): Promise<void>;
  /**
   * Gives a file in quarantine a name where nothing may stand; it keeps the one that it has.
   * @param makeFolder whether the folders on the way may be made
   */
  giveBack(root: RawPath, aside: RawPath, to: RawPath, makeFolder: boolean): Promise<Placed>;
  /** Whether both names are one file. */
  isSame(one: RawPath, other: RawPath): Promise<boolean>;
  /** Takes away a folder of staging, and those above it, where nothing stands in them. */
  removeEmpty(root: RawPath, folder: RawPath): Promise<void>;
  /** Takes a file out of quarantine or staging, with its story, and its folders where nothing else stands in them. */
  remove(root: RawPath, path: RawPath, story?: RawPath): Promise<void>;
}
