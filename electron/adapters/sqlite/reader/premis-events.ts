import type { PremisEvent } from '../../../core/ports/premis.ts';
import type { EventBody } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';
import { json, valueIf } from './rows.ts';

interface EventRow {
  readonly seq: number;
  readonly type: PremisEvent['type'];
  readonly at: number;
  readonly agentId: number;
  readonly outcome: PremisEvent['outcome'];
  readonly body: string;
  readonly detail: string | null;
}

/** What an event links, as things that a document can name. */
const OBJECTS: Readonly<Record<string, string>> = {
  item: `SELECT 'item' AS kind, id FROM items WHERE id = ?`,
  accession: `SELECT 'accession' AS kind, id FROM accessions WHERE id = ?`,
  accrual: `SELECT 'accession' AS kind, accession_id AS id FROM accruals WHERE id = ?`,
  collection: `SELECT 'collection' AS kind, id FROM collections WHERE id = ?`,
  object: `SELECT 'object' AS kind, id FROM objects WHERE id = ?`,
  part: `SELECT 'object' AS kind, object_id AS id FROM parts WHERE id = ?`,
  replica: `SELECT 'object' AS kind, object_id AS id FROM replicas WHERE id = ?`,
};

export function premisEvents(connection: Connection, seqs: Int32Array): PremisEvent[] {
  const links = connection.sql<{ entity: string; entity_id: number }>(
    `SELECT value ->> '$.kind' AS entity, value ->> '$.id' AS entity_id FROM json_each(?, '$.links')`,
  );
  return connection
    .sql<EventRow>(
      `SELECT e.seq, e.type, e.at, e.agent_id AS agentId, e.outcome, e.body, d.detail
       FROM json_each(?) j CROSS JOIN events e ON e.seq = j.value LEFT JOIN event_details d ON d.event_seq = e.seq ORDER BY j.key`,
    )
    .all(JSON.stringify(Array.from(seqs)))
    .map(({ body, detail, ...row }) => {
      const objects = new Map<string, PremisEvent['objects'][number]>();
      for (const { entity, entity_id: id } of links.all(body)) {
        const sql = OBJECTS[entity];
        const object =
          sql === undefined ? undefined : connection.sql<PremisEvent['objects'][number]>(sql).get(id);
        if (object !== undefined) objects.set(`${object.kind}-${String(object.id)}`, object);
      }
      return {
        ...row,
        facts: JSON.stringify((json(body) as EventBody | undefined)?.facts ?? {}),
        ...valueIf('note', (json(detail) as { note?: string } | undefined)?.note),
        objects: [...objects.values()],
      };
    });
}
