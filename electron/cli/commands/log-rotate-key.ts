import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { withHost } from '../with-host.ts';

export const logRotateKey: CliCommand = {
  name: 'log rotate-key',
  summary: 'sign the log with a new key from here on',
  description:
    'Makes a new key. The old one signs the event that names it, and its private half is destroyed: whoever trusts the old key can follow ' +
    'to the new one. Lodge the new public key with whoever had the old one.',
  examples: [
    { does: 'Somebody who could read keys/ has left', line: 'log rotate-key --reason "Change of staff"' },
  ],
  define(command) {
    command.option('--reason <TEXT>', 'why, for the log');
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const reason = options.text('reason');
    return withHost(invocation, 'write', async (client) => {
      const { key, publicKey, former } = await client.proofs.rotateKey(
        reason === undefined ? {} : { reason },
      );
      output.json({ key, publicKey, former });
      output.lines(
        `The log is signed by key ${key} from here on; ${former} has signed for it, and signs no more.`,
      );
      output.lines(`Its public half, to hand out: keys/${key}.public.pem`);
      return EXIT.done;
    });
  },
};
