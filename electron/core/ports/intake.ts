import type { SurveyResult } from '../../../shared/contract/accession.ts';
import type { Appraisal, AppraisalDetail } from '../../../shared/contract/appraisals.ts';
import type { Template, TemplateDefaults } from '../../../shared/contract/intake.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { AppraisalState } from '../../../shared/domain/vocabulary.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';

/** What is said of an accession on its receipt; the rows are read a page at a time. */
export interface ReceiptHead {
  readonly archive: { readonly id: string; readonly name: string };
  readonly accession: {
    readonly id: number;
    readonly number: string;
    readonly title: string;
    readonly collection?: string | undefined;
    readonly source?: string | undefined;
    readonly acquired?: string | undefined;
    readonly agreement?: string | undefined;
    readonly rightsBasis: string;
    readonly rightsNote: string;
    readonly agent: string;
    /** RFC 3339, UTC. */
    readonly openedAt: string;
  };
  /** Those that stand sealed, in order. */
  readonly accruals: readonly {
    readonly number: number;
    readonly actId: number;
    readonly sealedAt: string;
    readonly files: number;
    readonly bytes: number;
    readonly refused: number;
    readonly problems: number;
    readonly leftOut: number;
  }[];
  /** Of the log, before this receipt. */
  readonly log: { readonly events: number; readonly head: string };
}

export interface ReceivedFile {
  readonly ordinal: number;
  /** Absolute; undefined where it was erased. */
  readonly path?: RawPath;
  readonly size: number;
  /** Algorithm and lower-case hex; SHA-256 first. */
  readonly digests: readonly (readonly [algorithm: string, hex: string])[];
  readonly format: string;
}

export interface NotReceived {
  readonly ordinal: number;
  readonly path: RawPath;
  readonly kind: 'refusal' | 'problem';
  readonly message: string;
}

export interface IntakeReader {
  /** Newest first. */
  appraisals(page: PageRequest & { readonly state?: AppraisalState | undefined }): Promise<Page<Appraisal>>;
  appraisal(id: number): Promise<AppraisalDetail | undefined>;
  /** By name. */
  templates(): Promise<Template[]>;
  /** The accession of this number or public id. */
  accessionNamed(word: string): Promise<number | undefined>;
  receiptHead(accessionId: number): Promise<ReceiptHead | undefined>;
  /** What an act of accession received, after this ordinal, in the order of the act. */
  received(actId: number, after: number, limit: number): Promise<ReceivedFile[]>;
  /** What it refused or could not take, after this ordinal. */
  notReceived(actId: number, after: number, limit: number): Promise<NotReceived[]>;
}

export interface IntakeWriter {
  /** Records what a survey found as an open appraisal, with its event. Returns the id. */
  openAppraisal(
    found: {
      readonly title: string;
      readonly source?: string | undefined;
      readonly paths: readonly RawPath[];
      readonly survey: SurveyResult;
    },
    by: ActingAgent,
  ): Promise<number>;
  /**
   * Records the decision with its event; `accepted` names what the acceptance started.
   * @throws HoldfastError BAD_INPUT where it was decided before, NOT_FOUND
   */
  decideAppraisal(
    id: number,
    decision: {
      readonly reason: string;
      readonly accepted?: { readonly accessionId: number; readonly jobId: number };
    },
    by: ActingAgent,
  ): Promise<void>;
  saveTemplate(name: string, defaults: TemplateDefaults, by: ActingAgent): Promise<void>;
  /** @throws HoldfastError NOT_FOUND */
  removeTemplate(name: string, by: ActingAgent): Promise<void>;
  /** Records that a receipt was handed out, with its `exporting` event. */
  recordReceipt(
    receipt: {
      readonly accessionId: number;
      readonly accruals: readonly number[];
      readonly files: number;
      readonly written: readonly { readonly path: RawPath; readonly sha256: string; readonly size: number }[];
    },
    by: ActingAgent,
  ): Promise<void>;
}
