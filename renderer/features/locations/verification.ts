/** What is known of the replicas of a place, as one of a few things that can be said. */
import type { LocationHealth } from '../../../shared/contract/locations.ts';
import { AUDIT_OUTCOMES, isFinding, type LocationOutcome } from '../../../shared/domain/audit-outcome.ts';

export type Verification =
  | { readonly kind: 'empty' }
  | { readonly kind: 'never'; readonly replicas: number }
  /** Some were not as recorded when they were last looked at. */
  | {
      readonly kind: 'findings';
      readonly intact: number;
      readonly replicas: number;
      /** Outcome and how many have it, the most first. */
      readonly others: readonly (readonly [LocationOutcome, number])[];
    }
  /** Some were never read back. */
  | { readonly kind: 'partly'; readonly overdue: number; readonly replicas: number; readonly newest: string }
  | { readonly kind: 'overdue'; readonly overdue: number; readonly replicas: number; readonly oldest: string }
  | { readonly kind: 'current'; readonly replicas: number; readonly oldest: string; readonly newest: string };

export function verificationOf(health: LocationHealth): Verification {
  const { replicas, overdue, oldestVerifiedAt, newestVerifiedAt } = health;
  if (replicas === 0) return { kind: 'empty' };
  const others = AUDIT_OUTCOMES.filter((outcome) => isFinding(outcome))
    .map((outcome) => [outcome, health.byOutcome[outcome] ?? 0] as const)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  if (others.length > 0)
    return { kind: 'findings', intact: health.byOutcome['intact'] ?? 0, replicas, others };
  if (newestVerifiedAt === undefined) return { kind: 'never', replicas };
  if (oldestVerifiedAt === undefined) return { kind: 'partly', overdue, replicas, newest: newestVerifiedAt };
  if (overdue > 0) return { kind: 'overdue', overdue, replicas, oldest: oldestVerifiedAt };
  return { kind: 'current', replicas, oldest: oldestVerifiedAt, newest: newestVerifiedAt };
}

/** The ink that a place deserves: verified only where every replica was read in time and none is in question. */
export function inkOf(health: LocationHealth): 'held' | 'verified' {
  return verificationOf(health).kind === 'current' && health.openFindings === 0 ? 'verified' : 'held';
}
