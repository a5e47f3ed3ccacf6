import type { ArchiveStatus } from '../../shared/contract/archive.ts';
import { PRESERVATION_STATUSES, type PreservationStatus } from '../../shared/domain/preservation-status.ts';

/** What the glyph of the top bar says: the most pressing thing, or how far the least kept item has come. */
export type Health =
  | { readonly kind: 'finding' | 'overdue'; readonly count: number }
  /** `awaiting`: that many were taken in lately and never verified. */
  | {
      readonly kind: 'no-copy' | 'awaiting' | 'calm';
      readonly count: number;
      readonly weakest: PreservationStatus;
    }
  | { readonly kind: 'empty' };

export function healthOf(status: ArchiveStatus): Health {
  if (status.openFindings > 0) return { kind: 'finding', count: status.openFindings };
  if (status.replicas === 0) return { kind: 'empty' };
  if (status.overdue > 0) return { kind: 'overdue', count: status.overdue };
  const weakest = PRESERVATION_STATUSES.find((each) => (status.byStatus[each]?.count ?? 0) > 0) ?? 'held';
  const { awaitingFirstCheck } = status;
  if (status.catalogueHasCopy && awaitingFirstCheck > 0)
    return { kind: 'awaiting', count: awaitingFirstCheck, weakest };
  return { kind: status.catalogueHasCopy ? 'calm' : 'no-copy', count: status.replicas, weakest };
}
