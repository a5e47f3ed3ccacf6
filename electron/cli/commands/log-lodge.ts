import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { grouped } from '../report/status.ts';
import { withHost } from '../with-host.ts';

export const logLodge: CliCommand = {
  name: 'log lodge',
  summary: 'enter that somebody else holds the head of the log',
  description:
    'Prints the head of the log and enters whom it was given to. Whoever keeps it can prove later that nothing before it was changed ' +
    'or cut off; log verify compares the chain with every head that was lodged.',
  examples: [{ does: 'A head read to a notary', line: 'log lodge --with "Notary Novák"' }],
  define(command) {
    command.option('--with <NAME>', 'whoever holds it (required)');
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const holder = options.text('with');
    if (holder === undefined) throw new UsageError('Say who holds it: --with NAME.');
    return withHost(invocation, 'write', async (client) => {
      const lodged = await client.proofs.lodge({ with: holder });
      output.json({ lodged });
      output.lines(`Lodged with ${clean(lodged.with)}, of event ${lodged.seq}:`, grouped(lodged.head));
      return EXIT.done;
    });
  },
};
