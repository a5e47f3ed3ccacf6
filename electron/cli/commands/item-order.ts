import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { idsFrom } from '../ids.ts';
import { textOf } from '../options.ts';
import { itemLine } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemOrder: CliCommand = {
  name: 'item order',
  summary: 'put the parts of an item into order',
  description:
    'The parts that are named come first, in the order given, each among those of its role; the others follow as they stand. ' +
    'What a later accrual brings comes behind them.',
  examples: [{ does: 'The third part first', line: 'item order item-12 part-32,part-30,part-31' }],
  define(command) {
    command
      .argument('<ITEM>', 'its id')
      .argument('<PARTS...>', 'ids of its parts, parted by commas or blanks');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const [word = '', ...rest] = words;
    const item = textOf(word, 'The item');
    const parts = idsFrom(rest);
    return withHost(invocation, 'write', async (client) => {
      const ordered = await client.items.order({ item, parts });
      output.json({ item: ordered });
      output.lines(itemLine(ordered));
      return EXIT.done;
    });
  },
};
