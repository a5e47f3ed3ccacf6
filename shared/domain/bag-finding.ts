/** What a finding of a bag has beside its code. */

/**
 * `error`: it is no valid bag. `incomplete`: what its fetch.txt names has not been brought here yet. `undetermined`: something
 * could not be read or compared, so nothing is proven of it. `profile`: it is not what a profile asks, valid or not. `warning`: valid, yet some tool or system will stumble.
 */
export const BAG_SEVERITIES = ['error', 'incomplete', 'undetermined', 'profile', 'warning'] as const;
export type BagFindingSeverity = (typeof BAG_SEVERITIES)[number];

/** What a sentence may mention; the file itself stands beside it. */
export interface BagFindingContext {
  /** Name of the manifest or other tag file that it was found in. */
  readonly in?: string | undefined;
  /** Line of that file, counted from 1. */
  readonly line?: number | undefined;
  /** What was found: an algorithm, a version, a reason, the system's error code. */
  readonly detail?: string | undefined;
  /** What was expected instead. */
  readonly expected?: string | undefined;
}

export interface BagFindingTemplate {
  readonly severity: BagFindingSeverity;
  /** Section of RFC 8493, or of the version that had the rule last. */
  readonly rule: string;
  readonly message: (context: BagFindingContext) => string;
}

export function because(detail: string | undefined): string {
  return detail === undefined ? '' : `: ${detail}`;
}
