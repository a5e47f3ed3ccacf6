import type { ArchiveStatus } from '../../../shared/contract/archive.ts';

/** How much of what is held was read here and compared, within the days that the policy allows. */
export type Verified =
  /** No byte was read again since it was recorded. */
  | { readonly kind: 'never' }
  /** Something was read once, and no item is wholly within policy now. */
  | { readonly kind: 'none' }
  /** Every item by a copy of each of its parts; `copies`: and each copy too, none needing a decision. */
  | { readonly kind: 'all' | 'copies' }
  /** In whole percent, rounded down so that it never says more than is so; 0 for less than one. */
  | { readonly kind: 'partly'; readonly percent: number };

type Counted = Pick<
  ArchiveStatus,
  'items' | 'byStatus' | 'byOutcome' | 'lastAudit' | 'overdue' | 'awaitingFirstCheck' | 'openFindings'
>;

/** By items: one of which a single part was not verified in time counts as not verified. */
export function verifiedOf(status: Counted): Verified {
  const { items, byStatus, byOutcome, lastAudit, openFindings } = status;
  const open = status.overdue + status.awaitingFirstCheck + openFindings;
  const fresh = ['verified', 'replicated', 'safe'].reduce(
    (sum, step) => sum + (byStatus[step]?.count ?? 0),
    0,
  );
  if (fresh === 0) {
    const wasRead = lastAudit !== null || (byOutcome.intact ?? 0) > 0;
    return { kind: wasRead ? 'none' : 'never' };
  }
  if (fresh >= items) return { kind: open === 0 ? 'copies' : 'all' };
  return { kind: 'partly', percent: Math.floor((fresh / items) * 100) };
}
