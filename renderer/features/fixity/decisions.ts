import type { FindingSelection } from '../../../shared/contract/decisions.ts';
import type { WayOut } from '../../../shared/domain/deciding.ts';

/** Ways out that are decided here; `deaccession` is an act of the accession's own page. */
export const DECIDED_HERE = [
  'recover',
  'accept',
  'moved',
  'false-alarm',
] as const satisfies readonly WayOut[];
export type DecidedHere = (typeof DECIDED_HERE)[number];

/** What somebody is about to decide, and on what. */
export interface Deciding {
  readonly way: DecidedHere;
  readonly selection: FindingSelection;
  /** How many findings that are, as far as it is known. */
  readonly count: number;
}

/** What was begun, so that its end can be told where it was asked for. */
export interface Decided {
  readonly job: string;
  readonly way: DecidedHere;
}

/** Reasons of refusals, each once with how often it came, the most frequent first. */
export function groupedReasons(
  refused: readonly { readonly reason: string }[],
): readonly { readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { reason } of refused) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
