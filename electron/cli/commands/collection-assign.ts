import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const collectionAssign: CliCommand = {
  name: 'collection assign',
  summary: 'say which collection an accession belongs to',
  description: 'Assigns an accession, with all its items, to a collection, or to none.',
  examples: [
    { does: 'To a collection', line: 'collection assign 2026-0042 --to Jazz/Bebop' },
    { does: 'To none', line: 'collection assign acc-3 --none' },
  ],
  define(command) {
    command
      .argument('<ACCESSION>', 'its id or number')
      .option('--to <COLLECTION>', 'id, name, or path such as Jazz/Bebop')
      .option('--none', 'it belongs to no collection');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const accession = textOf(words[0] ?? '', 'The accession');
    const collection = options.text('to');
    if ((collection === undefined) !== options.flag('none'))
      throw new UsageError('Say which collection it belongs to: --to COLLECTION, or --none.');
    return withHost(invocation, 'write', async (client) => {
      const assigned = await client.collections.assign({
        accession,
        ...(collection !== undefined && { collection }),
      });
      output.json({ ...assigned });
      output.lines(
        assigned.collection === undefined
          ? `Accession ${clean(assigned.number)} belongs to no collection now.`
          : `Accession ${clean(assigned.number)} belongs to ${clean(assigned.collection.path)} now.`,
      );
      return EXIT.done;
    });
  },
};
