import type { Entity, FormerReplica } from '../../../../shared/contract/holdings.ts';
import { publicId, type EntityKind } from '../../../../shared/domain/ids.ts';
import { baseName, parentOf, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection } from '../connection.ts';
import { eventsTouching } from './entity-events.ts';
import { accessionLinks, formerPart, formerReplica, formerReplicasOf, heldFacts } from './former-custody.ts';
import { objectFacts } from './object-facts.ts';

/** The copy that stood at this path, relative to its location's root, and that custody has ended of; the last one. */
export function formerReplicaAt(
  connection: Connection,
  locationId: number,
  path: RawPath,
): number | undefined {
  return connection
    .sql<number>(
      `SELECT id FROM removed_replicas
       WHERE folder_id = (SELECT id FROM folders WHERE location_id = ? AND path = ?) AND name = ? ORDER BY id DESC`,
    )
    .pluck(true)
    .get(locationId, asBuffer(parentOf(path)), asBuffer(baseName(path)));
}

export function describeFormerReplica(connection: Connection, id: number): Entity | undefined {
  const former = formerReplica(connection, id);
  const objectId = connection
    .sql<number>('SELECT object_id FROM removed_replicas WHERE id = ?')
    .pluck(true)
    .get(id);
  if (former === undefined || objectId === undefined) return undefined;
  return formerEntity(connection, {
    kind: 'replica',
    id,
    title: former.path?.display ?? former.id,
    objectId,
    facts: {
      location: former.location,
      locationName: former.locationName,
      accession: former.accession,
      accessionId: former.accessionId,
    },
    former: [former],
    touched: [id],
  });
}

/** A part of an item that is in custody no longer. */
export function describeFormerPart(connection: Connection, id: number): Entity | undefined {
  const part = formerPart(connection, id);
  const row = connection
    .sql<{ object_id: number; position: number }>(
      'SELECT object_id, position FROM removed_parts WHERE id = ?',
    )
    .get(id);
  if (part === undefined || row === undefined) return undefined;
  return {
    ...formerEntity(connection, {
      kind: 'part',
      id,
      title: part.title,
      objectId: row.object_id,
      facts: {
        item: part.item,
        itemTitle: part.itemTitle,
        accession: part.accession,
        role: part.role,
        position: row.position,
        artist: part.artist,
        album: part.album,
        date: part.date,
        durationMs: part.durationMs,
      },
      former: formerReplicasOf(connection, row.object_id),
      touched: [],
    }),
    parts: [part],
  };
}

interface AboutFormer {
  readonly kind: EntityKind;
  readonly id: number;
  readonly title: string;
  readonly objectId: number;
  readonly facts: Entity['facts'];
  readonly former: FormerReplica[];
  /** Replicas whose acts are told. */
  readonly touched: readonly number[];
}

function formerEntity(connection: Connection, about: AboutFormer): Entity {
  const object = objectFacts(connection, about.objectId);
  const identifiers = connection
    .sql<Entity['identifiers'][number]>(
      `SELECT scheme, value, source FROM identifiers WHERE entity = 'object' AND entity_id = ? ORDER BY scheme, value`,
    )
    .all(about.objectId);
  return {
    kind: about.kind,
    id: publicId(about.kind, about.id),
    title: about.title,
    facts: {
      object: publicId('object', about.objectId),
      ...about.facts,
      ...Object.fromEntries(Object.entries(heldFacts(0, about.former)).filter(([, value]) => value !== null)),
    },
    parts: [],
    ...(object && { object }),
    replicas: [],
    formerReplicas: about.former,
    identifiers,
    events: eventsTouching(connection, {
      links: [['object', about.objectId], [about.kind, about.id], ...accessionLinks(about.former)],
      replicas: about.touched,
    }),
  };
}
