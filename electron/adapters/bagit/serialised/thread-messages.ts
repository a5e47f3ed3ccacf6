import type { BagReport, SerialForm, SerialValidation } from '../../../core/ports/bag-validation.ts';
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
