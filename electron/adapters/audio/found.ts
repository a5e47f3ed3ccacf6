import type { Format } from './formats.ts';

/** What a signature, and the reader that it calls, says of a file. */
export interface Found {
  readonly format: Format;
  /** Why it is under protection (DRM); undefined where nothing says so. */
  readonly protection?: string | undefined;
  readonly codec?: string | undefined;
}
