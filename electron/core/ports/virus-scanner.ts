import type { RawPath } from '../../../shared/domain/path.ts';

/** What a scanner says of one file. `unknown`: it could not be asked about it, or did not answer. */
export type VirusVerdict =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'virus'; readonly name: string }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** A virus scanner of the system. It is only ever asked; files are shown to it, and never changed or moved by it. */
export interface VirusScanner {
  /** What it calls itself, with the date of its signatures where it tells that; or why it cannot be asked. */
  probe(): Promise<{ readonly name: string } | { readonly reason: string }>;
  /** Absolute path. Undefined after an abort. */
  check(path: RawPath, signal: AbortSignal): Promise<VirusVerdict | undefined>;
}

/** Who looked for viruses in an act, and at how many files since it last went on; or why nobody could. */
export type VirusCheckOfAct =
  { readonly scanner: string; readonly looked: number } | { readonly reason: string };
