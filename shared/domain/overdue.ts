/**
 * When a replica is due for verification: its last verification, or, of one that never was verified, the act that took custody of
 * it, is longer ago than the policy allows. So a collection that grows is not called overdue on the day on which it grew.
 */

const DAY_MS = 86_400_000;

/** Which days lie within the policy: from the first to the last of these, day numbers UTC since 1970. */
export interface Fresh {
  readonly first: number;
  readonly last: number;
}

/**
 * Days are all that counters know: on the last day of its term a verification still is within policy, so that nothing is called
 * overdue that is not. One dated further ahead than a clock can err proves nothing.
 * @param now milliseconds since 1970
 */
export function freshAt(now: number, withinDays: number): Fresh {
  const today = Math.floor(now / DAY_MS);
  return { first: Math.max(1, today - withinDays), last: today + 1 };
}

export function isFresh(day: number, { first, last }: Fresh): boolean {
  return day >= first && day <= last;
}

/**
 * The day by which a replica is counted: that of its last verification; never verified, that of its accrual, negative.
 * @param verifiedAt milliseconds since 1970; null: never
 * @param accruedAt when custody was taken, milliseconds since 1970
 */
export function dueDay(verifiedAt: number | null, accruedAt: number): number {
  // `0 - n`: a day of zero stays zero, not minus zero.
  return verifiedAt === null ? 0 - Math.floor(accruedAt / DAY_MS) : Math.floor(verifiedAt / DAY_MS);
}

/** Of a replica counted by this day. One that never was verified is due for the first time when it is not overdue yet. */
export function isOverdue(day: number, fresh: Fresh): boolean {
  return !isFresh(Math.abs(day), fresh);
}
