import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { showCollection } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const collectionMove: CliCommand = {
  name: 'collection move',
  summary: 'put a collection within another, or at the top',
  description:
    'Moves a collection with everything below it. It can come to lie in any other that does not lie within it.',
  examples: [
    { does: 'Within another', line: 'collection move Bebop --parent Jazz' },
    { does: 'To the top', line: 'collection move Jazz/Bebop --top' },
  ],
  define(command) {
    command
      .argument('<COLLECTION>', 'id, name, or path such as Jazz/Bebop')
      .option('--parent <COLLECTION>', 'where it is to lie')
      .option('--top', 'it is to lie within no other');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const collection = textOf(words[0] ?? '', 'The name of a collection');
    const parent = options.text('parent');
    if ((parent === undefined) !== options.flag('top'))
      throw new UsageError('Say where it is to lie: --parent COLLECTION, or --top.');
    return withHost(invocation, 'write', async (client) => {
      const moved = await client.collections.move({ collection, ...(parent !== undefined && { parent }) });
      output.json({ collection: moved });
      showCollection(output, moved);
      return EXIT.done;
    });
  },
};
