import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { WriterContext } from './context.ts';
import { itemCounterKey } from './counters.ts';
import type { ItemRow as StoredFacts } from './item-facts.ts';
import { refreshWords } from './described-words.ts';
import { closesCircle } from './relations.ts';

interface Ending {
  readonly id: number;
  readonly accessionId: number;
  readonly key: string;
}

/** What people say of an item, and that it may not take with it. */
const HANGS = `WITH ended (id) AS (VALUES (?))
  SELECT 1 FROM ended e JOIN descriptions d ON d.entity = 'item' AND d.entity_id = e.id AND d.source IN ('archivist', 'import')
  UNION ALL SELECT 1 FROM ended e JOIN identifiers i ON i.entity = 'item' AND i.entity_id = e.id
  UNION ALL SELECT 1 FROM ended e JOIN rights_links l ON l.entity = 'item' AND l.entity_id = e.id
  UNION ALL SELECT 1 FROM ended e JOIN relations r ON r.subject = 'item' AND r.subject_id = e.id
  UNION ALL SELECT 1 FROM ended e JOIN relations r ON r.object = 'item' AND r.object_id = e.id LIMIT 1`;

/**
 * Ends an item that has no part left. Its id and its key lead to the item that took its parts; so do its identifiers,
 * relations, rights and what is said of it in fields of which nothing is said there. Without such an item one of which
 * something is said stays, empty. Returns whether it ended.
 */
export function dissolveItem(context: WriterContext, item: Ending, into: number | undefined): boolean {
  const { connection, counters } = context;
  if (into === undefined) {
    if (connection.sql(HANGS).get(item.id) !== undefined) return false;
    connection.sql('DELETE FROM item_aliases WHERE item_id = ?').run(item.id);
  } else handOver(context, item, into);
  const facts = connection
    .sql<StoredFacts>(
      'SELECT parts, parts_held, verified_day, copies, bytes, duration_ms FROM items WHERE id = ?',
    )
    .get(item.id);
  if (facts === undefined) return false;
  connection.sql('DELETE FROM representations WHERE item_id = ?').run(item.id);
  connection.sql('DELETE FROM items WHERE id = ?').run(item.id);
  counters.add('total', 'items', -1, -facts.bytes, -facts.duration_ms);
  counters.add('item', itemCounterKey(facts), -1, -facts.bytes, -facts.duration_ms);
  return true;
}

function handOver({ connection }: WriterContext, item: Ending, into: number): void {
  connection.sql('UPDATE item_aliases SET item_id = ? WHERE item_id = ?').run(into, item.id);
  connection
    .sql('INSERT INTO item_aliases (accession_id, grouping_key, item_id, merged_id) VALUES (?, ?, ?, ?)')
    .run(item.accessionId, item.key, into, item.id);
  for (const table of ['identifiers', 'rights_links'] as const) {
    connection
      .sql(`UPDATE OR IGNORE ${table} SET entity_id = ? WHERE entity = 'item' AND entity_id = ?`)
      .run(into, item.id);
    connection.sql(`DELETE FROM ${table} WHERE entity = 'item' AND entity_id = ?`).run(item.id);
  }
  // The title of the item that stays is not one of another.
  connection
    .sql(
      `UPDATE descriptions SET entity_id = ? WHERE entity = 'item' AND entity_id = ? AND field <> 'title'
         AND field NOT IN (SELECT field FROM descriptions WHERE entity = 'item' AND entity_id = ?)`,
    )
    .run(into, item.id, into);
  refreshWords(connection, [into], []);
  for (const end of ['subject', 'object'] as const) {
    connection
      .sql(`UPDATE OR IGNORE relations SET ${end}_id = ? WHERE ${end} = 'item' AND ${end}_id = ?`)
      .run(into, item.id);
    connection.sql(`DELETE FROM relations WHERE ${end} = 'item' AND ${end}_id = ?`).run(item.id);
  }
  connection
    .sql(
      `DELETE FROM relations WHERE subject = 'item' AND subject_id = ? AND object = 'item' AND object_id = ?`,
    )
    .run(into, into);
  const end = { kind: 'item', id: into } as const;
  for (const predicate of ['part of', 'derived from'] as const)
    if (closesCircle(connection, { subject: end, predicate, object: end }))
      throw new HoldfastError(
        'BAD_INPUT',
        `Then ${publicId('item', into)} would be ${predicate} itself, over what ${publicId('item', item.id)} is ${predicate}. ` +
          'Nothing was changed. Take that relation away first: holdfast item unrelate.',
      );
}
