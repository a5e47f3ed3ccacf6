/**
 * What may leave the archive (design, invariant 9): the strictest of all that applies to a file decides. What is undetermined does not
 * leave. A rule is a ground against leaving and the question whether it holds; another (a territory, dates, an act that a statement
 * restricts) is one more line of GROUNDS.
 */
import type { FieldName } from './description/fields.ts';
import type { RightsBasisOrGap } from './rights.ts';

/** What is known of a file that somebody wants to hand out. */
export interface LeavingFile {
  /** Of every rights statement about it or what it belongs to; none is as much a gap as `unknown`. */
  readonly bases: readonly RightsBasisOrGap[];
  /** Under protection (DRM). */
  readonly isProtected: boolean;
  /** Whether it is told from whom it was acquired, and how and when. */
  readonly hasSource: boolean;
  readonly hasAcquisition: boolean;
}

/** A file that is handed to a recipient, or put where a recipient may fetch it. */
export interface Leaving {
  /** Somebody answers for it with name and reason although rights or origin are not documented. */
  readonly isOverridden: boolean;
}

/** Why a file stays behind, the strictest first. */
export const WITHHELD_REASONS = ['protected', 'no basis', 'no source', 'no acquisition'] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

export type MayLeave =
  { readonly leaves: true } | { readonly leaves: false; readonly reason: WithheldReason };

interface Ground {
  readonly holds: (file: LeavingFile) => boolean;
  /** Whether a named agent may answer for it. */
  readonly canBeOverridden: boolean;
  readonly message: string;
}

const GROUNDS: Readonly<Record<WithheldReason, Ground>> = {
  protected: {
    holds: ({ isProtected }) => isProtected,
    canBeOverridden: false,
    message: 'It is under protection (DRM): kept where a statute asks for it, and never handed out.',
  },
  'no basis': {
    holds: ({ bases }) => bases.length === 0 || bases.includes('unknown'),
    canBeOverridden: true,
    message:
      'No rights basis is documented for it, and what is undetermined does not leave. Document it with: holdfast close-gaps. ' +
      'Who answers for it all the same says why: --override-rights REASON.',
  },
  'no source': {
    holds: ({ hasSource }) => !hasSource,
    canBeOverridden: true,
    message:
      'It is not documented from whom it was acquired. Document it with: holdfast close-gaps. ' +
      'Who answers for it all the same says why: --override-rights REASON.',
  },
  'no acquisition': {
    holds: ({ hasAcquisition }) => !hasAcquisition,
    canBeOverridden: true,
    message:
      'It is not documented how and when it was acquired. Document it with: holdfast close-gaps. ' +
      'Who answers for it all the same says why: --override-rights REASON.',
  },
};

export function mayLeave(file: LeavingFile, { isOverridden }: Leaving): MayLeave {
  const reason = WITHHELD_REASONS.find((each) => {
    const { holds, canBeOverridden } = GROUNDS[each];
    return holds(file) && !(canBeOverridden && isOverridden);
  });
  return reason === undefined ? { leaves: true } : { leaves: false, reason };
}

/** What keeps a file back, and what a person can do about it. */
export function withheldMessage(reason: WithheldReason): string {
  return GROUNDS[reason].message;
}

/** Whether a named agent may answer for it, so that what it keeps back leaves all the same. */
export function canBeOverridden(reason: WithheldReason): boolean {
  return GROUNDS[reason].canBeOverridden;
}

/** Uses that somebody reserves to themselves (Directive (EU) 2019/790, article 4(3); W3C TDMRep). */
export const RESERVATIONS = ['tdm', 'ai-training'] as const;
export type Reservation = (typeof RESERVATIONS)[number];

export const RESERVATION_NAMES: Readonly<Record<Reservation, string>> = {
  tdm: 'Text and data mining',
  'ai-training': 'Training of AI models',
};

/**
 * What the archive knows beside the files and their description, and does not hand out: it is about people, not about sound. It is in
 * the accession's record and in the supplement of managed locations.
 */
export const STAYS_BEHIND = {
  source: 'from whom it was acquired',
  acquired: 'how and when it was acquired',
  agreement: 'the agreement with the donor',
  'rights note': 'the terms as the archive wrote them down',
  locations: 'where the archive keeps its copies, and under which paths',
  agents: 'contacts of people',
} as const;

/** Whether a field of description goes along. `withheld`: what whoever hands it out keeps back. */
export function fieldLeaves(field: FieldName, withheld: ReadonlySet<string>): boolean {
  return !withheld.has(field);
}
