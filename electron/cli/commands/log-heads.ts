import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { day } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { withHost } from '../with-host.ts';

export const logHeads: CliCommand = {
  name: 'log heads',
  summary: 'list the heads of the log that others hold',
  description: 'Lists who holds which head of the log: by proofs that were handed out, and by hand.',
  examples: [{ does: 'All of them', line: 'log heads' }],
  define: () => undefined,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.proofs.heads();
      output.json({ rows, next });
      if (rows.length === 0) output.lines('No head was handed out yet: holdfast log lodge --with NAME');
      else
        output.lines(
          ...table(
            rows,
            [
              { title: 'Event', align: 'right', of: (row) => String(row.seq) },
              { title: 'Head', of: (row) => row.head, shrinkTo: 16 },
              { title: 'With', of: (row) => row.with, shrinkTo: 12 },
              { title: 'How', of: (row) => row.how },
              { title: 'Since', of: (row) => day(row.at) },
            ],
            output.width,
          ),
        );
      return EXIT.done;
    }),
};
