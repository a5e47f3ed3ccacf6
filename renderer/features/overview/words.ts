import type { Texts } from '../../ui/index.ts';

/** A closed word of the contract as it is shown; one that the catalogue does not know is shown as it is. */
export function wordOf(t: Texts, group: string, value: string): string {
  const key = `${group}.${value}`;
  const text = t(key);
  return text === key ? value.replaceAll('_', ' ') : text;
}

/** `41 intact, 2 altered`, the most frequent first. */
export function outcomesInWords(
  t: Texts,
  outcomes: Readonly<Record<string, number>>,
  formatCount: (value: number) => string,
): string {
  return new Intl.ListFormat(undefined, { type: 'unit' }).format(
    Object.entries(outcomes)
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([outcome, count]) => `${formatCount(count)} ${wordOf(t, 'outcome', outcome)}`),
  );
}
