import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const locationUnshelve: CliCommand = {
  name: 'location unshelve',
  summary: 'say that an offline location is connected again',
  description:
    'Says that what was put away is connected again at the folder where it was; if that is another one now, relink it afterwards. ' +
    'An audit then finds out whether it is the same and holds what it held.',
  examples: [{ does: 'A drive of a rotation is back', line: 'location unshelve "Rotation B"' }],
  define(command) {
    command.argument('<LOCATION>', 'its id or its name');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const name = textOf(words[0] ?? '', 'The location');
    return withHost(invocation, 'write', async (client) => {
      const location = await client.locations.unshelve({ location: name });
      output.json({ location });
      output.lines(
        `${clean(location.name)} (${location.id}) is connected again at ${clean(location.root.display)}.`,
        `To verify what it holds: holdfast audit --location ${location.id}`,
      );
      return EXIT.done;
    });
  },
};
