import type { BagReport, SerialForm, SerialValidation } from '../../../core/ports/bag-validation.ts';
import type { PackageForm } from '../../../../shared/domain/package-forms.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';

export interface SerialTask {
  readonly path: RawPath;
  readonly form: SerialForm;
  readonly mode: SerialValidation['mode'];
  readonly profile: SerialValidation['profile'];
}

type Progress = Parameters<NonNullable<SerialValidation['onProgress']>>[0];

export type SerialMessage =
  | { readonly progress: Progress; readonly bytes?: undefined; readonly report?: undefined }
  | { readonly bytes: number; readonly progress?: undefined; readonly report?: undefined }
  | { readonly report: BagReport; readonly progress?: undefined; readonly bytes?: undefined };

export interface PackTask {
  /** A whole bag. */
  readonly bag: RawPath;
  /** Where nothing stands. */
  readonly to: RawPath;
  readonly form: Exclude<PackageForm, 'folder'>;
}

export type PackMessage =
  | { readonly bytes: number }
  | { readonly sha256: Uint8Array }
  | { readonly why: string; readonly errno: string | undefined };
