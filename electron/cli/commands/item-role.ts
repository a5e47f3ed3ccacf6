import { parseRole } from '../../../shared/domain/structure-terms.ts';
import { REPRESENTATION_ROLES } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { itemLine } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemRole: CliCommand = {
  name: 'item role',
  summary: 'say what a part, or an item, is to be used for',
  description: `Gives a part another role, or all recordings of an item. The roles are: ${REPRESENTATION_ROLES.join(', ')}.`,
  examples: [
    { does: 'One file', line: 'item role part-31 --role "access copy"' },
    { does: 'All recordings of an item', line: 'item role item-12 --role "production master"' },
  ],
  define(command) {
    command
      .argument('<ITEM|PART>', 'its id')
      .requiredOption('--role <ROLE>', REPRESENTATION_ROLES.join(', '));
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const id = textOf(words[0] ?? '', 'The item or part');
    const text = options.text('role') ?? '';
    const role = parseRole(text);
    if (role === undefined)
      throw new UsageError(`"${text}" is no role. The roles are: ${REPRESENTATION_ROLES.join(', ')}.`);
    return withHost(invocation, 'write', async (client) => {
      const item = await client.items.role({ id, role });
      output.json({ item });
      output.lines(itemLine(item));
      return EXIT.done;
    });
  },
};
