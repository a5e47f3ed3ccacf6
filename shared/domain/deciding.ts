/** What a person can decide on a finding, and which of it fits which outcome. Pure: screens, commands and the core ask the same rule. */
import type { AuditOutcome } from './audit-outcome.ts';

/** Decisions that change no file. Of what is accepted in a sealed bag a successor bag is made beside it. */
export const RESOLUTIONS = ['accept', 'moved', 'false-alarm'] as const;
export type ResolutionWord = (typeof RESOLUTIONS)[number];

/** All that there are; `deaccession` ends custody of the whole accession, by a command of its own. */
export const WAYS_OUT = ['recover', ...RESOLUTIONS, 'deaccession'] as const;
export type WayOut = (typeof WAYS_OUT)[number];

export interface FindingSituation {
  readonly outcome: AuditOutcome | string;
  /** In a sealed bag of ours. */
  readonly isSealed: boolean;
  readonly writes: 'never' | 'recover' | 'managed';
  /** Other copies of the content that were not found bad. */
  readonly otherCopies: number;
  /** An older manifest opened it, which speaks of what the file was before custody. */
  readonly isOfThePast?: boolean;
}

const GONE: ReadonlySet<string> = new Set(['missing', 'moved']);

/** Why a way out does not fit, as a sentence; undefined where it may be tried. */
export function whyNot(
  way: WayOut,
  { outcome, isSealed, writes, otherCopies, isOfThePast = false }: FindingSituation,
): string | undefined {
  if (isOfThePast && PRESENT.has(way)) return PAST;
  switch (way) {
    case 'recover':
      if (writes === 'never')
        return 'Nothing is ever written to its location, as its policy says. Recover it by hand, or accept what is there.';
      return otherCopies === 0 ? 'No other copy of its content is known that was not found bad.' : undefined;
    case 'accept':
      if (GONE.has(outcome)) return 'There is nothing at its path that could be accepted.';
      return outcome === 'unreadable' ? 'What cannot be read cannot be accepted.' : undefined;
    case 'moved':
      if (isSealed)
        return `It stands in a sealed bag, whose files have their names in its manifests. ${SEALED}`;
      return GONE.has(outcome) ? undefined : 'Something stands at its path: it was not moved.';
    case 'false-alarm':
    case 'deaccession':
      return undefined;
  }
}

const PRESENT: ReadonlySet<WayOut> = new Set(['recover', 'accept', 'moved']);
const PAST =
  'An older manifest speaks of what it was before it came into custody. Nothing was found against the copy of today, so that nothing is to be done with it.';
const SEALED =
  'Recover it (holdfast recover), or end custody of the accession (holdfast deaccession) and take it in anew.';
