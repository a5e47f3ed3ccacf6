import type { Json } from '../events/canonical-json.ts';
import type { ActingAgent } from './common.ts';
import type { ExportedFile } from './exports.ts';

/** What was handed out, whatever its form. */
export interface NewExport {
  /** Such as `report` or `premis`. */
  readonly what: string;
  /** What it is about; of a very long list the first hundred are linked. */
  readonly links: readonly { readonly kind: string; readonly id: number }[];
  /** Ids, counts, dates and closed words only: whatever is chained can never be erased. */
  readonly facts?: Readonly<Record<string, Json>>;
  /** Of the log, hex, as it is named in what was handed out. */
  readonly head: string;
  readonly written: readonly ExportedFile[];
  /** A sentence for people. */
  readonly note: string;
  /** Names, search words and what else may have to be erased. */
  readonly details?: Readonly<Record<string, Json>>;
}

export interface ExportWriter {
  /** Records that files were handed out, with an `exporting` event that commits to the digest of each. */
  recordExport(made: NewExport, by: ActingAgent): Promise<{ readonly eventSeq: number }>;
}
