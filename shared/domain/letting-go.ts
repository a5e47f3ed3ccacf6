/** Rules of letting go: custody ends by one act, bytes go by another, for which two people stand. */

/**
 * What a deletion has come to in one place: a bag in a managed location, or all of it that stands in a location of the
 * archivist's own.
 *
 * - `pending`: it is to be removed, and could not be yet.
 * - `removing`: its removal began; whatever happens, the next run completes it.
 * - `deleted`: its bytes are removed.
 * - `absent`: nothing stood there when its bytes were to be removed.
 * - `left`: it is not Holdfast's to remove, or somebody else's custody stands on it.
 * - `refused`: what stands there is not what the catalogue knows, and nothing of it was touched.
 */
export const DELETION_STATES = ['pending', 'removing', 'deleted', 'absent', 'left', 'refused'] as const;
export type DeletionState = (typeof DELETION_STATES)[number];

/** States that a later run takes up again; a deletion is over when no place is in one of them. */
const UNFINISHED_STATES = ['pending', 'removing', 'refused'] as const satisfies DeletionState[];

export function isUnfinished(state: DeletionState): boolean {
  const unfinished: readonly DeletionState[] = UNFINISHED_STATES;
  return unfinished.includes(state);
}

export const LEFT_IN_PLACE = "Left in place: not Holdfast's to remove. Custody of it has ended.";

/**
 * Whether two names are one person's: compared without regard to case, space, invisible characters and ways of encoding
 * the same letters (NFKC), so that a second agent cannot be made by spelling the first one differently. A name of nothing
 * else is nobody's, and the same as any other of that kind.
 */
export function sameAgent(one: string, other: string): boolean {
  return agentKey(one) === agentKey(other);
}

/** Whether a text names anybody. */
export function namesSomebody(name: string): boolean {
  return agentKey(name) !== '';
}

function agentKey(name: string): string {
  // Twice, since folding a letter may leave it in another form: U+0130 becomes `i` and a combining dot.
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKC').toLowerCase();
  return folded.replace(/[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/gu, '');
}
