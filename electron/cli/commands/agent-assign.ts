import { AGENT_ROLES, parseAgentRole, type AgentRole } from '../../../shared/domain/agent-role.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import type { Options } from '../options.ts';
import { roleSentence } from '../report/agents.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const agentAssign: CliCommand = {
  name: 'agent assign',
  summary: 'give somebody a role',
  description:
    'Says who answers for the archive, a collection or an accession (responsible), who takes over (successor), who keeps it ' +
    '(custodian), and who deposited it, gave it or holds rights in it (depositor, donor, rights holder). Whoever is responsible for ' +
    'the archive or a collection is so for what is in it, where nobody nearer is named. Roles end (agent end); they are not forgotten.',
  examples: [
    {
      does: 'Who answers for the archive',
      line: 'agent assign "Ada Kettle" --role responsible --of archive',
    },
    {
      does: 'Who takes over a collection',
      line: 'agent assign Phonogrammarchiv --role successor --of Jazz --since 2026',
    },
    { does: 'Who gave an accession', line: 'agent assign agent-4 --role donor --of 2026-0012' },
  ],
  define(command) {
    command.argument('[AGENT]', 'id or name');
    addRoleOptions(command);
    command
      .option('--since <DATE>', 'from when: 1998, 1998-05 or 1998-05-03 (default: today)')
      .option('--until <DATE>', 'until when, where that is known: over on that day');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const input = { agent: oneName(words, 'Name one agent, by id or name.'), ...roleOf(options) };
    const [since, until] = [options.text('since'), options.text('until')];
    const dates = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
    return withHost(invocation, 'write', async (client) => {
      const role = await client.agents.assign({ ...input, ...dates });
      output.json({ role });
      output.lines(roleSentence(role));
      return EXIT.done;
    });
  },
};

export function addRoleOptions(command: { option(flags: string, description: string): unknown }): void {
  command.option('--role <ROLE>', `${AGENT_ROLES.join(', ')} (required)`);
  command.option(
    '--of <WHAT>',
    'archive, a collection (name or id) or an accession (number or id) (required)',
  );
}

export function roleOf(options: Options): { role: AgentRole; of: string } {
  const text = options.text('role') ?? '';
  const role = parseAgentRole(text);
  if (role === undefined)
    throw new UsageError(
      `${text === '' ? 'A role is needed' : `"${text}" is no role`}: --role takes ${AGENT_ROLES.join(', ')}.`,
    );
  const of = options.text('of')?.trim() ?? '';
  if (of === '') throw new UsageError('Say of what: --of archive, a collection or an accession.');
  return { role, of };
}
