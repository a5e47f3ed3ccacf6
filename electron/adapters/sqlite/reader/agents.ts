import type { Agent } from '../../../../shared/contract/agents.ts';
import { parsePublicId, publicId } from '../../../../shared/domain/ids.ts';
import type { AgentsReader, RoleSubjectRef } from '../../../core/ports/agents.ts';
import type { Page } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { rolesOfAgent } from './agent-roles.ts';
import { accessionNamed } from './appraisals.ts';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import { time, timeIf } from './rows.ts';

interface AgentRow {
  readonly id: number;
  readonly kind: Agent['kind'];
  readonly name: string;
  readonly version: string;
  readonly contact: string;
  readonly forgotten_at: number | null;
  readonly created_at: number;
  readonly events: number;
}

const AGENT = `SELECT a.id, a.kind, a.name, a.version, a.contact, a.forgotten_at, a.created_at,
  (SELECT count(*) FROM events e WHERE e.agent_id = a.id) AS events FROM agents a`;

/** By name, as it is written. */
export function agentsPage(connection: Connection, page: Parameters<AgentsReader['agents']>[0]): Page<Agent> {
  const limit = pageLimit(page.limit);
  const [name, id] = decodeCursor(page.cursor, 'agents', ['text', 'integer']) ?? ['', 0];
  const found = connection
    .sql<AgentRow>(
      `${AGENT} WHERE (a.name, a.id) > (?, ?) AND (? OR a.kind IN ('person', 'organization'))
       ORDER BY a.name, a.id LIMIT ?`,
    )
    .all(name ?? '', id ?? 0, page.all ? 1 : 0, limit + 1);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((row) => agentOf(connection, row, page.today)),
    next: last === undefined ? null : encodeCursor('agents', [last.name, last.id]),
  };
}

export function agentById(connection: Connection, id: number, today: string): Agent | undefined {
  const row = connection.sql<AgentRow>(`${AGENT} WHERE a.id = ?`).get(id);
  return row && agentOf(connection, row, today);
}

export function agentsNamed(
  connection: Connection,
  name: string,
): { readonly id: number; readonly kind: Agent['kind'] }[] {
  return connection
    .sql<{ id: number; kind: Agent['kind'] }>(
      `SELECT id, kind FROM agents WHERE name = ? AND kind IN ('person', 'organization') ORDER BY id`,
    )
    .all(name);
}

export function roleSubjects(connection: Connection, word: string): RoleSubjectRef[] {
  if (word.toLowerCase() === 'archive') return [{ kind: 'archive', id: 1 }];
  const known = parsePublicId(word);
  if (known?.kind === 'collection') {
    const found = connection.sql<number>('SELECT id FROM collections WHERE id = ?').pluck(true).get(known.id);
    return found === undefined ? [] : [{ kind: 'collection', id: found }];
  }
  const accession = accessionNamed(connection, word);
  if (accession !== undefined) return [{ kind: 'accession', id: accession }];
  return connection
    .sql<number>('SELECT id FROM collections WHERE name = ? ORDER BY id')
    .pluck(true)
    .all(word)
    .map((id) => ({ kind: 'collection', id }));
}

function agentOf(connection: Connection, row: AgentRow, today: string): Agent {
  return {
    id: publicId('agent', row.id),
    kind: row.kind,
    name: row.version === '' ? row.name : `${row.name} ${row.version}`,
    ...(row.contact === '' ? {} : { contact: row.contact }),
    ...timeIf('forgottenAt', row.forgotten_at),
    createdAt: time(row.created_at),
    events: row.events,
    roles: rolesOfAgent(connection, row.id, today),
  };
}
