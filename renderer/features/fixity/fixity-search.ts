/** What the address of the findings says; anything else in it is passed over. */
import type { FindingSelection } from '../../../shared/contract/decisions.ts';
import type { FindingFilter } from '../../../shared/contract/fixity-lists.ts';
import { AUDIT_OUTCOMES, isFinding, type AuditOutcome } from '../../../shared/domain/audit-outcome.ts';

export interface FixitySearch {
  readonly outcome?: AuditOutcome;
  /** Id of a location. */
  readonly location?: string;
}

/** Outcomes that a finding can have, the gravest first. */
export const FINDING_OUTCOMES = [
  'altered',
  'truncated',
  'missing',
  'unreadable',
  'moved',
  'tags_changed',
] as const satisfies readonly AuditOutcome[];

export function fixitySearch(raw: Record<string, unknown>): FixitySearch {
  const outcome = AUDIT_OUTCOMES.find((each) => each === raw['outcome'] && isFinding(each));
  const location = raw['location'];
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(typeof location === 'string' && /^loc-[1-9]\d*$/.test(location) ? { location } : {}),
  };
}

/** A change of the filter; what is undefined is taken out of the address. */
export function narrowed(
  search: FixitySearch,
  part: { readonly [Key in keyof FixitySearch]?: FixitySearch[Key] | undefined },
): FixitySearch {
  return fixitySearch({ ...search, ...part });
}

/** Undefined where nothing is asked for. */
export function filterOf(search: FixitySearch): FindingFilter | undefined {
  return Object.keys(search).length === 0 ? undefined : search;
}

/** Everything that the list shows, as an act takes it. */
export function selectionOf(search: FixitySearch): FindingSelection {
  return Object.keys(search).length === 0 ? { all: true } : search;
}

export interface QuarantineSearch {
  /** With those that were given back or removed. */
  readonly all?: true;
}

export function quarantineSearch(raw: Record<string, unknown>): QuarantineSearch {
  return raw['all'] === true ? { all: true } : {};
}

interface Place {
  readonly kind: 'finding' | 'mass' | 'aside';
  readonly id: string;
}

/** Ids of what has an address here, as it may be said; people also write the kind of a finding in full. */
export function placeOf(id: string): Place | undefined {
  const [, kind = '', number = ''] = /^(find|finding|mass|aside)-([1-9]\d{0,14})$/.exec(id) ?? [];
  if (number === '') return undefined;
  return kind === 'mass' || kind === 'aside'
    ? { kind, id: `${kind}-${number}` }
    : { kind: 'finding', id: `find-${number}` };
}
