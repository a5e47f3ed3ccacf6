import type { CliCommand } from '../command.ts';
import { defineOut, definePeriod, outOf, periodOf, runReport, WRITTEN } from '../report-options.ts';

export const reportFixity: CliCommand = {
  name: 'report fixity',
  summary: 'what was verified in a period, what it found, what is overdue',
  description:
    'Writes which runs were made in a period, what they checked and with which outcomes, findings opened and closed, one by one, and what is overdue now; of all ' +
    'locations or one. A page that prints (HTML), a table (CSV) and JSON. ' +
    WRITTEN,
  examples: [
    { does: 'Of the last twelve months', line: 'report fixity' },
    {
      does: 'Of one location, in November',
      line: 'report fixity --location Vault --from 2026-11-01 --to 2026-11-30',
    },
  ],
  define(command) {
    command.option('--location <NAME>', 'only of this location: its name or id');
    definePeriod(command, 'the last twelve months');
    defineOut(command);
  },
  run: (invocation) => {
    const { options } = invocation;
    const location = options.text('location');
    return runReport(invocation, {
      kind: 'fixity',
      ...periodOf(options),
      ...(location === undefined ? {} : { location }),
      ...outOf(options),
    });
  },
};
