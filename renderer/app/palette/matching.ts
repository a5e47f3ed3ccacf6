import { formOfText } from './text-form.ts';

/** How well a text answers what is typed: 0 where a word of it is not found; higher where it begins with it. @testonly */
export function matchScore(text: string, typed: string): number {
  const words = formOfText(typed).split(' ').filter(Boolean);
  const form = formOfText(text);
  if (words.length === 0) return 1;
  let score = 0;
  for (const word of words) {
    const at = form.indexOf(word);
    if (at < 0) return 0;
    const isAtWord = at === 0 || form[at - 1] === ' ';
    score += at === 0 ? 4 : isAtWord ? 3 : 1;
  }
  return score / words.length;
}

/** The best ones, best first; equals as they stand. */
export function bestMatches<T>(
  rows: readonly T[],
  textOf: (row: T) => string,
  typed: string,
  most: number,
): T[] {
  return rows
    .map((row, at) => ({ row, at, score: matchScore(textOf(row), typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, most)
    .map(({ row }) => row);
}
