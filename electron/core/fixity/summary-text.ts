import type { RunSummary } from '../../../shared/contract/schedules.ts';
import { oneLine } from '../hand-outs/page.ts';

const WIDTH = 78;

/** Summaries as plain text (UTF-8), for a person and for a mail; a name is one line, whatever is in it. */
export function summaryText(summaries: readonly RunSummary[]): string {
  return summaries.map(one).join('\n');
}

function one(summary: RunSummary): string {
  const { archive, headline, checked, found, foundTotal, notDone, due } = summary;
  const parts = [
    `${wrapped(`${oneLine(archive)}: ${headline}.`)}\n`,
    facts(summary)
      .map(([name, value]) => `${name.padEnd(9)} ${oneLine(value)}\n`)
      .join(''),
    section('CHECKED', checked),
    foundTotal === 0
      ? ''
      : `\nFOUND (${String(foundTotal)})\n${found
          .map(
            ({ path, location, what }) =>
              `\n${oneLine(path.display)}\n  ${oneLine(location)}: ${oneLine(what)}\n`,
          )
          .join('')}${more(found.length, foundTotal)}`,
    section('NOT DONE', notDone),
    section('DUE', due),
  ];
  return parts.filter((part) => part !== '').join('');
}

/** What a summary is of. */
export function facts({
  schedule,
  title,
  startedAt,
  finishedAt,
  agent,
  job,
}: RunSummary): [string, string][] {
  return [
    ['Run', title],
    ...(schedule === undefined ? [] : ([['Schedule', schedule]] as [string, string][])),
    ['Begun', startedAt],
    ...(finishedAt === undefined ? [] : ([['Ended', finishedAt]] as [string, string][])),
    ['By', agent],
    ...(job === undefined ? [] : ([['Job', job]] as [string, string][])),
  ];
}

/** What a list leaves out. */
export function more(shown: number, total: number): string {
  return shown >= total ? '' : `\n… and ${String(total - shown)} more: holdfast findings list\n`;
}

function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : `\n${heading}\n\n${lines.map((line) => `${wrapped(oneLine(line))}\n`).join('')}`;
}

function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}
