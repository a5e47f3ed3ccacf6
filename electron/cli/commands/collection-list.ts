import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { collectionLines } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const collectionList: CliCommand = {
  name: 'collection list',
  summary: 'list the collections as a tree',
  description:
    'Lists all collections, or one and what lies below it, each with the totals of everything below it: accessions, items, ' +
    'copies, size, hours of sound.',
  examples: [
    { does: 'All of them', line: 'collection list' },
    { does: 'What lies below one', line: 'collection list Jazz' },
  ],
  isDefault: true,
  define(command) {
    command
      .argument('[COLLECTION]', 'id, name, or path such as Jazz/Bebop')
      .option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const [word] = words;
    const under = word === undefined ? undefined : textOf(word, 'The name of a collection');
    return withHost(invocation, 'read', async (client) => {
      const { rows, next } = await client.collections.list(under === undefined ? {} : { under });
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next });
      if (rows.length === 0) output.lines('No collection yet. Make one: holdfast collection add NAME');
      else output.lines(...collectionLines(rows, output.width));
      return EXIT.done;
    });
  },
};
