import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { showAgent } from '../report/agents.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const agentShow: CliCommand = {
  name: 'agent show',
  summary: 'who somebody is, and which roles they hold and held',
  description: 'Shows a person or an institution, by id or name, with contact and every role, past ones too.',
  examples: [{ does: 'By name', line: 'agent show "Ada Kettle"' }],
  define(command) {
    command.argument('[AGENT]', 'id or name');
  },
  run: (invocation) => {
    const agent = oneName(invocation.words, 'Name one agent, by id or name.');
    return withHost(invocation, 'read', async (client) => {
      const found = await client.agents.get({ agent });
      invocation.output.json({ agent: found });
      showAgent(invocation.output, found);
      return EXIT.done;
    });
  },
};
