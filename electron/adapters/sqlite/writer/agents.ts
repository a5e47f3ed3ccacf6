import type { AgentRoleHeld, NewAgent } from '../../../../shared/contract/agents.ts';
import { isHeldOn, pseudonym, roleTowards, tenuresOverlap } from '../../../../shared/domain/agent-role.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { RoleAssignment } from '../../../core/ports/agents.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import { roleById, subjectTitle } from '../reader/agent-roles.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

interface AgentRow {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly contact: string;
  readonly forgotten_at: number | null;
}

/** Adds a person or an institution, or completes one that was only known by name: whoever acted was taken for a person. */
export function addAgent(context: WriterContext, wanted: NewAgent, by: ActingAgent): number {
  const { connection } = context;
  const known = connection
    .sql<AgentRow>(`SELECT * FROM agents WHERE kind = ? AND name = ? AND version = ''`)
    .get(wanted.kind, wanted.name);
  const contact = wanted.contact ?? '';
  if (known !== undefined && (known.contact !== '' || contact === ''))
    throw new HoldfastError('BAD_INPUT', taken(known));
  const mistaken = known === undefined ? onlyActedAs(connection, wanted) : undefined;
  const id =
    known?.id ??
    mistaken ??
    Number(
      connection
        .sql('INSERT INTO agents (kind, name, contact, created_at) VALUES (?, ?, ?, ?)')
        .run(wanted.kind, wanted.name, contact, Date.now()).lastInsertRowid,
    );
  if (mistaken !== undefined)
    connection
      .sql('UPDATE agents SET kind = ?, contact = ? WHERE id = ?')
      .run(wanted.kind, contact, mistaken);
  if (known !== undefined) connection.sql('UPDATE agents SET contact = ? WHERE id = ?').run(contact, id);
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: [{ kind: 'agent', id }],
    facts: { agent: id, act: known === undefined ? 'added' : 'contact added' },
    details: {
      note: `Agent "${wanted.name}" ${known === undefined ? 'added' : 'given a contact'}`,
      name: wanted.name,
      contact,
    },
  });
  return id;
}

/** Somebody of this name of whom nothing was ever said but that they acted. */
function onlyActedAs(connection: Connection, { kind, name }: NewAgent): number | undefined {
  if (kind !== 'organization') return undefined;
  return connection
    .sql<{ id: number }>(
      `SELECT id FROM agents a WHERE kind = 'person' AND name = ? AND version = '' AND contact = ''
         AND NOT EXISTS (SELECT 1 FROM event_links WHERE entity = 'agent' AND entity_id = a.id)`,
    )
    .get(name)?.id;
}

export function renameAgent(context: WriterContext, id: number, name: string, by: ActingAgent): void {
  const { connection } = context;
  const agent = nameable(context, id);
  const other = connection
    .sql<AgentRow>(`SELECT * FROM agents WHERE kind = ? AND name = ? AND version = '' AND id <> ?`)
    .get(agent.kind, name, id);
  if (other !== undefined) throw new HoldfastError('BAD_INPUT', taken(other));
  if (agent.name === name) return;
  connection.sql('UPDATE agents SET name = ? WHERE id = ?').run(name, id);
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: [{ kind: 'agent', id }],
    facts: { agent: id, act: 'renamed' },
    details: { note: `Agent "${agent.name}" renamed to "${name}"`, from: agent.name, to: name },
  });
}

