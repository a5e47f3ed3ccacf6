import type { Entity } from '../../../../shared/contract/holdings.ts';
import { publicId, type EntityKind } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { attestedWords } from './attestations.ts';
import { eventsTouching } from './entity-events.ts';
import {
  accessionLinks,
  deaccessionFacts,
  formerPartsOfItem,
  formerReplica,
  formerReplicasOf,
  heldFacts,
} from './former-custody.ts';
import { describeFormerPart, describeFormerReplica } from './former-entities.ts';
import { holdingsOf } from './holdings.ts';
import { objectFacts, replicasOf } from './object-facts.ts';
import { time } from './rows.ts';

/** Parts or replicas of one thing that are shown at most; how many more there are stands among its facts. */
export const MOST_ROWS = 200;

type Facts = Entity['facts'];

export function identifiersOf(connection: Connection, entity: string, id: number): Entity['identifiers'] {
  return connection
    .sql<Entity['identifiers'][number]>(
      `SELECT scheme, value, source FROM identifiers WHERE entity = ? AND entity_id = ? ORDER BY scheme, value`,
    )
    .all(entity, id);
}

/** The only column of a query. */
export function idsOf(connection: Connection, sql: string, ...values: (number | string)[]): number[] {
  // Statements are kept by their text, and this one answers in another way than one of the same text would elsewhere.
  return connection
    .sql<number>(`${sql} -- one column`)
    .pluck(true)
    .all(...values);
}

/** Facts less those that are not known, and how many rows are not shown. */
export function factsOf(facts: Facts, notShown: Readonly<Record<string, number>> = {}): Facts {
  return Object.fromEntries([
    ...Object.entries(facts).filter(([, value]) => value !== null),
    ...Object.entries(notShown).filter(([, count]) => count > 0),
  ]);
}

interface ItemRow {
  readonly title: string;
  readonly creator: string | null;
  readonly described_creator: string | null;
  readonly described_date: string | null;
  readonly date: string | null;
  readonly parts: number;
  readonly parts_held: number;
  readonly verified_day: number;
  readonly copies: number;
  readonly bytes: number;
  readonly duration_ms: number;
  readonly accession_id: number;
  readonly number: string;
}

const DAY_MS = 86_400_000;

export function describeItem(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<ItemRow>(
      'SELECT i.*, a.number FROM items i JOIN accessions a ON a.id = i.accession_id WHERE i.id = ?',
    )
    .get(id);
  if (row === undefined) return undefined;
  const parts = idsOf(
    connection,
    `SELECT p.id FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
     WHERE r.item_id = ? ORDER BY r.role = 'documentation', r.id, p.position, p.id LIMIT ${MOST_ROWS}`,
    id,
  );
  const replicas = idsOf(
    connection,
    `SELECT x.id FROM json_each(?) j CROSS JOIN parts p ON p.id = j.value CROSS JOIN replicas x ON x.object_id = p.object_id
     ORDER BY j.key, x.id LIMIT ${MOST_ROWS}`,
    JSON.stringify(parts),
  );
  return {
    kind: 'item',
    id: publicId('item', id),
    title: row.title,
    facts: factsOf(
      {
        creator: row.described_creator ?? row.creator,
        date: row.described_date ?? row.date,
        accession: row.number,
        accessionId: publicId('accession', row.accession_id),
        parts: row.parts,
        partsHeld: row.parts_held,
        // The oldest of its parts' last verifications: the item is verified since then.
        verifiedOn: row.verified_day === 0 ? null : time(row.verified_day * DAY_MS).slice(0, 10),
        independentCopies: row.copies,
        bytes: row.bytes,
        durationMs: row.duration_ms,
        ...deaccessionFacts(connection, row.accession_id),
      },
      { partsNotShown: row.parts - parts.length },
    ),
    parts: [...holdingsOf(connection, parts), ...formerPartsOfItem(connection, id)],
    replicas: replicasOf(connection, replicas),
    identifiers: identifiersOf(connection, 'item', id),
    events: eventsTouching(connection, {
      links: [
        ['item', id],
        ['accession', row.accession_id],
      ],
      replicas,
    }),
  };
}

interface PartRow {
  readonly object_id: number;
  readonly item_id: number;
  readonly position: number;
}

export function describePart(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<PartRow>(
      `SELECT p.object_id, p.position, r.item_id FROM parts p JOIN representations r ON r.id = p.representation_id
       WHERE p.id = ?`,
    )
    .get(id);
  const [holding] = holdingsOf(connection, [id]);
  if (row === undefined || holding === undefined) return describeFormerPart(connection, id);
  return ofObject(connection, row.object_id, {
    kind: 'part',
    id,
    title: holding.title,
    facts: {
      item: holding.item,
      itemTitle: holding.itemTitle,
      accession: holding.accession,
      role: holding.role,
      position: row.position,
      artist: holding.artist,
      album: holding.album,
      date: holding.date,
      durationMs: holding.durationMs,
    },
    parts: [id],
    links: [
      ['part', id],
      ['item', row.item_id],
    ],
  });
}

export function describeObject(connection: Connection, id: number): Entity | undefined {
  const parts = partsOfObject(connection, id);
  const [first] = holdingsOf(connection, parts.slice(0, 1));
  return ofObject(connection, id, {
    kind: 'object',
    id,
    title: first?.title ?? publicId('object', id),
    facts: {},
    parts,
    links: [],
  });
}

