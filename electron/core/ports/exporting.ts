/** Records of what is kept that are handed out as files. */
import type { RawPath } from '../../../shared/domain/path.ts';
import type { RecordForm } from '../../../shared/domain/record-forms.ts';
import type { ActingAgent } from './common.ts';
import type { ManifestSelection } from './manifests.ts';

export interface NewExport {
  readonly form: RecordForm;
  readonly selection: ManifestSelection;
  /** What the file holds, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Names of people and notes in their own words went out with it. */
  readonly sensitive: boolean;
  /** Of the log, as it is named in the file. */
  readonly head: string;
  readonly written: { readonly path: RawPath; readonly sha256: string; readonly size: number };
  /** A sentence for people. */
  readonly note: string;
}

export interface ExportWriter {
  /** Records that a file was handed out, with its `exporting` event, which commits to its digest. */
  recordExport(made: NewExport, by: ActingAgent): Promise<{ readonly eventSeq: number }>;
}
