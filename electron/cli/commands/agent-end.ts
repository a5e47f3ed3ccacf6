import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { roleSentence } from '../report/agents.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';
import { addRoleOptions, roleOf } from './agent-assign.ts';

export const agentEnd: CliCommand = {
  name: 'agent end',
  summary: 'end a role',
  description: 'Ends a role that somebody holds, today or on another date. That it was held stays on record.',
  examples: [
    {
      does: 'Somebody has left',
      line: 'agent end "Ada Kettle" --role responsible --of archive --until 2026-03-31',
    },
  ],
  define(command) {
    command.argument('[AGENT]', 'id or name');
    addRoleOptions(command);
    command.option('--until <DATE>', 'since when it is over: 1998, 1998-05 or 1998-05-03 (default: today)');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const input = { agent: oneName(words, 'Name one agent, by id or name.'), ...roleOf(options) };
    const until = options.text('until');
    return withHost(invocation, 'write', async (client) => {
      const role = await client.agents.end({ ...input, ...(until === undefined ? {} : { until }) });
      output.json({ role });
      output.lines(roleSentence(role));
      return EXIT.done;
    });
  },
};
