import type { CliCommand } from '../command.ts';
import { defineOut, definePeriod, outOf, periodOf, runReport, WRITTEN } from '../report-options.ts';

export const reportAnnual: CliCommand = {
  name: 'report annual',
  summary: 'what came in, went and was found in a year, and how the archive stands',
  description:
    'Writes what a director asks for: intake, what was declined and let go, findings opened and closed with the time that took, hours, bytes and ' +
    'items by collection, format and role, copies by sites and by the age of their last check, how much room will be needed, and what is not known of rights ' +
    'and description. What happened is of the period; how the archive stands is of now. A page that prints (HTML), a table (CSV) and JSON. ' +
    WRITTEN,
  examples: [
    { does: 'Of this year so far', line: 'report annual' },
    { does: 'Of last year, as PDF too', line: 'report annual --year 2025 --pdf --out ~/board' },
    { does: 'Of a financial year', line: 'report annual --from 2025-07-01 --to 2026-06-30' },
  ],
  define(command) {
    definePeriod(command, 'this one');
    defineOut(command);
  },
  run: (invocation) =>
    runReport(invocation, { kind: 'annual', ...periodOf(invocation.options), ...outOf(invocation.options) }),
};
