/**
 * What an audit can say of a replica: an outcome belongs to an expected path. The rule is pure, so that every combination
 * of evidence can be tested; gathering the evidence is the work of others.
 */

/**
 * Outcomes of an expected path, as in the contract.
 * @public
 */
export const AUDIT_OUTCOMES = [
  'intact',
  'tags_changed',
  'altered',
  'truncated',
  'missing',
  'moved',
  'unreadable',
  'not_checked',
] as const;

/** Outcomes of a look at a location: also what is present and unknown. */
export const LOCATION_OUTCOMES = [...AUDIT_OUTCOMES, 'untracked'] as const;

export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
export type LocationOutcome = (typeof LOCATION_OUTCOMES)[number];

/** What is known of a file's content at one time. */
export interface ContentStamp {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Modification time, nanoseconds since 1970; null where the place keeps none. */
  readonly mtimeNs: bigint | number | null;
}

/** What was seen of one expected path. */
export interface CheckEvidence {
  /** `offline`: on the shelf, as planned. `unreachable`: its identity could not be read. */
  readonly location: 'reachable' | 'unreachable' | 'offline';
  readonly file: 'present' | 'absent' | 'unreadable' | 'not-a-file';
  readonly expected: ContentStamp;
  /** What a full read gave; absent when the file was not read to its end. */
  readonly observed?: ContentStamp | undefined;
  /** Whether the essence digests agree; absent when the format has none or it was not computed. */
  readonly essenceSame?: boolean | undefined;
  /** For a shorter file: whether its bytes begin the expected content; absent when that cannot be known. */
  readonly prefixMatches?: boolean | undefined;
  /** Where else, proven by digest, the expected content stands: at a path registered before or not. */
  readonly contentAt?: 'unregistered path' | 'registered path' | undefined;
  readonly cancelled?: boolean | undefined;
  readonly outOfBudget?: boolean | undefined;
}

/** Why an outcome says less, or other, than its word. */
export type CheckReason =
  | 'unreachable'
  | 'offline as planned'
  | 'cancelled'
  | 'out of budget'
  | 'not read'
  | 'not a regular file'
  | 'content also at another path'
  | 'recorded size disagrees with recorded digest';

export interface CheckResult {
  readonly outcome: AuditOutcome;
  /** Content changed while the modification time did not: no program that keeps times honestly does that. */
  readonly suspectedSilentCorruption: boolean;
  readonly reason?: CheckReason;
}

/**
 * Classifies one expected path. In order:
 *
 * 1. A location that is unreachable or offline, a cancelled or unbudgeted check: `not_checked`. Never a loss.
 * 2. Nothing, or something other than a regular file, at the path: `moved` when the content stands at a path that was not
 *    registered, else `missing` (with the reason when the content stands at a registered one, or something is in the way).
 * 3. An error while reading: `unreadable`, whatever was read before it.
 * 4. Same digest: `intact`. Times alone are no finding.
 * 5. Another digest, same essence: `tags_changed`, also when the file became shorter.
 * 6. Shorter: `truncated`, unless its bytes are known not to begin the expected content (`prefixMatches` false). Where that is
 *    unknown, `truncated` is the likelier word; neither word verifies anything, and both are recovered alike.
 * 7. Anything else: `altered`.
 */
export function classifyCheck(evidence: CheckEvidence): CheckResult {
  const { expected, observed } = evidence;
  if (evidence.location === 'unreachable') return plain('not_checked', 'unreachable');
  if (evidence.location === 'offline') return plain('not_checked', 'offline as planned');
  if (evidence.cancelled === true) return plain('not_checked', 'cancelled');
  if (evidence.outOfBudget === true) return plain('not_checked', 'out of budget');
  switch (evidence.file) {
    case 'absent':
    case 'not-a-file':
      return gone(evidence);
    case 'unreadable':
      return plain('unreadable');
    case 'present':
      return observed === undefined
        ? plain('not_checked', 'not read')
        : compare(evidence, expected, observed);
  }
}

/** The outcome as it is shown. */
export function outcomeWords(outcome: LocationOutcome): string {
  return WORDS[outcome];
}

/**
 * Whether a person must decide: every outcome but `intact` and `not_checked`. `untracked` is one only inside a sealed bag,
 * where nothing may be that its manifest does not name.
 */
export function isFinding(outcome: LocationOutcome, inSealedBag = false): boolean {
  if (outcome === 'untracked') return inSealedBag;
  return outcome !== 'intact' && outcome !== 'not_checked';
}

/** Whether this outcome verifies the replica: its bytes were read here and are the expected ones. */
export function countsAsVerified(outcome: LocationOutcome): boolean {
  return outcome === 'intact';
}

const WORDS: Readonly<Record<LocationOutcome, string>> = {
  intact: 'intact',
  tags_changed: 'tags changed, essence intact',
  altered: 'altered',
  truncated: 'truncated',
  missing: 'missing',
  moved: 'moved',
  unreadable: 'unreadable',
  not_checked: 'not checked',
  untracked: 'untracked',
};

function gone(evidence: CheckEvidence): CheckResult {
  if (evidence.contentAt === 'unregistered path') return plain('moved');
  if (evidence.contentAt === 'registered path') return plain('missing', 'content also at another path');
  return evidence.file === 'not-a-file' ? plain('missing', 'not a regular file') : plain('missing');
}

function compare(evidence: CheckEvidence, expected: ContentStamp, observed: ContentStamp): CheckResult {
  if (observed.sha256 === expected.sha256) {
    if (observed.size === expected.size) return plain('intact');
    // The same digest proves the same content: it is the record that was damaged, and that must not pass unseen.
    return plain('altered', 'recorded size disagrees with recorded digest');
  }
  return {
    outcome: changeOf(evidence, expected, observed),
    suspectedSilentCorruption: sameTime(expected.mtimeNs, observed.mtimeNs),
  };
}

function sameTime(a: ContentStamp['mtimeNs'], b: ContentStamp['mtimeNs']): boolean {
  if (a === null || b === null) return false;
  // A place that keeps times as floating point rounds them to 256 ns: then no finer comparison is fair.
  return typeof a === typeof b ? a === b : Number(a) === Number(b);
}

function changeOf(evidence: CheckEvidence, expected: ContentStamp, observed: ContentStamp): AuditOutcome {
  if (evidence.essenceSame === true) return 'tags_changed';
  return observed.size < expected.size && evidence.prefixMatches !== false ? 'truncated' : 'altered';
}

function plain(outcome: AuditOutcome, reason?: CheckReason): CheckResult {
  const result = { outcome, suspectedSilentCorruption: false };
  return reason === undefined ? result : { ...result, reason };
}
