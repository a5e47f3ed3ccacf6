import type { AuditOutcome } from '../../../shared/domain/audit-outcome.ts';
import type { PreservationStatus } from '../../../shared/domain/preservation-status.ts';
import type { RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import type { Holding } from '../../../shared/contract/holdings.ts';
import type { Page, PageRequest } from './common.ts';

/** What a list of holdings is narrowed to; everything that is said holds at once. */
export interface HoldingsNarrowing {
  readonly text?: string | undefined;
  /** With what lies below it. */
  readonly collectionId?: number | undefined;
  readonly accessionId?: number | undefined;
  readonly itemId?: number | undefined;
  readonly locationId?: number | undefined;
  readonly role?: RepresentationRole | undefined;
  readonly kind?: string | undefined;
  readonly format?: string | undefined;
  readonly status?: PreservationStatus | undefined;
  /** With a location: of a replica that stands there. */
  readonly outcome?: AuditOutcome | undefined;
  readonly gap?: 'rights' | 'source' | 'acquired' | undefined;
}

export interface HoldingsRequest extends PageRequest {
  readonly filter?: HoldingsNarrowing | undefined;
  /** Where the page begins in the whole order; not with a cursor. */
  readonly offset?: number | undefined;
}

export interface HoldingsPage extends Page<Holding> {
  /** Of a narrowed list, whose rows were found together. */
  readonly counted?: { readonly count: number; readonly capped: boolean };
}
