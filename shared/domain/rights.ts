/** The vocabulary of rights statements (PREMIS 3.0, rightsBasis). What they allow is decided elsewhere. */

/** Library of Congress spelling, as exported. A donor agreement or a policy is `other`. */
export const RIGHTS_BASES = ['copyright', 'license', 'statute', 'other'] as const;

/** What stands where no basis was documented: a gap that blocks sharing, never a basis. */
export const RIGHTS_UNKNOWN = 'unknown';

export type RightsBasis = (typeof RIGHTS_BASES)[number];
export type RightsBasisOrGap = RightsBasis | typeof RIGHTS_UNKNOWN;

/**
 * Reads a basis as a person types it: any case, British spelling too, `unknown` for the gap.
 * @returns undefined for any other word; the caller names the choices.
 */
export function parseRightsBasis(text: string): RightsBasisOrGap | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'licence') return 'license';
  return ALL_WORDS.find((basis) => basis === word);
}

const ALL_WORDS: readonly RightsBasisOrGap[] = [...RIGHTS_BASES, RIGHTS_UNKNOWN];
