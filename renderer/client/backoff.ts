const FIRST_MS = 250;
const MOST_MS = 8_000;

/**
 * How long to wait before the attempt after `failures` ones in a row, in ms: doubling from a quarter of a second to eight
 * seconds, of which half is left to chance, so that windows which lost the same host do not return in step.
 *
 * @param random from 0 to 1, as Math.random gives it
 */
export function backoff(failures: number, random: number): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 16));
  return full / 2 + (full / 2) * random;
}
