import type { CliCommand } from '../command.ts';
import { defineOut, outOf, runReport, WRITTEN } from '../report-options.ts';

export const reportCondition: CliCommand = {
  name: 'report condition',
  summary: 'in what condition the collection is now',
  description:
    'Writes how what is held stands now: items and hours by preservation status, copies by sites and by the age of their last check, where they stand, what is ' +
    'wrong, formats and roles, and what is not known of rights and description. A page that prints (HTML), a table (CSV) and JSON. ' +
    WRITTEN,
  examples: [
    { does: 'Into the archive', line: 'report condition' },
    { does: 'For a meeting', line: 'report condition --pdf --out ~/board' },
  ],
  define: defineOut,
  run: (invocation) => runReport(invocation, { kind: 'condition', ...outOf(invocation.options) }),
};
