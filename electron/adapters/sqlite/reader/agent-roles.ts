import type { AgentRef, AgentRoleHeld } from '../../../../shared/contract/agents.ts';
import { isHeldOn, type AgentRole, type RoleSubject } from '../../../../shared/domain/agent-role.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { RoleSubjectRef } from '../../../core/ports/agents.ts';
import type { Connection } from '../connection.ts';
import { valueIf } from './rows.ts';

interface RoleRow {
  readonly id: number;
  readonly agent_id: number;
  readonly name: string;
  readonly role: AgentRole;
  readonly entity: RoleSubject;
  readonly entity_id: number;
  readonly since: string;
  readonly until: string | null;
}

const ROLE = `SELECT r.id, r.agent_id, a.name, r.role, r.entity, r.entity_id, r.since, r.until
  FROM agent_roles r JOIN agents a ON a.id = r.agent_id`;

/** The roles that an agent holds and held; current ones first, then the latest. */
export function rolesOfAgent(connection: Connection, agentId: number, today: string): AgentRoleHeld[] {
  return connection
    .sql<RoleRow>(`${ROLE} WHERE r.agent_id = ? ORDER BY r.since DESC, r.id DESC`)
    .all(agentId)
    .map((row) => roleOf(connection, row, today))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

export function roleById(connection: Connection, id: number, today: string): AgentRoleHeld {
  const row = connection.sql<RoleRow>(`${ROLE} WHERE r.id = ?`).get(id);
  if (row === undefined) throw new Error(`no role ${id}`);
  return roleOf(connection, row, today);
}

function roleOf(connection: Connection, row: RoleRow, today: string): AgentRoleHeld {
  const { agent_id: agent, name, role, entity: kind, entity_id: id, since } = row;
  return {
    agent: { id: publicId('agent', agent), name },
    role,
    of: {
      kind,
      ...(kind === 'archive' ? {} : { id: publicId(kind, id) }),
      title: subjectTitle(connection, { kind, id }),
    },
    since,
    ...valueIf('until', row.until),
    current: isHeldOn({ since, until: row.until ?? undefined }, today),
  };
}

/** What people call a thing that roles are held towards. */
export function subjectTitle(connection: Connection, { kind, id }: RoleSubjectRef): string {
  switch (kind) {
    case 'archive':
      return connection.sql<string>('SELECT name FROM archive').pluck(true).get() ?? 'the archive';
    case 'collection':
      return connection.sql<string>('SELECT name FROM collections WHERE id = ?').pluck(true).get(id) ?? '';
    case 'accession':
      return (
        connection
          .sql<string>(`SELECT number || ' "' || title || '"' FROM accessions WHERE id = ?`)
          .pluck(true)
          .get(id) ?? ''
      );
  }
}

/** Who holds a role of exactly this thing today. */
function holdersOf(
  connection: Connection,
  role: AgentRole,
  { kind, id }: RoleSubjectRef,
  today: string,
): AgentRef[] {
  return connection
    .sql<RoleRow>(`${ROLE} WHERE r.entity = ? AND r.entity_id = ? AND r.role = ? ORDER BY r.since, r.id`)
    .all(kind, id, role)
    .filter((row) => isHeldOn({ since: row.since, until: row.until ?? undefined }, today))
    .map((row) => ({ id: publicId('agent', row.agent_id), name: row.name }));
}

/** The things that answer for this one, the nearest first: itself, its collection and those around it, the archive. */
function chainOf(connection: Connection, of: RoleSubjectRef): RoleSubjectRef[] {
  const chain: RoleSubjectRef[] = [];
  let collection: number | null | undefined = of.kind === 'collection' ? of.id : undefined;
  if (of.kind === 'accession') {
    chain.push(of);
    collection = connection
      .sql<number | null>('SELECT collection_id FROM accessions WHERE id = ?')
      .pluck(true)
      .get(of.id);
  }
  const parent = connection.sql<number | null>('SELECT parent_id FROM collections WHERE id = ?').pluck(true);
  const seen = new Set<number>();
  // A catalogue that was damaged may hold a collection inside itself; a list must end all the same.
  while (collection != null && !seen.has(collection)) {
    seen.add(collection);
    chain.push({ kind: 'collection', id: collection });
    collection = parent.get(collection);
  }
  return [...chain, { kind: 'archive', id: 1 }];
}

/** Who holds a role of this thing today, or of the nearest thing around it for which anybody does. */
function answering(
  connection: Connection,
  role: 'responsible' | 'successor',
  of: RoleSubjectRef,
  today: string,
): { agents: AgentRef[]; of: RoleSubjectRef } | undefined {
  for (const subject of chainOf(connection, of)) {
    const agents = holdersOf(connection, role, subject, today);
    if (agents.length > 0) return { agents, of: subject };
  }
  return undefined;
}

/** Facts for `show`: who is responsible and who takes over, and through what, where that is not the thing itself. */
export function responsibilityFacts(
  connection: Connection,
  of: RoleSubjectRef,
  today = new Date().toISOString().slice(0, 10),
): { responsible: string | null; takesOver: string | null } {
  const told = (role: 'responsible' | 'successor'): string | null => {
    const found = answering(connection, role, of, today);
    if (found === undefined) return null;
    const names = found.agents.map(({ id, name }) => `${name} (${id})`).join(', ');
    const isOwn = found.of.kind === of.kind && found.of.id === of.id;
    return isOwn ? names : `${names}, by the ${found.of.kind} ${subjectTitle(connection, found.of)}`;
  };
  const responsible = told('responsible');
  // Where nobody answers for anything, roles are not kept at all; where somebody does, the lack of a successor is news.
  return {
    responsible,
    takesOver: told('successor') ?? (responsible === null ? null : 'nobody is named yet'),
  };
}

/** For `status`: the archive's own people, and how many other things have somebody responsible and nobody to take over. */
export function responsibility(
  connection: Connection,
  today: string,
): { responsible: AgentRef[]; successors: AgentRef[]; withoutSuccessor: number } {
  const archive = { kind: 'archive', id: 1 } as const;
  const others = connection
    .sql<RoleSubjectRef>(
      `SELECT DISTINCT entity AS kind, entity_id AS id FROM agent_roles WHERE role = 'responsible' AND entity <> 'archive'`,
    )
    .all()
    .filter((of) => holdersOf(connection, 'responsible', of, today).length > 0);
  return {
    responsible: holdersOf(connection, 'responsible', archive, today),
    successors: holdersOf(connection, 'successor', archive, today),
    withoutSuccessor: others.filter((of) => answering(connection, 'successor', of, today) === undefined)
      .length,
  };
}
