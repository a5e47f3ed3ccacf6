/** How long the second key of a sequence may take, in ms. */
const WITHIN_MS = 1_500;

/** Reads `g` and a letter after it; any other key in between ends it. */
export class KeySequence {
  #startedAt: number | undefined;

  /** The letter that completes the sequence; `begun` for the first key; undefined for a key that is not its own. */
  press(key: string, now: number): { readonly letter: string } | 'begun' | undefined {
    const startedAt = this.#startedAt;
    this.#startedAt = undefined;
    if (startedAt !== undefined && now - startedAt <= WITHIN_MS && /^[a-z]$/.test(key))
      return { letter: key };
    if (key !== 'g') return undefined;
    this.#startedAt = now;
    return 'begun';
  }
}
