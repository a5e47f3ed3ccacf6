import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { count, day, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { allFateSentences } from '../report/shared-fate.ts';
import { whereOf } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationList: CliCommand = {
  name: 'location list',
  summary: 'list the locations',
  description:
    'Lists every storage location with what it holds, when it was last reached and where it is: its folder, or, offline, its shelf and who has it. Those that one failure would take together are named below: ' +
    'on the same device as it is found, or of the same failure group. No file is read.',
  examples: [{ does: 'All locations', line: 'location list' }],
  define(command) {
    command.option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.locations.list();
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      const fates = output.form === 'ndjson' ? [] : (await client.locations.sharedFates()).rows;
      if (output.form !== 'ndjson') output.json({ rows, next, sharedFates: fates });
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
              { title: 'Where', of: whereOf, shrinkTo: 20 },
            ],
            output.width,
          ),
        );
      if (fates.length > 0) output.lines('', ...allFateSentences(fates));
      return EXIT.done;
    }),
};
