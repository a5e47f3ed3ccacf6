import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { findingLines } from '../report/problems.ts';
import { withHost } from '../with-host.ts';

export const findingsList: CliCommand = {
  name: 'findings list',
  summary: 'list the open findings',
  description:
    'Lists what audits and rescans found and nobody has decided on yet, newest first; with --all those that were resolved too. Exits 1 when any is open.',
  examples: [
    { does: 'All open findings', line: 'findings list' },
    { does: 'Resolved ones too', line: 'findings list --all' },
    { does: 'Every one of them, for a script', line: 'findings list --ndjson' },
  ],
  isDefault: true,
  define(command) {
    addListOptions(command);
    command.option('--all', 'those that were resolved too');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const page = await listPages(invocation, (request) =>
        client.fixity.findings({ ...request, ...(invocation.options.flag('all') ? { all: true } : {}) }),
      );
      if (page.rows.length === 0)
        output.lines(invocation.options.flag('all') ? 'There is no finding.' : 'No finding is open.');
      else output.lines(...findingLines(output, page.rows));
      nextPage(invocation, page);
      return page.rows.some(({ resolution }) => resolution === undefined) ? EXIT.attention : EXIT.done;
    }),
};
