/** The contract's closed words as a person reads them. */
import {
  LOCATION_OUTCOMES,
  outcomeWords,
  type LocationOutcome,
} from '../../../shared/domain/audit-outcome.ts';
import type { PreservationStatus } from '../../../shared/domain/preservation-status.ts';
import { clean } from '../format/text.ts';

export function outcomeText(outcome: string): string {
  const known: readonly string[] = LOCATION_OUTCOMES;
  if (known.includes(outcome)) return outcomeWords(outcome as LocationOutcome);
  return outcome === '' ? 'never checked' : clean(outcome.replaceAll('_', ' '));
}

/** Ink fills as preservation is proven (ui.md). */
export const INK: Readonly<Record<PreservationStatus, string>> = {
  'access-only': '○',
  held: '◔',
  verified: '◑',
  replicated: '◕',
  safe: '●',
};

export const STATUS_MEANING: Readonly<Record<PreservationStatus, string>> = {
  'access-only': 'a part of it has no good copy here',
  held: 'every part has a copy here',
  verified: 'every part has a copy that was read and compared in time',
  replicated: 'verified copies in two or more failure groups',
  safe: 'as many copies, sites and media as the policy asks',
};
