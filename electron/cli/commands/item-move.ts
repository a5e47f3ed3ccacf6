import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { idsFrom } from '../ids.ts';
import { itemLine } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemMove: CliCommand = {
  name: 'item move',
  summary: 'move parts to another item',
  description:
    'Moves parts to another item of the same accession, in the roles that they have. An item that loses its last part ends; its ' +
    'id leads to the one that took it.',
  examples: [{ does: 'A scan that lies in the wrong folder', line: 'item move part-40 --to item-12' }],
  define(command) {
    command.argument('<PART...>', 'ids of parts').requiredOption('--to <ITEM>', 'the item that they come to');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const parts = idsFrom(words);
    const to = options.text('to') ?? '';
    return withHost(invocation, 'write', async (client) => {
      const item = await client.items.move({ parts, to });
      output.json({ item });
      output.lines(itemLine(item));
      return EXIT.done;
    });
  },
};
