import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import { grouped } from '../report/status.ts';
import { withHost } from '../with-host.ts';

export const logVerify: CliCommand = {
  name: 'log verify',
  summary: 'walk the chain of events and its signatures',
  description:
    'Recomputes the chain of events and checks what signs it. It proves tampering against any head that was lodged with ' +
    'somebody else: compare the head that is printed. Exits 1 when an event does not hold.',
  examples: [
    { does: 'Check the log', line: 'log verify' },
    { does: 'Its head, to lodge with somebody else', line: 'log verify --json | jq -r .head' },
  ],
  define: () => undefined,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { ok, events, head, firstBad } = await client.events.verify();
      output.json({ ok, events, head, ...(firstBad === undefined ? {} : { firstBad }) });
      const chain = counted(events, 'event');
      if (ok) output.lines(`The chain holds: ${chain} recomputed, each one following from the one before.`);
      else {
        const where = firstBad === undefined ? '' : ` Event ${firstBad.seq}: ${clean(firstBad.reason)}`;
        output.lines(`${output.style('The chain does not hold.', 'finding')} ${chain} recomputed.${where}`);
      }
      output.lines(`Head: ${grouped(head)}`);
      return ok ? EXIT.done : EXIT.attention;
    }),
};
