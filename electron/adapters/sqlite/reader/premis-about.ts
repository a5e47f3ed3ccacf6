import type { PremisRelation } from '../../../core/ports/premis.ts';
import type { Connection } from '../connection.ts';

type Pair = readonly [string, string];

/** Typed identifiers of things, by their ids. @param ids JSON */
export function identifiersOf(connection: Connection, entity: string, ids: string): Map<number, Pair[]> {
  const rows = connection
    .sql<[number, string, string]>(
      `SELECT DISTINCT i.entity_id, i.scheme, i.value FROM json_each(?) j
       CROSS JOIN identifiers i ON i.entity = ? AND i.entity_id = j.value ORDER BY i.entity_id, i.scheme, i.value`,
    )
    .raw(true)
    .all(ids, entity);
  return grouped(rows, ([, scheme, value]): Pair => [scheme, value]);
}

/** Relations that things are the subjects of, by their ids. @param ids JSON */
export function relationsOf(
  connection: Connection,
  subject: 'item' | 'object',
  ids: string,
): Map<number, PremisRelation[]> {
  const rows = connection
    .sql<[number, PremisRelation['predicate'], PremisRelation['kind'], number]>(
      `SELECT r.subject_id, r.predicate, r.object, r.object_id FROM json_each(?) j
       CROSS JOIN relations r ON r.subject = ? AND r.subject_id = j.value ORDER BY r.subject_id, r.predicate, r.object, r.object_id`,
    )
    .raw(true)
    .all(ids, subject);
  return grouped(rows, ([, predicate, kind, id]) => ({ predicate, kind, id }));
}

/** Rows by what stands first in them. */
export function grouped<Row extends readonly [number, ...unknown[]], Value>(
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): Map<number, Value[]> {
  const groups = new Map<number, Value[]>();
  for (const row of rows) {
    const group = groups.get(row[0]);
    if (group === undefined) groups.set(row[0], [valueOf(row)]);
    else group.push(valueOf(row));
  }
  return groups;
}
