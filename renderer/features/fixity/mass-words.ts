import type { MassChange } from '../../../shared/contract/decisions.ts';

/** A look as a key of the catalogue of texts. */
export function lookKey(look: MassChange['looksLike']): string {
  return look.replaceAll(' ', '_');
}

/** Outcomes of what changed together, the most frequent first. */
export function outcomesOf({
  outcomes,
}: Pick<MassChange, 'outcomes'>): readonly (readonly [string, number])[] {
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
}
