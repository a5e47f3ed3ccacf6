import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { count, day, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { showHandOut } from '../report/package.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const handOutsList: CliCommand = {
  name: 'hand-outs list',
  summary: 'list packages that left, newest first',
  description:
    'Lists what was packed for others: when, of what, to whom. One that is open is being made, or was interrupted: the next package settles it. ' +
    'Of one that was withdrawn nothing left.',
  examples: [{ does: 'What left, and to whom', line: 'hand-outs list' }],
  define: addListOptions,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const page = await listPages(invocation, (request) => client.handOuts.list(request));
      if (page.rows.length === 0) output.lines('Nothing was handed out yet: holdfast bag create --help');
      else
        output.lines(
          ...table(
            page.rows,
            [
              { title: 'Id', of: (row) => row.id },
              { title: 'State', of: (row) => row.state },
              { title: 'Day', of: (row) => day(row.openedAt) },
              { title: 'Files', align: 'right', of: (row) => count(row.files) },
              { title: 'Size', align: 'right', of: (row) => size(row.bytes) },
              { title: 'Recipient', of: (row) => row.recipient ?? '', shrinkTo: 16 },
              { title: 'Name', of: (row) => row.name, shrinkTo: 16 },
              { title: 'Of', of: (row) => row.of, shrinkTo: 20 },
            ],
            output.width,
          ),
        );
      nextPage(invocation, page);
      return EXIT.done;
    }),
};

export const handOutsShow: CliCommand = {
  name: 'hand-outs show',
  summary: 'what a package holds, to whom it went, and what proves it',
  description:
    'Shows a package that left: what it is of, where it was made, to whom it went, and the digests that speak for it.',
  examples: [{ does: 'One package', line: 'hand-outs show out-1' }],
  define(command) {
    command.argument('[ID]', 'id of a hand-out');
  },
  run: (invocation) => {
    const id = oneName(invocation.words, 'Name one hand-out, such as out-1.');
    return withHost(invocation, 'read', async (client) => {
      const handOut = await client.handOuts.show({ id });
      invocation.output.json({ handOut });
      showHandOut(invocation.output, handOut);
      return EXIT.done;
    });
  },
};
