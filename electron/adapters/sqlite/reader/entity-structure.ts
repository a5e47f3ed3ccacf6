import type { Entity } from '../../../../shared/contract/holdings.ts';
import type { Relation } from '../../../../shared/contract/items.ts';
import { parsePublicId, publicId } from '../../../../shared/domain/ids.ts';
import type { RelationPredicate } from '../../../../shared/domain/vocabulary.ts';
import type { Connection } from '../connection.ts';
import { tracksOf } from './tracks.ts';

const MOST_RELATIONS = 200;

interface RelationRow {
  readonly subject: 'item' | 'object';
  readonly subject_id: number;
  readonly predicate: RelationPredicate;
  readonly object: 'item' | 'object';
  readonly object_id: number;
}

/** Adds how a thing stands to others, and the tracks inside its files. */
export function withStructure(connection: Connection, found: Entity | undefined): Entity | undefined {
  if (found === undefined) return undefined;
  const known = parsePublicId(found.id);
  const relations = relationsOf(connection, found);
  const tracks =
    known?.kind === 'item' || known?.kind === 'part'
      ? tracksOf(connection, { kind: known.kind, id: known.id })
      : [];
  return {
    ...found,
    ...(relations.length > 0 && { relations }),
    ...(tracks.length > 0 && { tracks }),
  };
}

/** Of an item, its own and those of its contents; of anything that is one content, those of that. */
function relationsOf(connection: Connection, { id, object, parts }: Entity): Relation[] {
  const known = parsePublicId(id);
  const item = known?.kind === 'item' ? known.id : undefined;
  if (item === undefined && object === undefined) return [];
  const contents =
    item === undefined
      ? [parsePublicId(object?.id ?? '')?.id ?? 0]
      : connection
          .sql<{ id: number }>(
            'SELECT DISTINCT p.object_id AS id FROM json_each(?) j CROSS JOIN parts p ON p.id = j.value',
          )
          .all(JSON.stringify(parts.map((part) => parsePublicId(part.id)?.id ?? 0)))
          .map((row) => row.id);
  return connection
    .sql<RelationRow>(
      `WITH about (kind, id) AS (SELECT 'object', value FROM json_each(?) UNION ALL SELECT 'item', ?)
       SELECT r.subject, r.subject_id, r.predicate, r.object, r.object_id FROM about a
         CROSS JOIN relations r ON r.subject = a.kind AND r.subject_id = a.id
       UNION SELECT r.subject, r.subject_id, r.predicate, r.object, r.object_id FROM about a
         CROSS JOIN relations r ON r.object = a.kind AND r.object_id = a.id
       ORDER BY 3, 1, 2, 4, 5 LIMIT ${MOST_RELATIONS}`,
    )
    .all(JSON.stringify(contents), item ?? 0)
    .map((row) => ({
      subject: publicId(row.subject, row.subject_id),
      predicate: row.predicate,
      object: publicId(row.object, row.object_id),
    }));
}
