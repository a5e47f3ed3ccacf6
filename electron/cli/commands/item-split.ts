import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { idsFrom } from '../ids.ts';
import { textOf } from '../options.ts';
import { itemLine } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemSplit: CliCommand = {
  name: 'item split',
  summary: 'make some parts of an item an item of their own',
  description:
    'Takes parts out of an item into a new one, with the roles and the order that they have. What is done by hand stays: no ' +
    'later accrual puts them back.',
  examples: [
    {
      does: 'Two sessions that lie in one folder',
      line: 'item split item-12 --parts part-30,part-31 --title "Second session"',
    },
  ],
  define(command) {
    command
      .argument('<ITEM>', 'its id')
      .requiredOption('--parts <PARTS>', 'ids of its parts, parted by commas')
      .option('--title <TITLE>', 'what the new item is called (default: what the first part says of itself)');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const item = textOf(words[0] ?? '', 'The item');
    const parts = idsFrom([options.text('parts') ?? '']);
    const title = options.text('title');
    return withHost(invocation, 'write', async (client) => {
      const split = await client.items.split({ item, parts, ...(title !== undefined && { title }) });
      output.json({ ...split });
      output.lines(itemLine(split.from), itemLine(split.item));
      return EXIT.done;
    });
  },
};
