/**
 * The ladder of preservation: how far an item stands from loss, through its best master representation and all its parts.
 * Unknown never helps: an unknown failure group, site or medium adds no independence.
 */
import type { AuditOutcome } from './audit-outcome.ts';

/** From the lowest rung to the highest; each contains the ones before it. */
export const PRESERVATION_STATUSES = ['access-only', 'held', 'verified', 'replicated', 'safe'] as const;
export type PreservationStatus = (typeof PRESERVATION_STATUSES)[number];

/** A point in time: RFC 3339 text or milliseconds since 1970. */
export type Instant = string | number;

/** One copy of a part, as far as the ladder looks at it. Unknown facts are absent, null or empty. */
export interface ReplicaSummary {
  /** Of the last check; absent before the first one. */
  readonly outcome?: AuditOutcome | null | undefined;
  /** When its bytes were last read here and found to be the expected ones. */
  readonly verifiedAt?: Instant | null | undefined;
  readonly failureGroup?: string | number | null | undefined;
  readonly site?: string | number | null | undefined;
  readonly medium?: string | number | null | undefined;
  readonly quarantined?: boolean | undefined;
  /** Reported by somebody else; shown apart and never counted. */
  readonly attested?: boolean | undefined;
}

export interface PartSummary {
  readonly replicas: readonly ReplicaSummary[];
}

/** What *safe* asks for; what is absent has the default of `DEFAULT_STATUS_POLICY`. */
export interface StatusPolicy {
  readonly verifiedWithinDays?: number | undefined;
  readonly copies?: number | undefined;
  readonly sites?: number | undefined;
  readonly media?: number | undefined;
}

/**
 * Ninety days between verifications: long enough to read a large collection through within a nightly budget, short enough
 * that damage to one copy is found while the others are still good.
 */
export const DEFAULT_STATUS_POLICY = { verifiedWithinDays: 90, copies: 3, sites: 2, media: 2 } as const;

export interface ItemSummary {
  readonly parts: readonly PartSummary[];
  readonly policy?: StatusPolicy | undefined;
  readonly rightsDocumented: boolean;
  readonly formatAtRisk: boolean;
  readonly now: Instant;
}

/** What stands between an item and its next rung. */
export type Lacking =
  | 'replica'
  | 'verification'
  | 'recent_verification'
  | 'second_failure_group'
  | 'known_failure_group'
  | 'copies'
  | 'sites'
  | 'known_site'
  | 'media'
  | 'known_medium'
  | 'rights_basis'
  | 'format_not_at_risk';

export interface StatusResult {
  readonly status: PreservationStatus;
  /** For the next rung only, in a fixed order, without repeats; empty for `safe`. */
  readonly lacking: readonly Lacking[];
}

const DAY_MS = 86_400_000;
// A clock a little ahead is no reason for alarm; a verification dated further into the future proves nothing.
const CLOCK_TOLERANCE_MS = DAY_MS;

/**
 * The rung an item stands on, and what it lacks for the next.
 *
 * - *held*: every part has a replica that counts. Altered, truncated, missing, unreadable, quarantined and attested ones
 *   never count; with changed tags or moved, the content is still here. An item without parts is not held.
 * - *verified*: every part has one last found intact within `verifiedWithinDays`. A location that could not be reached since
 *   does not undo that; any finding does.
 * - *replicated*: every part has such replicas in two failure groups. Unknown groups are dependent on every other.
 * - *safe*: every part has as many verified copies, sites and media as the policy asks; a documented rights basis; a format
 *   that is not at risk.
 * @public the rule in full, for items with everything known; `status` counts by its first rungs
 */
export function preservationStatus(item: ItemSummary): StatusResult {
  const now = toMs(item.now);
  const policy = withDefaults(item.policy);
  const held = item.parts.map(({ replicas }) => replicas.filter(holds));
  if (held.length === 0 || held.some((replicas) => replicas.length === 0))
    return result('access-only', ['replica']);

  const verified = held.map((replicas) =>
    replicas.filter((replica) => isVerified(replica, now, policy.verifiedWithinDays)),
  );
  const stale = held.filter((_, part) => verified[part]?.length === 0);
  if (stale.length > 0) {
    const lacking = stale.map((replicas) =>
      replicas.some((replica) => isVerified(replica, now, Infinity)) ? 'recent_verification' : 'verification',
    );
    return result('held', lacking);
  }

  const groups = lackingDistinct(verified, 2, 'failureGroup', 'second_failure_group', 'known_failure_group');
  if (groups.length > 0) return result('verified', groups);

  const lacking: Lacking[] = [];
  if (verified.some((replicas) => replicas.length < policy.copies)) lacking.push('copies');
  lacking.push(...lackingDistinct(verified, policy.sites, 'site', 'sites', 'known_site'));
  lacking.push(...lackingDistinct(verified, policy.media, 'medium', 'media', 'known_medium'));
  if (!item.rightsDocumented) lacking.push('rights_basis');
  if (item.formatAtRisk) lacking.push('format_not_at_risk');
  return result(lacking.length > 0 ? 'replicated' : 'safe', lacking);
}

function holds(replica: ReplicaSummary): boolean {
  if (replica.quarantined === true || replica.attested === true) return false;
  switch (replica.outcome) {
    case 'altered':
    case 'truncated':
    case 'missing':
    case 'unreadable':
      return false;
    case 'intact':
    case 'tags_changed':
    case 'moved':
    case 'not_checked':
    case undefined:
    case null:
      return true;
  }
}

function isVerified(replica: ReplicaSummary, now: number, withinDays: number): boolean {
  const { outcome, verifiedAt } = replica;
  if (outcome === 'tags_changed' || outcome === 'moved' || verifiedAt == null) return false;
  const age = now - toMs(verifiedAt);
  return age >= -CLOCK_TOLERANCE_MS && age <= withinDays * DAY_MS;
}

/** `unknown` is named too where filling it in might be all that is lacking. */
function lackingDistinct(
  parts: readonly (readonly ReplicaSummary[])[],
  wanted: number,
  fact: 'failureGroup' | 'site' | 'medium',
  tooFew: Lacking,
  unknown: Lacking,
): Lacking[] {
  const lacking: Lacking[] = [];
  for (const replicas of parts) {
    const known = new Set(
      replicas.map((replica) => replica[fact]).filter((value) => value != null && value !== ''),
    );
    if (Math.max(known.size, Math.min(replicas.length, 1)) >= wanted) continue;
    const unknowns = replicas.filter((replica) => replica[fact] == null || replica[fact] === '').length;
    if (known.size + unknowns < wanted) lacking.push(tooFew);
    else lacking.push(unknown);
  }
  return lacking;
}

function withDefaults(policy: StatusPolicy = {}): Required<{ [K in keyof StatusPolicy]: number }> {
  return {
    verifiedWithinDays: policy.verifiedWithinDays ?? DEFAULT_STATUS_POLICY.verifiedWithinDays,
    copies: policy.copies ?? DEFAULT_STATUS_POLICY.copies,
    sites: policy.sites ?? DEFAULT_STATUS_POLICY.sites,
    media: policy.media ?? DEFAULT_STATUS_POLICY.media,
  };
}

/** NaN for text that is no time: no comparison with it is true, so nothing is verified by it. */
function toMs(instant: Instant): number {
  return typeof instant === 'number' ? instant : Date.parse(instant);
}

function result(status: PreservationStatus, lacking: readonly Lacking[]): StatusResult {
  return { status, lacking: [...new Set(lacking)] };
}
