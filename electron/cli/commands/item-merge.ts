import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { idsFrom } from '../ids.ts';
import { itemLine } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemMerge: CliCommand = {
  name: 'item merge',
  summary: 'make one item of several',
  description:
    'Takes the parts of the other items into the first, which keeps its title. The ids of the others lead to it from then on, ' +
    'and so do files that a later accrual brings for them. Only items of one accession can be merged; others can be related.',
  examples: [{ does: 'Two halves of one release', line: 'item merge item-12 item-13' }],
  define(command) {
    command.argument('<ITEM...>', 'ids: the one that stays, then those that it takes in');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const [into, ...items] = idsFrom(words);
    if (into === undefined || items.length === 0)
      throw new UsageError('Name at least two items: the one that stays, then those that it takes in.');
    return withHost(invocation, 'write', async (client) => {
      const item = await client.items.merge({ into, items });
      output.json({ item });
      output.lines(itemLine(item));
      return EXIT.done;
    });
  },
};