interface ReplicaRow {
  readonly object_id: number;
  readonly accrual: number;
  readonly number: string;
  readonly accession_id: number;
  readonly mtime: string;
  readonly inode: string;
}

export function describeReplica(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<ReplicaRow>(
      `SELECT r.object_id, CAST(r.mtime_ns AS TEXT) AS mtime, CAST(r.inode AS TEXT) AS inode, c.number AS accrual,
         a.number, a.id AS accession_id
       FROM replicas r JOIN accruals c ON c.id = r.accrual_id JOIN accessions a ON a.id = c.accession_id WHERE r.id = ?`,
    )
    .get(id);
  const [replica] = replicasOf(connection, [id]);
  if (row === undefined || replica === undefined) return describeFormerReplica(connection, id);
  const finding = connection
    .sql<number>('SELECT id FROM findings WHERE replica_id = ? AND resolved_at IS NULL')
    .pluck(true)
    .get(id);
  return ofObject(connection, row.object_id, {
    kind: 'replica',
    id,
    title: replica.path.display,
    facts: {
      location: replica.location,
      locationName: replica.locationName,
      outcome: replica.outcome,
      lastAttestedOn: replica.attested?.on ?? null,
      lastAttestedBy: replica.attested?.by ?? null,
      attestedAs: replica.attested === undefined ? null : attestedWords(replica.attested.agrees),
      accession: row.number,
      accessionId: publicId('accession', row.accession_id),
      accrual: row.accrual,
      openFinding: finding === undefined ? null : publicId('finding', finding),
      mtimeNs: row.mtime,
      inode: row.inode,
    },
    parts: partsOfObject(connection, row.object_id),
    replicas: [id],
    links: [],
  });
}

interface FindingRow {
  readonly replica_id: number;
  readonly object_id: number;
  readonly act_id: number;
  readonly outcome: string;
  readonly detail: string;
  readonly opened_at: number;
  readonly last_seen_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
}

export function describeFinding(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<FindingRow>(
      `SELECT f.*, coalesce(r.object_id, d.object_id) AS object_id FROM findings f
       LEFT JOIN replicas r ON r.id = f.replica_id LEFT JOIN removed_replicas d ON d.id = f.replica_id WHERE f.id = ?`,
    )
    .get(id);
  if (row === undefined) return undefined;
  return ofObject(connection, row.object_id, {
    kind: 'finding',
    id,
    title:
      (replicasOf(connection, [row.replica_id])[0] ?? formerReplica(connection, row.replica_id))?.path
        ?.display ?? '',
    facts: {
      outcome: row.outcome,
      detail: row.detail,
      run: publicId('run', row.act_id),
      openedAt: time(row.opened_at),
      lastSeenAt: time(row.last_seen_at),
      resolvedAt: row.resolved_at === null ? null : time(row.resolved_at),
      resolution: row.resolution,
    },
    parts: partsOfObject(connection, row.object_id),
    replicas: [row.replica_id],
    links: [['finding', id]],
    acts: [row.act_id],
  });
}

interface AboutObject {
  readonly kind: EntityKind;
  readonly id: number;
  readonly title: string;
  readonly facts: Facts;
  readonly parts: readonly number[];
  /** All of the object when absent. */
  readonly replicas?: readonly number[];
  readonly links: readonly (readonly [string, number])[];
  readonly acts?: readonly number[];
}

/** What is one content, or part or copy of one. */
function ofObject(connection: Connection, objectId: number, about: AboutObject): Entity | undefined {
  const object = objectFacts(connection, objectId);
  if (object === undefined) return undefined;
  const replicas =
    about.replicas ??
    idsOf(connection, `SELECT id FROM replicas WHERE object_id = ? ORDER BY id LIMIT ${MOST_ROWS}`, objectId);
  const former = formerReplicasOf(connection, objectId);
  const inAll = (table: 'parts' | 'replicas') =>
    idsOf(connection, `SELECT count(*) FROM ${table} WHERE object_id = ?`, objectId)[0] ?? 0;
  return {
    kind: about.kind,
    id: publicId(about.kind, about.id),
    title: about.title,
    facts: factsOf(
      {
        object: object.id,
        ...about.facts,
        replicas: inAll('replicas'),
        ...heldFacts(inAll('replicas'), former),
      },
      {
        partsNotShown: about.kind === 'part' ? 0 : inAll('parts') - about.parts.length,
        replicasNotShown: inAll('replicas') - replicas.length,
      },
    ),
    parts: holdingsOf(connection, about.parts),
    object,
    replicas: replicasOf(connection, replicas),
    ...(former.length > 0 && { formerReplicas: former }),
    identifiers: identifiersOf(connection, 'object', objectId),
    events: eventsTouching(connection, {
      links: [['object', objectId], ...about.links, ...accessionLinks(former)],
      replicas,
      ...(about.acts && { acts: about.acts }),
    }),
  };
}

function partsOfObject(connection: Connection, id: number): number[] {
  return idsOf(connection, `SELECT id FROM parts WHERE object_id = ? ORDER BY id LIMIT ${MOST_ROWS}`, id);
}
