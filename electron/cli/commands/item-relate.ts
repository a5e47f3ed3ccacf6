import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { relationFrom, showRelation } from '../relation.ts';
import { withHost } from '../with-host.ts';

export const itemRelate: CliCommand = {
  name: 'item relate',
  summary: 'say how two things belong together',
  description:
    'Records a relation between items, or between files: a part stands for its content. "part of" and "derived from" lead one way, and cannot come back to where they began; "same essence" holds both ways.',
  examples: [
    {
      does: 'An access copy that was made from a master',
      line: 'item relate part-31 "derived from" part-30',
    },
    { does: 'A tape of a set', line: 'item relate item-12 "part of" item-10' },
  ],
  define(command) {
    command
      .argument('<SUBJECT>', 'an item, a part or a content: item-12, part-31, obj-7')
      .argument('<PREDICATE>', '"part of", "derived from", "documents", "same essence"')
      .argument('<OBJECT>', 'an item, a part or a content');
  },
  run: (invocation) => {
    const wanted = relationFrom(invocation.words);
    return withHost(invocation, 'write', async (client) => {
      const done = await client.items.relate(wanted);
      invocation.output.json({ ...done });
      showRelation(invocation.output, done, 'Recorded', 'Recorded already');
      return EXIT.done;
    });
  },
};
