import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { showTelling } from '../report/telling.ts';
import { withHost } from '../with-host.ts';

export const tellingShow: CliCommand = {
  name: 'telling show',
  summary: 'whom scheduled runs are told by mail',
  description:
    'Shows who gets a mail after scheduled runs, and through which server. A password is never shown.',
  examples: [{ does: 'What is set', line: 'telling show' }],
  isDefault: true,
  define() {
    // Nothing but what every command takes.
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const telling = await client.telling.get();
      invocation.output.json({ telling });
      showTelling(invocation.output, telling);
      return EXIT.done;
    }),
};
