import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { showCollection } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const collectionAdd: CliCommand = {
  name: 'collection add',
  summary: 'make a collection',
  description:
    'Makes a collection, at the top or within another. Accessions are assigned to it with "collection assign", or when they ' +
    'are made, with --collection.',
  examples: [
    { does: 'One at the top', line: 'collection add Jazz' },
    { does: 'One within it', line: 'collection add Bebop --parent Jazz' },
  ],
  define(command) {
    command
      .argument('<NAME>', 'what it is called; no two within one collection are called alike')
      .option(
        '--parent <COLLECTION>',
        'the collection that it lies in: id, name, or path such as Jazz/Bebop',
      );
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const name = textOf(words[0] ?? '', 'The name of a collection');
    if (name.trim() === '') throw new UsageError('The name of the collection is empty.');
    const parent = options.text('parent');
    return withHost(invocation, 'write', async (client) => {
      const collection = await client.collections.add({ name, ...(parent !== undefined && { parent }) });
      output.json({ collection });
      showCollection(output, collection);
      return EXIT.done;
    });
  },
};
