import type { RawPath } from '../../../shared/domain/path.ts';

/** A managed location that is reachable now. */
export interface ProtectedPlace {
  readonly locationId: number;
  readonly root: RawPath;
}

/** What a location lacks of what the catalogue says now. */
export interface ProtectionDue {
  /** Accessions whose supplement is absent or older than what happened to them; 0 stands for the archive's own. */
  readonly accessions: readonly number[];
  /** Of those, the ones to which nothing happened since but checks. */
  readonly onlyChecked: readonly number[];
  readonly newestSnapshot?: { readonly eventSeq: number; readonly takenAt: number };
  /** The newest event by which somebody was erased: what was written before it may hold who they were. */
  readonly erasedAt?: number;
  /** Head of the log. */
  readonly eventSeq: number;
  /** Of the catalogue, in bytes. */
  readonly catalogueBytes: number;
}

export interface SnapshotPlaced {
  readonly name: string;
  readonly eventSeq: number;
  readonly size: number;
  readonly sha256: Uint8Array;
}

export interface SupplementPlaced {
  /** 0 for the archive's own. */
  readonly accessionId: number;
  readonly eventSeq: number;
  readonly size: number;
  readonly sha256: Uint8Array;
}

/**
 * Puts what a rebuild needs into managed locations: staged on their volume, synced, read back and compared, then moved to its
 * place. Done beside the main thread, over a connection that does not write.
 * @throws HoldfastError DISK_FULL, LOCATION_UNREACHABLE where the place fails
 */
export interface CatalogueProtection {
  due(locationId: number): Promise<ProtectionDue>;
  /** Writes supplements of these accessions; an abort between them leaves the rest. */
  writeSupplements(place: ProtectedPlace, accessionIds: readonly number[]): Promise<SupplementPlaced[]>;
  /** A copy of the catalogue as it is now; made once for all places until `close`, or until something else happened. */
  writeSnapshot(place: ProtectedPlace): Promise<SnapshotPlaced>;
  /** Snapshots that stand recorded in a location, and whether they were rotated away. */
  snapshots(locationId: number): Promise<
    readonly {
      readonly id: number;
      readonly name: string;
      readonly eventSeq: number;
      readonly takenAt: number;
      readonly removed: boolean;
    }[]
  >;
  /** Names of the snapshots that stand in a location, whether the catalogue knows of them or not. */
  snapshotFiles(place: ProtectedPlace): Promise<string[]>;
  /** Removes files of snapshots that are recorded as rotated away, or not at all. */
  removeSnapshots(place: ProtectedPlace, names: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** What the writer records of it. */
export interface ProtectionWriter {
  recordSupplements(locationId: number, supplements: readonly SupplementPlaced[]): Promise<void>;
  recordSnapshot(locationId: number, snapshot: SnapshotPlaced): Promise<void>;
  /** Before their bytes are removed. */
  recordRotation(snapshotIds: readonly number[]): Promise<void>;
}
