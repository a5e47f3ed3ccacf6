/** Checksum manifests that are handed out: what they list, and what is recorded of them. */
import type {
  ManifestAlgorithm,
  ManifestedFile,
  ManifestForm,
} from '../../../shared/domain/manifest-forms.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent } from './common.ts';

/** What may be named by its id to be listed. */
export const MANIFESTED_KINDS = ['collection', 'accession', 'item', 'part', 'object', 'replica'] as const;
export type ManifestedKind = (typeof MANIFESTED_KINDS)[number];
export type ManifestedThing = { readonly kind: ManifestedKind; readonly id: number };

/** What is named, or found. */
export type NamedSelection = { readonly things: readonly ManifestedThing[] } | { readonly search: string };

export type ManifestSelection =
  | NamedSelection
  /** Everything, of one location. */
  | { readonly all: true };

/** Replicas to be listed, as they stood at one moment. */
export interface ManifestPlan {
  /** By location, folder and name, byte by byte. */
  readonly replicas: Int32Array;
  readonly locations: readonly {
    readonly id: number;
    readonly name: string;
    /** Absolute; empty of one that was never connected. */
    readonly root: RawPath;
    readonly files: number;
  }[];
  readonly log: { readonly events: number; readonly head: string };
}

/** A replica and what is recorded of its content; `path` is relative to the root of its location, a character a byte. */
export interface PlannedFile extends ManifestedFile {
  readonly locationId: number;
  /** Its last check did not find it as recorded: what is listed is what it is to be. */
  readonly isAmiss: boolean;
}

export interface ManifestReader {
  /**
   * Replicas in custody: of sealed accruals, and no others.
   * @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all
   */
  manifestPlan(selection: ManifestSelection, locationId: number | undefined): Promise<ManifestPlan>;
  /**
   * In their order; those that have left custody since are left out.
   * @param wanted a CRC-32 is made of those of its parts where no digest of the whole is recorded
   */
  plannedFiles(
    replicas: Int32Array,
    wanted: { readonly algorithms: readonly ManifestAlgorithm[]; readonly samplesMd5: boolean },
  ): Promise<PlannedFile[]>;
}

export interface NewManifest {
  readonly selection: ManifestSelection;
  readonly locationIds: readonly number[];
  readonly form: ManifestForm;
  readonly algorithms: readonly ManifestAlgorithm[];
  readonly files: number;
  readonly omitted: number;
  /** Of the log, as it is named in the manifest. */
  readonly head: string;
  readonly written: { readonly path: RawPath; readonly sha256: string; readonly size: number };
  /** A sentence for people. */
  readonly note: string;
}

export interface ManifestWriter {
  /** Records that a manifest was handed out, with its `exporting` event, which commits to the digest of the file. */
  recordManifest(manifest: NewManifest, by: ActingAgent): Promise<{ readonly eventSeq: number }>;
}