export function assignRole(context: WriterContext, wanted: RoleAssignment, by: ActingAgent): AgentRoleHeld {
  const { connection } = context;
  const agent = nameable(context, wanted.agentId);
  const { since, until } = wanted.tenure;
  const clash = rolesOf(context, wanted).find((role) => tenuresOverlap(role, wanted.tenure));
  const title = subjectTitle(connection, wanted.of);
  if (clash !== undefined) {
    const end = clash.until === undefined ? '' : ` until ${clash.until}`;
    throw new HoldfastError(
      'BAD_INPUT',
      `${agent.name} is ${roleTowards(wanted.role, title)} already, since ${clash.since}${end}. ` +
        'End that first (agent end), or give another time.',
    );
  }
  const event = appendRole(context, 'assigned', wanted, by, `${since} to ${until ?? 'further notice'}`);
  const { lastInsertRowid } = connection
    .sql(
      'INSERT INTO agent_roles (agent_id, role, entity, entity_id, since, until, event_seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(wanted.agentId, wanted.role, wanted.of.kind, wanted.of.id, since, until ?? null, event);
  return roleById(connection, Number(lastInsertRowid), today());
}

export function endRole(
  context: WriterContext,
  ending: Omit<RoleAssignment, 'tenure'> & { readonly until: string },
  by: ActingAgent,
): AgentRoleHeld {
  const { connection } = context;
  const day = today();
  const held = rolesOf(context, ending);
  // The one held now; else the one that is to begin.
  const found = held.find((role) => isHeldOn(role, day)) ?? held.find((role) => role.since > day);
  if (found === undefined) {
    const { name } = nameable(context, ending.agentId);
    const title = subjectTitle(connection, ending.of);
    throw new HoldfastError(
      'NOT_FOUND',
      `${name} is not ${roleTowards(ending.role, title)}, so nothing was ended.`,
    );
  }
  const event = appendRole(context, 'ended', ending, by, `ended ${ending.until}`);
  connection
    .sql('UPDATE agent_roles SET until = ?, ended_event_seq = ? WHERE id = ?')
    .run(ending.until, event, found.id);
  return roleById(connection, found.id, day);
}

function appendRole(
  context: WriterContext,
  act: 'assigned' | 'ended',
  { agentId: id, role, of }: Omit<RoleAssignment, 'tenure'>,
  by: ActingAgent,
  when: string,
): number {
  const { name } = nameable(context, id);
  const title = subjectTitle(context.connection, of);
  return context.events.append({
    type: 'policy assignment',
    outcome: 'success',
    agentId: actorId(context.connection, by.name),
    links: [
      { kind: 'agent', id },
      { kind: of.kind, id: of.id },
    ],
    facts: { agent: id, act, role, of: { kind: of.kind, id: of.id } },
    details: { note: `${name}: ${roleTowards(role, title)}, ${when}`, name, when },
  });
}

interface RoleRow {
  readonly id: number;
  readonly since: string;
  readonly until: string | undefined;
}

/** What this agent holds or held of this, the latest first. */
function rolesOf({ connection }: WriterContext, of: Omit<RoleAssignment, 'tenure'>): RoleRow[] {
  return connection
    .sql<{ id: number; since: string; until: string | null }>(
      `SELECT id, since, until FROM agent_roles
       WHERE agent_id = ? AND role = ? AND entity = ? AND entity_id = ? ORDER BY since DESC, id DESC`,
    )
    .all(of.agentId, of.role, of.of.kind, of.of.id)
    .map((row) => ({ ...row, until: row.until ?? undefined }));
}

/** An agent that can be spoken of: a person or an institution that was not forgotten. */
export function nameable({ connection }: WriterContext, id: number): AgentRow {
  const agent = connection.sql<AgentRow>('SELECT * FROM agents WHERE id = ?').get(id);
  if (agent === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no ${publicId('agent', id)} in this archive.`);
  if (agent.kind !== 'person' && agent.kind !== 'organization')
    throw new HoldfastError(
      'BAD_INPUT',
      `${publicId('agent', id)} is ${agent.kind}: only people and institutions are named and hold roles.`,
    );
  if (agent.forgotten_at !== null)
    throw new HoldfastError(
      'BAD_INPUT',
      `${pseudonym(id)} was erased, and can be given neither a name nor a role again.`,
    );
  return agent;
}

function taken({ id, kind, name }: AgentRow): string {
  return (
    `${publicId('agent', id)} (${kind}) is called "${name}" already. ` +
    'Use it, or choose a name that tells the two apart.'
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
