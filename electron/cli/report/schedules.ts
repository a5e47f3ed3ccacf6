/** Schedules for a person: what is due when, and what became of it. */
import type { Schedule } from '../../../shared/contract/schedules.ts';
import { counted, moment } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

export function showSchedules(output: Output, rows: readonly Schedule[]): void {
  output.lines(
    ...table(
      rows,
      [
        { title: 'Name', of: (row) => row.name, shrinkTo: 20 },
        { title: 'What', of: (row) => row.kind },
        { title: 'Where', of: (row) => row.location?.name ?? 'everywhere', shrinkTo: 10 },
        { title: 'Due', of: dueText },
        { title: 'Last run', of: (row) => (row.lastRun === undefined ? 'never' : moment(row.lastRun.at)) },
        { title: 'Outcome', of: (row) => row.lastRun?.headline ?? '', shrinkTo: 20 },
      ],
      output.width,
    ),
  );
  for (const { name, overdueSince, missed } of rows) {
    if (overdueSince === undefined) continue;
    const earlier = missed === 0 ? '' : `, and ${counted(missed, 'earlier run')} did not happen`;
    output.lines(
      '',
      `${output.style('Overdue:', 'due')} ${clean(name)} is due since ${moment(overdueSince)}${earlier}. One run catches up: holdfast schedule run-due`,
    );
  }
}

function dueText({ paused, nextDueAt, overdueSince }: Schedule): string {
  if (paused) return 'paused';
  if (overdueSince !== undefined) return 'now';
  return nextDueAt === undefined ? 'never' : moment(nextDueAt);
}

/** One schedule that was just made or changed. */
export function scheduleSentence({ kind, words, timeZone, location, nextDueAt }: Schedule): string {
  const where = location === undefined ? 'all locations' : clean(location.name);
  const next = nextDueAt === undefined ? '' : ` The next is due on ${moment(nextDueAt)}.`;
  return `${kind === 'audit' ? 'Audit' : 'Rescan'} of ${where}: ${clean(words)} (${timeZone}).${next}`;
}
