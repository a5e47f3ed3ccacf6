import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const agentRename: CliCommand = {
  name: 'agent rename',
  summary: 'correct or change a name',
  description:
    'Changes what a person or an institution is called, in everything they did too: an agent is known by its id.',
  examples: [{ does: 'A new name', line: 'agent rename agent-2 "Ada Kettle-Brown"' }],
  define(command) {
    command.argument('[AGENT]', 'id or name').argument('[NAME]', 'the new name');
  },
  run: (invocation) => {
    const [agent, name, more] = invocation.words.map((word) => textOf(word, 'A name').trim());
    if (agent === undefined || name === undefined || more !== undefined)
      throw new UsageError('Name the agent, then the new name.');
    return withHost(invocation, 'write', async (client) => {
      const renamed = await client.agents.rename({ agent, name });
      invocation.output.json({ agent: renamed });
      invocation.output.lines(`${renamed.id} is called ${clean(renamed.name)} now.`);
      return EXIT.done;
    });
  },
};
