/** Refusals, problems and findings as lists that stay readable when they are long. */
import type { Finding } from '../../../shared/contract/fixity.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { Output } from '../output.ts';
import { count, counted, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { capitalise, clean, listWords } from '../format/text.ts';
import { detailText } from './finding-detail.ts';
import { outcomeText } from './words.ts';

const SHOWN = 20;

export interface PathWithReason {
  readonly path: PathValue;
  readonly reason: string;
}

/** A heading, then one line a path with its reason below it. */
export function showReasons(
  output: Output,
  heading: string,
  rows: readonly PathWithReason[],
  total: number,
  rest: string,
): void {
  if (total === 0) return;
  output.lines('', output.heading(heading));
  for (const { path, reason } of rows.slice(0, SHOWN)) {
    output.lines(`  ${clean(path.display)}`, `      ${clean(reason)}`);
  }
  more(output, Math.min(rows.length, SHOWN), total, rest);
}

export function showFindings(
  output: Output,
  findings: readonly Finding[],
  total: number,
  rest = 'holdfast findings list',
): void {
  if (total === 0) return;
  const rows = findings.slice(0, SHOWN);
  output.lines('', output.heading(`${capitalise(counted(total, 'finding'))} to decide on`));
  output.lines(...findingLines(output, rows));
  more(output, rows.length, total, rest);
}

export function findingLines(output: Output, rows: readonly Finding[]): string[] {
  const lines = table(
    rows,
    [
      { title: 'Finding', of: (row) => row.id },
      { title: 'Outcome', of: (row) => output.style(outcomeText(row.outcome), 'finding'), styled: true },
      { title: 'Location', of: (row) => row.location },
      { title: 'Path', of: (row) => row.path.display, shrinkTo: 24 },
    ],
    output.width,
    '  ',
  );
  // What was seen stands under the line of its path.
  return lines.flatMap((line, at) => {
    const detail = at === 0 ? '' : detailText(rows[at - 1]?.detail ?? '');
    const state = at === 0 ? '' : stateOf(rows[at - 1]);
    return [line, ...[detail, state].filter((text) => text !== '').map((text) => `      ${clean(text)}`)];
  });
}

/** An intact check resolves nothing by itself, but shows. */
function stateOf(row: Finding | undefined): string {
  if (row?.resolution !== undefined) return `Resolved as ${row.resolution}.`;
  if (row?.intactSince !== true) return '';
  return `A later check found it intact. To close it: holdfast findings resolve ${row.id} --as false-alarm`;
}

function more(output: Output, shown: number, total: number, rest: string): void {
  if (total > shown) output.lines(`  … and ${count(total - shown)} more: ${rest}`);
}

export function showUnreachable(
  output: Output,
  unreachable: readonly { readonly name: string; readonly reason: string }[],
): void {
  for (const { name, reason } of unreachable) {
    output.lines(
      '',
      `${output.style('Not checked:', 'due')} ${clean(name)} is unreachable. ${clean(reason)}`,
      'An unreachable place is not a loss: nothing there is counted as missing.',
    );
  }
}

/** `41 intact, 2 altered`: what there is of each outcome, in a fixed order. */
export function outcomeSummary(outcomes: Readonly<Record<string, number>>): string {
  const parts = Object.entries(outcomes).filter(([, number]) => number > 0);
  return listWords(parts.map(([outcome, number]) => `${count(number)} ${outcomeText(outcome)}`));
}

/** `12 files, 340.1 MB`. */
export function filesAndBytes(files: number, bytes: number): string {
  return `${counted(files, 'file')}, ${size(bytes)}`;
}
