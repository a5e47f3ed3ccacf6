/** Ids as they are typed: apart by blanks or commas. */
import { UsageError } from './errors.ts';
import { textOf } from './options.ts';

/** @throws UsageError where there is none, or a word that is none */
export function idsFrom(words: readonly string[]): string[] {
  const ids = words.flatMap((word) =>
    textOf(word, 'An id')
      .split(/[\s,]+/)
      .filter((id) => id !== ''),
  );
  if (ids.length === 0) throw new UsageError('Name at least one id, such as part-31.');
  return ids;
}
