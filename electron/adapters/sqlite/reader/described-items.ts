import type { DescribedItem } from '../../../core/ports/described-items.ts';
import { pathOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { description } from './descriptions.ts';

interface ItemRow {
  readonly id: number;
  readonly accession_id: number;
  readonly accession: string;
  readonly collection_id: number | null;
  readonly bytes: number;
  readonly durationMs: number;
}

/** What is said of items, a slice of them. */
export function describedItems(connection: Connection, items: Int32Array): DescribedItem[] {
  const formats = connection.sql<DescribedItem['formats'][number]>(
    `SELECT DISTINCT f.name, f.mime, f.puid FROM representations n CROSS JOIN parts p ON p.representation_id = n.id
       CROSS JOIN objects o ON o.id = p.object_id CROSS JOIN formats f ON f.id = o.format_id
     WHERE n.item_id = ? ORDER BY f.name, f.mime`,
  );
  const rights = connection
    .sql<string>(
      `SELECT DISTINCT s.basis FROM rights_links l CROSS JOIN rights_statements s ON s.id = l.statement_id
       WHERE ((l.entity = 'item' AND l.entity_id = ?) OR (l.entity = 'accession' AND l.entity_id = ?)) AND s.basis <> 'unknown'
       ORDER BY s.basis`,
    )
    .pluck(true);
  const collections = new Map<number, string>();
  const nameOf = (id: number | null): string => {
    if (id === null) return '';
    const name = collections.get(id) ?? pathOf(connection, id);
    collections.set(id, name);
    return name;
  };
  return connection.db.transaction(() =>
    connection
      .sql<ItemRow>(
        `SELECT i.id, i.accession_id, a.number AS accession, a.collection_id, i.bytes, i.duration_ms AS durationMs
         FROM json_each(?) j CROSS JOIN items i ON i.id = j.value CROSS JOIN accessions a ON a.id = i.accession_id ORDER BY j.key`,
      )
      .all(JSON.stringify(Array.from(items)))
      .map(({ id, accession_id, collection_id, ...row }) => ({
        id,
        ...row,
        collection: nameOf(collection_id),
        fields: (description(connection, { entity: 'item', id }, false)?.fields ?? []).flatMap(
          ({ field, value }) => (value === null ? [] : [{ field, value }]),
        ),
        formats: formats.all(id),
        rights: rights.all(id, accession_id),
      })),
  )();
}
