import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { relationFrom, showRelation } from '../relation.ts';
import { withHost } from '../with-host.ts';

export const itemUnrelate: CliCommand = {
  name: 'item unrelate',
  summary: 'take a relation away',
  description: 'Takes a relation away that does not hold. Both things stay as they are.',
  examples: [{ does: 'It was another master', line: 'item unrelate part-31 "derived from" part-30' }],
  define(command) {
    command
      .argument('<SUBJECT>', 'an item, a part or a content: item-12, part-31, obj-7')
      .argument('<PREDICATE>', '"part of", "derived from", "documents", "same essence"')
      .argument('<OBJECT>', 'an item, a part or a content');
  },
  run: (invocation) => {
    const wanted = relationFrom(invocation.words);
    return withHost(invocation, 'write', async (client) => {
      const done = await client.items.unrelate(wanted);
      invocation.output.json({ ...done });
      showRelation(invocation.output, done, 'Taken away', 'Not recorded');
      return EXIT.done;
    });
  },
};
