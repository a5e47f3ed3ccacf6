import { freshAt, isFresh, type Fresh } from '../../../../shared/domain/overdue.ts';
import type { PreservationStatus } from '../../../../shared/domain/preservation-status.ts';
import type { Connection } from '../connection.ts';

/** By the policy of the archive. */
export function freshNow(connection: Connection): Fresh {
  const days = connection.sql<number>('SELECT verify_within_days FROM archive').pluck(true).get() ?? 0;
  return freshAt(Date.now(), days);
}

/**
 * The ladder of shared/domain/preservation-status.ts over the facts that the writer keeps of each item. They say nothing of
 * sites, media and formats at risk: no item is called safe by them.
 */
export function statusOf(
  isHeld: boolean,
  verifiedDay: number,
  copies: number,
  fresh: Fresh,
): PreservationStatus {
  if (!isHeld) return 'access-only';
  if (!isFresh(verifiedDay, fresh)) return 'held';
  return copies >= 2 ? 'replicated' : 'verified';
}

/** The same as a condition on an item `i`. */
export function statusSql(status: PreservationStatus, { first, last }: Fresh): string {
  const held = '(i.parts > 0 AND i.parts_held >= i.parts)';
  const verified = `i.verified_day BETWEEN ${String(first)} AND ${String(last)}`;
  switch (status) {
    case 'access-only':
      return `NOT ${held}`;
    case 'held':
      return `${held} AND NOT ${verified}`;
    case 'verified':
      return `${held} AND ${verified} AND i.copies < 2`;
    case 'replicated':
      return `${held} AND ${verified} AND i.copies >= 2`;
    case 'safe':
      return 'false';
  }
}
