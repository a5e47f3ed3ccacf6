import type { NewAccession } from '../../../../shared/contract/accession.ts';
import type { SaidOfAccession } from '../../../core/ports/custody.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';

interface Known {
  readonly number: string;
  readonly source: string | null;
  readonly acquired: string | null;
  readonly basis: string;
}

/** Records the rights statement that an accession is held under. */
export function stateRights(
  connection: Connection,
  accessionId: number,
  { rightsBasis, rightsNote }: Pick<NewAccession, 'rightsBasis' | 'rightsNote'>,
  agent: number,
  now: number,
): number {
  const id = Number(
    connection
      .sql('INSERT INTO rights_statements (basis, note, agent_id, recorded_at) VALUES (?, ?, ?, ?)')
      .run(rightsBasis, rightsNote, agent, now).lastInsertRowid,
  );
  connection
    .sql(`INSERT INTO rights_links (statement_id, entity, entity_id) VALUES (?, 'accession', ?)`)
    .run(id, accessionId);
  return id;
}

/** Fills what an accession did not know of its rights and its provenance; what it knew already stands as it was. */
export function closeGaps(
  context: WriterContext,
  accessionId: number,
  said: SaidOfAccession,
  agent: number,
): void {
  const { connection, events } = context;
  const now = Date.now();
  const known = connection
    .sql<Known>(
      `SELECT a.number, a.source, a.acquired, coalesce((SELECT s.basis FROM rights_links l JOIN rights_statements s ON s.id = l.statement_id
         WHERE l.entity = 'accession' AND l.entity_id = a.id ORDER BY s.id DESC LIMIT 1), 'unknown') AS basis
       FROM accessions a WHERE a.id = ?`,
    )
    .get(accessionId);
  if (known === undefined) return;
  const closed: string[] = [];
  let statement: number | undefined;
  if (known.basis === 'unknown' && said.rightsBasis !== 'unknown') {
    statement = stateRights(connection, accessionId, said, agent, now);
    closed.push('rights');
  }
  if (known.source === null && said.source !== undefined) {
    connection.sql('UPDATE accessions SET source = ? WHERE id = ?').run(said.source, accessionId);
    closed.push('source');
  }
  if (known.acquired === null && said.acquired !== undefined) {
    connection.sql('UPDATE accessions SET acquired = ? WHERE id = ?').run(said.acquired, accessionId);
    closed.push('acquired');
  }
  if (closed.length === 0) return;
  events.append(
    {
      type: 'metadata modification',
      outcome: 'success',
      agentId: agent,
      links: [{ kind: 'accession', id: accessionId }],
      facts: {
        accession: accessionId,
        closed,
        ...(statement !== undefined && { rightsStatement: statement, rightsBasis: said.rightsBasis }),
      },
      details: {
        note: `Accession ${known.number}: what was unknown is recorded now (${closed.join(', ')})`,
        ...(closed.includes('source') && { source: said.source ?? '' }),
        ...(closed.includes('acquired') && { acquired: said.acquired ?? '' }),
      },
    },
    now,
  );
}
