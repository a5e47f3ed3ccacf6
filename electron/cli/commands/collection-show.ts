import type { CliCommand, Invocation } from '../command.ts';
import { EXIT } from '../errors.ts';
import type { Client } from '../host-port.ts';
import { textOf } from '../options.ts';
import { showCollection } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const collectionShow: CliCommand = {
  name: 'collection show',
  summary: 'one collection with its totals',
  description:
    'Shows a collection with the totals of it and everything below it. What happened to it: show col-3. Its items: item list ' +
    '--collection.',
  examples: [
    { does: 'By path', line: 'collection show Jazz/Bebop' },
    { does: 'One whose name has a slash in it', line: "collection show 'Rock/AC\\/DC'" },
  ],
  define(command) {
    command.argument('<COLLECTION>', 'id, name, or path such as Jazz/Bebop');
  },
  run: (invocation) => {
    const { words } = invocation;
    const word = textOf(words[0] ?? '', 'The name of a collection');
    return withHost(invocation, 'read', (client) => collectionTotals(invocation, client, word));
  },
};

export async function collectionTotals(
  { output }: Invocation,
  client: Client,
  word: string,
): Promise<number> {
  const collection = await client.collections.get({ collection: word });
  output.json({ collection });
  showCollection(output, collection);
  return EXIT.done;
}
