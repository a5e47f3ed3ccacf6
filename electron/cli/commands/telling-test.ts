import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';

export const tellingTest: CliCommand = {
  name: 'telling test',
  summary: 'send a mail that says nothing, to see that it arrives',
  description:
    'Sends one mail through the server that is set, to all who are told of scheduled runs. Exits 3 where it was not taken.',
  examples: [{ does: 'After it was set', line: 'telling test' }],
  define() {
    // Nothing but what every command takes.
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { mailTo } = await client.telling.get();
      if (mailTo.length === 0)
        throw new UsageError(
          'Nobody is told by mail yet: holdfast telling set --mail-to ADDRESS --smtp SERVER',
        );
      const told = await client.telling.test();
      output.json({ ...told });
      output.lines(clean(told.warning ?? `The server took it for ${told.sentTo.join(', ')}.`));
      return told.warning === undefined ? EXIT.done : EXIT.incomplete;
    }),
};
