/** What becomes of damaged files that a recovery set aside. Pure: commands and the core ask the same rule. */

/** `aside`: it stands in quarantine. `restored`: it was given back. `discarded`: its bytes were removed, by two named agents. */
export const ASIDE_STATES = ['aside', 'restored', 'discarded'] as const;

/** The id that people see of a file in quarantine. */
export function asideId(id: number): string {
  return `aside-${String(id)}`;
}

/** Reads it back; undefined where the text is none. */
export function asideNumber(text: string): number | undefined {
  const match = /^aside-([1-9]\d{0,14})$/.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/**
 * Why the bytes of a file in quarantine may not be removed; undefined where they may. A damaged file is evidence, and of a copy that
 * could not be brought back it may be all that is left.
 */
export function whyKeep(situation: {
  /** The copy that took its place was read and found intact, and nothing is open on it. */
  readonly isReplaced: boolean;
  /** Nobody here answers for its content any more. */
  readonly hasCustodyEnded: boolean;
}): string | undefined {
  if (situation.isReplaced || situation.hasCustodyEnded) return undefined;
  return 'No good copy stands in its place, so that it may be all that is left of it. Recover its finding first, then audit that location.';
}

/** What a sweep of interrupted recoveries did, as a part of another result: absent where nothing had been left. */
export function sweptIf<
  Swept extends {
    readonly removed: number;
    readonly recorded: number;
    readonly stories: number;
    readonly kept: readonly unknown[];
  },
>(swept: Swept): { readonly swept?: Swept } {
  const { removed, recorded, stories, kept } = swept;
  return removed + recorded + stories + kept.length === 0 ? {} : { swept };
}
