/** People and institutions, and the roles that they hold, for a person. */
import type { Agent, AgentRoleHeld } from '../../../shared/contract/agents.ts';
import { roleTowards } from '../../../shared/domain/agent-role.ts';
import { day } from '../format/numbers.ts';
import { facts, table } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

export function showAgent(output: Output, agent: Agent): void {
  output.lines(output.heading(clean(agent.name)));
  output.lines(
    ...facts(
      [
        ['Id', agent.id],
        ['Kind', agent.kind],
        ['Contact', clean(agent.contact ?? '')],
        ['Known since', day(agent.createdAt)],
        ['Erased', agent.forgottenAt === undefined ? '' : day(agent.forgottenAt)],
        ['Acts in the log', String(agent.events)],
      ],
      '  ',
    ),
  );
  if (agent.roles.length === 0) return;
  output.lines('', output.heading('Roles'));
  output.lines(
    ...table(
      agent.roles,
      [
        { title: 'Role', of: (held) => held.role },
        { title: 'Of', of: (held) => subjectOf(held), shrinkTo: 20 },
        { title: 'Since', of: (held) => held.since },
        { title: 'Until', of: (held) => held.until ?? '' },
        { title: '', of: (held) => (held.current ? 'now' : '') },
      ],
      output.width,
      '  ',
    ),
  );
}

/** `the archive`, `collection Jazz (col-1)`. */
export function subjectOf({ of }: Pick<AgentRoleHeld, 'of'>): string {
  return of.kind === 'archive' ? 'the archive' : `${of.kind} ${of.title} (${of.id ?? ''})`;
}

/** `Ada Kettle: responsible for the archive, since 2024-05-01.` */
export function roleSentence(held: AgentRoleHeld): string {
  const until = held.until === undefined ? '' : `, until ${held.until}`;
  return clean(
    `${held.agent.name}: ${roleTowards(held.role, subjectOf(held))}, since ${held.since}${until}.`,
  );
}
