import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { findingLines } from '../report/problems.ts';
import { withHost } from '../with-host.ts';

export const findingsList: CliCommand = {
  name: 'findings list',
  summary: 'list the open findings',
  description:
    'Lists what audits and rescans found and nobody has decided on yet, newest first. Exits 1 when there is any.',
  examples: [
    { does: 'All open findings', line: 'findings list' },
    { does: 'Every one of them, for a script', line: 'findings list --ndjson' },
  ],
  isDefault: true,
  define: addListOptions,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const page = await listPages(invocation, (request) => client.fixity.findings(request));
      if (page.rows.length === 0) output.lines('No finding is open.');
      else output.lines(...findingLines(output, page.rows));
      nextPage(invocation, page);
      return page.rows.length > 0 ? EXIT.attention : EXIT.done;
    }),
};
