import type { RebuiltCounts } from '../../../core/ports/rebuilding.ts';
import type { Connection } from '../connection.ts';
import { itemFacts } from '../writer/item-facts.ts';

/** The facts of every item as they follow from its parts. */
export function deriveItems(connection: Connection): void {
  const update = connection.sql(
    `UPDATE items SET parts = ?, parts_held = ?, verified_day = ?, copies = ?,
       bytes = (SELECT coalesce(sum(p.size), 0) FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
                WHERE r.item_id = items.id),
       duration_ms = (SELECT coalesce(sum(p.duration_ms), 0) FROM representations r
                      CROSS JOIN parts p ON p.representation_id = r.id WHERE r.item_id = items.id)
     WHERE id = ?`,
  );
  for (const id of connection.sql<number>('SELECT id FROM items').pluck(true).all()) {
    const facts = itemFacts(connection, id);
    update.run(facts.parts, facts.parts_held, facts.verified_day, facts.copies, id);
  }
}

export function countsOf(connection: Connection): RebuiltCounts {
  const count = (table: string): number =>
    connection.sql<number>(`SELECT count(*) FROM ${table}`).pluck(true).get() ?? 0;
  return {
    accessions: count('accessions'),
    items: count('items'),
    objects: count('objects'),
    replicas: count('replicas'),
    bags: count('bags WHERE deleted_at IS NULL'),
    descriptions: count('descriptions'),
    events: count('events'),
  };
}
