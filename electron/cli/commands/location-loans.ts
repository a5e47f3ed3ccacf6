import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { day } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const locationLoans: CliCommand = {
  name: 'location loans',
  summary: 'list who had an offline location',
  description:
    'Lists every loan of a location, the latest first: who had it, what for, and how it came back.',
  examples: [{ does: 'The history of a tape', line: 'location loans "LTO 0042"' }],
  define(command) {
    command.argument('<LOCATION>', 'its id or its name');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const location = textOf(words[0] ?? '', 'The location');
    return withHost(invocation, 'read', async (client) => {
      const { rows, next } = await client.locations.loans({ location });
      output.json({ rows, next });
      if (rows.length === 0) output.lines('It was never lent.');
      else
        output.lines(
          ...table(
            rows,
            [
              { title: 'Out', of: (row) => day(row.outAt) },
              { title: 'To', of: (row) => row.to, shrinkTo: 12 },
              { title: 'Purpose', of: (row) => row.purpose, shrinkTo: 12 },
              { title: 'Expected', of: (row) => row.expectedBack ?? '' },
              { title: 'Back', of: (row) => (row.backAt === undefined ? 'still out' : day(row.backAt)) },
              { title: 'Condition', of: (row) => row.condition ?? '', shrinkTo: 12 },
            ],
            output.width,
          ),
        );
      return EXIT.done;
    });
  },
};
