/** What the words for a medium say of how it is to be read. */

/**
 * Whether a medium is a tape, on which files are read in the order in which they lie.
 * @param words as people write a location's medium or its generation: `tape`, `LTO-8`, `LTFS`
 */
export function isTape(words: string | null | undefined): boolean {
  return words != null && /\b(?:tapes?|ltfs|lto(?:[ -]?\d+)?)\b/i.test(words);
}
