import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { show } from './show.ts';

export const itemShow: CliCommand = {
  name: 'item show',
  summary: 'everything about one item',
  description:
    'Shows an item: its parts in order, their roles, relations, tracks, copies and events. The same as "show item-12".',
  examples: [{ does: 'By id', line: 'item show item-12' }],
  define(command) {
    command.argument('<ITEM>', 'its id');
  },
  run: (invocation) => {
    if (!/^item-\d+$/.test(invocation.words[0] ?? ''))
      throw new UsageError('Name an item by its id, such as item-12. For anything else: holdfast show');
    return show.run(invocation);
  },
};
