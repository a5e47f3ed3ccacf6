/** What is told alike of a manifest that was held against the catalogue, whether of today (attested) or of before custody. */
import type { Attestation } from '../../../shared/contract/attesting.ts';
import { shortDigest } from '../../../shared/domain/finding-evidence.ts';
import { count, counted, moment } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

const SHOWN = 20;

type Compared = Pick<
  Attestation,
  | 'lines'
  | 'wrongLines'
  | 'wrong'
  | 'dryRun'
  | 'recorded'
  | 'before'
  | 'unmatched'
  | 'unmatchedLines'
  | 'differing'
  | 'differences'
>;

/** @returns how wrong lines are told, with what follows of them; undefined where there are none */
export function wrongLinesVerdict({
  wrongLines,
  lines,
  dryRun,
  recorded,
}: Pick<Compared, 'wrongLines' | 'lines' | 'dryRun' | 'recorded'>): string | undefined {
  if (wrongLines === 0) return undefined;
  const are = `${count(wrongLines)} of ${counted(lines, 'line')} ${wrongLines === 1 ? 'is' : 'are'} wrong`;
  if (recorded) return `${are} and passed over.`;
  return dryRun
    ? `${are}. As long as they are, the manifest is taken in with --skip-bad alone.`
    : `${are}, so that nothing was recorded. Mend them, or pass over them with --skip-bad.`;
}

/** Nothing was recorded, because lines of it are wrong and nobody waived that. */
export function isRefused({
  recorded,
  dryRun,
  before,
}: Pick<Compared, 'recorded' | 'dryRun' | 'before'>): boolean {
  return !recorded && !dryRun && before === undefined;
}

export function showWrongLines(output: Output, result: Compared): void {
  if (result.wrongLines === 0) return;
  output.lines(output.heading(`${counted(result.wrongLines, 'line')} cannot be taken`));
  showSome(
    output,
    result.wrong.map(({ line, message }) => `Line ${count(line)}: ${clean(message)}`),
    result.wrongLines,
  );
  output.lines(wrongLinesVerdict(result) ?? '');
}

/**
 * What it names that is not in custody, and what it says otherwise than the catalogue does.
 * @param words how two digests are set against each other
 */
export function showUnlike(
  output: Output,
  { unmatched, unmatchedLines, differing, differences }: Compared,
  heading: string,
  words: (found: string, expected: string) => string,
): void {
  showSome(
    output,
    unmatchedLines.map(({ line, path }) => `Line ${count(line)}: ${clean(path)}`),
    unmatched,
  );
  if (differing === 0) return;
  output.lines('', output.heading(heading));
  showSome(
    output,
    differences.map(
      ({ path, algorithm, expected, found }) =>
        `${clean(path.display)}: ${algorithm} ${words(shortDigest(found), shortDigest(expected))}`,
    ),
    differing,
  );
}

/** @param recorded what is said where it was */
export function showRecorded(output: Output, { before, dryRun }: Compared, recorded: string): void {
  if (before !== undefined)
    output.lines(
      `This manifest was taken in already, as ${before.event} on ${moment(before.at)}. Nothing was recorded.`,
    );
  else output.lines(dryRun ? 'A dry run: nothing was recorded.' : recorded);
}

export function showSome(output: Output, rows: readonly string[], total: number): void {
  if (total === 0) return;
  output.lines(...rows.slice(0, SHOWN).map((row) => `  ${row}`));
  if (total > SHOWN) output.lines(`  … and ${count(total - Math.min(SHOWN, rows.length))} more: use --json`);
}
