/** Packages that are handed out: what goes into them, and what is recorded of them. */
import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import type { LeavingFile, Reservation, WithheldReason } from '../../../shared/domain/may-leave.ts';
import type { PackageDigest, PackageForm } from '../../../shared/domain/package-forms.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';
import type { NamedSelection } from './manifests.ts';
import type { ReplicationRow } from './replication.ts';

/** What is chosen, as it stood at one moment. */
export interface ChosenFiles {
  /** A replica a file, which leads: the file is called as that one is. By accession and accrual, then by path. */
  readonly replicas: Int32Array;
  readonly accessions: readonly ChosenAccession[];
  readonly log: { readonly events: number; readonly head: string };
}

export interface ChosenAccession extends Omit<LeavingFile, 'isProtected'> {
  readonly id: number;
  readonly number: string;
  readonly title: string;
}

/** A file that is chosen. Its path begins with a folder for its accession and accrual; see `ReplicationRow`. */
export interface ChosenFile extends Omit<ReplicationRow, 'sha512'> {
  readonly replicaId: number;
  readonly accessionId: number;
  /** What is recorded beside its SHA-256. */
  readonly digests: ReadonlyMap<string, Uint8Array>;
  readonly isProtected: boolean;
  /** What it is in the items of its accession. */
  readonly parts: readonly { readonly part: number; readonly item: number }[];
  /** Of rights statements about it, or about what it is a part of. */
  readonly ownBases: LeavingFile['bases'];
}

/** A package that was being made when its process ended. */
export interface UnfinishedHandOut {
  readonly id: number;
  readonly state: 'open' | 'sealed';
  readonly name: string;
  /** Absolute; what it is called once it is whole. */
  readonly path: RawPath;
  readonly token: string;
  readonly seal?: Seal;
}

/** What speaks for all of a package: its tag manifest, relative to the bag, and the file that it is, where it is one. */
export interface Seal {
  readonly of: string;
  readonly sha256: Uint8Array;
  readonly file?: Uint8Array | undefined;
}

export interface HandOutReader {
  /**
   * Files in custody, of sealed accruals and no others.
   * @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all
   */
  chosenFiles(selection: NamedSelection): Promise<ChosenFiles>;
  /** In their order; those that have left custody since are left out. */
  chosenRows(replicas: Int32Array): Promise<ChosenFile[]>;
  /** Newest first. */
  handOuts(page: PageRequest): Promise<Page<HandOut>>;
  handOut(id: number): Promise<HandOut | undefined>;
  unfinishedHandOuts(): Promise<UnfinishedHandOut[]>;
}

export interface NewHandOut {
  readonly selection: NamedSelection;
  readonly of: string;
  readonly name: string;
  readonly form: PackageForm;
  readonly path: RawPath;
  readonly token: string;
  readonly recipient?: string | undefined;
  readonly reservation?: { readonly uses: readonly Reservation[]; readonly by: string } | undefined;
  readonly overrideRights?: string | undefined;
  readonly files: number;
  readonly bytes: number;
  readonly withheld: readonly Withheld[];
  readonly digests: readonly PackageDigest[];
  readonly log: ChosenFiles['log'];
}

export interface Withheld {
  readonly accession: number;
  readonly reason: WithheldReason;
  readonly files: number;
  readonly bytes: number;
}

export interface HandOutWriter {
  /** Recorded before anything is written. */
  openHandOut(handOut: NewHandOut, by: ActingAgent): Promise<{ readonly id: number }>;
  /** The package is whole and valid, and about to get its name. */
  sealHandOut(id: number, seal: Seal): Promise<void>;
  /** It stands: closes it with its event, `dissemination` where it goes to a recipient, else `information package creation`. */
  closeHandOut(id: number, by: ActingAgent): Promise<{ readonly eventSeq: number }>;
  /** Nothing left, and nothing stands. */
  withdrawHandOut(id: number): Promise<void>;
}
