import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { count, day, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { withHost } from '../with-host.ts';

export const locationList: CliCommand = {
  name: 'location list',
  summary: 'list the locations',
  description:
    'Lists every storage location with what it holds and when it was last reached. It reads only the catalogue.',
  examples: [{ does: 'All locations', line: 'location list' }],
  define(command) {
    command.option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.locations.list();
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next });
      if (rows.length === 0)
        output.lines('No location yet: an accession names the folders it takes into custody.');
      else
        output.lines(
          ...table(
            rows,
            [
              { title: 'Id', of: (row) => row.id },
              { title: 'Name', of: (row) => row.name, shrinkTo: 12 },
              { title: 'Copies', align: 'right', of: (row) => count(row.replicas) },
              { title: 'Size', align: 'right', of: (row) => size(row.bytes) },
              { title: 'Writes', of: (row) => row.writes },
              { title: 'Site', of: (row) => row.site ?? '' },
              { title: 'Medium', of: (row) => row.medium ?? '' },
              { title: 'Group', of: (row) => row.failureGroup ?? '' },
              {
                title: 'Last reached',
                of: (row) => (row.lastReachedAt === undefined ? '' : day(row.lastReachedAt)),
              },
              { title: 'Root', of: (row) => row.root.display, shrinkTo: 20 },
            ],
            output.width,
          ),
        );
      return EXIT.done;
    }),
};
