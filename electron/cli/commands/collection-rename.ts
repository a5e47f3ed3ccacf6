import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { showCollection } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const collectionRename: CliCommand = {
  name: 'collection rename',
  summary: 'give a collection another name',
  description: 'Renames a collection. Its id stays, and so does everything in it.',
  examples: [{ does: 'Another name', line: 'collection rename Jazz/Bebop "Bebop and after"' }],
  define(command) {
    command
      .argument('<COLLECTION>', 'id, name, or path such as Jazz/Bebop')
      .argument('<NAME>', 'the name that it gets: a name, no path');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const [collection, name] = words.map((word) => textOf(word, 'The name of a collection'));
    return withHost(invocation, 'write', async (client) => {
      const renamed = await client.collections.rename({ collection: collection ?? '', name: name ?? '' });
      output.json({ collection: renamed });
      showCollection(output, renamed);
      return EXIT.done;
    });
  },
};
