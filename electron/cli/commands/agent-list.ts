import { roleTowards } from '../../../shared/domain/agent-role.ts';
import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { count } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { subjectOf } from '../report/agents.ts';
import { withHost } from '../with-host.ts';

export const agentList: CliCommand = {
  name: 'agent list',
  summary: 'list people and institutions, and what they are responsible for',
  description: 'Lists who acted in the archive or holds a role in it, by name. It reads only the catalogue.',
  examples: [{ does: 'Everybody', line: 'agent list' }],
  isDefault: true,
  define(command) {
    addListOptions(command);
    command.option('--all', 'the program and its versions too');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { options, output } = invocation;
      const all = options.flag('all');
      const page = await listPages(invocation, (request) => client.agents.list({ ...request, all }));
      if (page.rows.length === 0) output.lines('Nobody is known yet: holdfast agent add NAME');
      else
        output.lines(
          ...table(
            page.rows,
            [
              { title: 'Id', of: (row) => row.id },
              { title: 'Name', of: (row) => row.name, shrinkTo: 16 },
              { title: 'Kind', of: (row) => row.kind },
              { title: 'Acts', align: 'right', of: (row) => count(row.events) },
              {
                title: 'Holds',
                of: (row) =>
                  row.roles
                    .filter(({ current }) => current)
                    .map((held) => roleTowards(held.role, subjectOf(held)))
                    .join('; '),
                shrinkTo: 20,
              },
              { title: 'Contact', of: (row) => row.contact ?? '', shrinkTo: 12 },
            ],
            output.width,
          ),
        );
      nextPage(invocation, page);
      return EXIT.done;
    }),
};
