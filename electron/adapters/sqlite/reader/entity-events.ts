import type { EventSummary } from '../../../../shared/contract/holdings.ts';
import type { Connection } from '../connection.ts';
import { eventsBySeq } from './events.ts';

/** Events of one thing that are shown at most; the newest. */
export const MOST_EVENTS = 200;

export interface Touched {
  /** What events may link, as the log names it. */
  readonly links: readonly (readonly [entity: string, id: number])[];
  /** Replicas that acts may have touched. */
  readonly replicas?: readonly number[];
  readonly acts?: readonly number[];
}

/** Events that link one of these things, and those that closed the acts that touched its replicas; newest first. */
export function eventsTouching(connection: Connection, touched: Touched): EventSummary[] {
  const seqs = new Set<number>();
  const linking = connection
    .sql<number>(
      'SELECT event_seq FROM event_links WHERE entity = ? AND entity_id = ? ORDER BY event_seq DESC LIMIT ?',
    )
    .pluck(true);
  for (const [entity, id] of touched.links)
    for (const seq of linking.all(entity, id, MOST_EVENTS)) seqs.add(seq);
  const acts = new Set(touched.acts);
  for (const act of actsOn(connection, touched.replicas ?? [])) acts.add(act);
  const closing = connection
    .sql<number>(
      'SELECT event_seq FROM acts WHERE id IN (SELECT value FROM json_each(?)) AND event_seq IS NOT NULL',
    )
    .pluck(true)
    .all(JSON.stringify([...acts]));
  for (const seq of closing) seqs.add(seq);
  const newest = [...seqs].sort((a, b) => b - a).slice(0, MOST_EVENTS);
  return eventsBySeq(connection, newest);
}

function actsOn(connection: Connection, replicaIds: readonly number[]): number[] {
  if (replicaIds.length === 0) return [];
  const ids = JSON.stringify(replicaIds);
  if (outcomesAreIndexed(connection))
    return connection
      .sql<number>(
        'SELECT DISTINCT act_id FROM act_outcomes WHERE replica_id IN (SELECT value FROM json_each(?))',
      )
      .pluck(true)
      .all(ids);
  // Without an index a scan over the outcomes of every act would take seconds. What took the replica into custody, what
  // checked it last, and what found it damaged is known without.
  return connection
    .sql<number>(
      `WITH wanted AS MATERIALIZED (
         SELECT r.id, r.accrual_id, r.checked_at FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value
         UNION ALL SELECT d.id, d.accrual_id, d.checked_at FROM json_each(?) j CROSS JOIN removed_replicas d ON d.id = j.value
       )
       SELECT c.act_id FROM wanted w CROSS JOIN accruals c ON c.id = w.accrual_id WHERE c.act_id IS NOT NULL
       UNION SELECT f.act_id FROM findings f WHERE f.replica_id IN (SELECT id FROM wanted)
       UNION SELECT f.resolved_act_id FROM findings f
         WHERE f.resolved_act_id IS NOT NULL AND f.replica_id IN (SELECT id FROM wanted)
       UNION SELECT t.act_id FROM attested_replicas t WHERE t.replica_id IN (SELECT id FROM wanted)
       UNION SELECT b.act_id FROM wanted w CROSS JOIN replicas r ON r.id = w.id CROSS JOIN prior_baselines b ON b.object_id = r.object_id
       UNION SELECT a.id FROM acts a WHERE a.kind IN ('audit', 'rescan')
         AND EXISTS (SELECT 1 FROM wanted w WHERE w.checked_at BETWEEN a.opened_at AND a.closed_at)`,
    )
    .pluck(true)
    .all(ids, ids);
}

function outcomesAreIndexed(connection: Connection): boolean {
  return (
    connection
      .sql(
        `SELECT 1 FROM pragma_index_list('act_outcomes') i, pragma_index_info(i.name) c
         WHERE c.seqno = 0 AND c.name = 'replica_id'`,
      )
      .get() !== undefined
  );
}
