import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { table } from '../format/table.ts';
import { recallWords, shelfPlace } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationRecall: CliCommand = {
  name: 'location recall',
  summary: 'list what is to be fetched, by due date',
  description:
    'Lists the offline locations that are lent, and those that are to be read again by a date, the earliest first. Exits 1 when a date is past.',
  examples: [{ does: 'What is to come back', line: 'location recall' }],
  define: () => undefined,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.locations.recall();
      output.json({ rows, next });
      if (rows.length === 0)
        output.lines('Nothing is to be fetched: nothing is lent, and nothing has a date.');
      else
        output.lines(
          ...table(
            rows,
            [
              { title: 'Due', of: (row) => row.due ?? '' },
              { title: '', of: (row) => (row.isPast ? 'past' : '') },
              { title: 'Id', of: (row) => row.location },
              { title: 'Name', of: (row) => row.name, shrinkTo: 12 },
              { title: 'Why', of: recallWords, shrinkTo: 20 },
              { title: 'Last attested', of: (row) => row.lastAttestedOn ?? '' },
              { title: 'Where', of: shelfPlace, shrinkTo: 12 },
            ],
            output.width,
          ),
        );
      return rows.some(({ isPast }) => isPast) ? EXIT.attention : EXIT.done;
    }),
};
