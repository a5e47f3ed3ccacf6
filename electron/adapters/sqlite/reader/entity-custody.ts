import type { Entity } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { accession } from './accessions.ts';
import { eventsTouching } from './entity-events.ts';
import { factsOf, identifiersOf, idsOf, MOST_ROWS } from './entity-holdings.ts';
import { holdingsOf } from './holdings.ts';
import { locationById } from './locations.ts';
import { time } from './rows.ts';

export function describeCustody(
  connection: Connection,
  kind: 'accession' | 'location',
  id: number,
): Entity | undefined {
  return kind === 'accession' ? describeAccession(connection, id) : describeLocation(connection, id);
}

function describeAccession(connection: Connection, id: number): Entity | undefined {
  const found = accession(connection, id);
  if (found === undefined) return undefined;
  // In the order of folders, which is the one that the index of items gives without sorting.
  const parts = idsOf(
    connection,
    `SELECT p.id FROM items i CROSS JOIN representations r ON r.item_id = i.id CROSS JOIN parts p ON p.representation_id = r.id
     WHERE i.accession_id = ? ORDER BY i.grouping_key LIMIT ${MOST_ROWS}`,
    id,
  );
  const sums = connection
    .sql<{ items: number; parts: number; bytes: number; ms: number }>(
      `SELECT count(*) AS items, coalesce(sum(parts), 0) AS parts, coalesce(sum(bytes), 0) AS bytes,
         coalesce(sum(duration_ms), 0) AS ms FROM items WHERE accession_id = ?`,
    )
    .get(id);
  const accruals = connection
    .sql<{ id: number; act_id: number | null }>('SELECT id, act_id FROM accruals WHERE accession_id = ?')
    .all(id);
  return {
    kind: 'accession',
    id: found.id,
    title: found.title,
    facts: factsOf(
      {
        number: found.number,
        collection: found.collection ?? null,
        source: found.source ?? null,
        acquired: found.acquired ?? null,
        agreement: found.agreement ?? null,
        mode: found.mode,
        rightsBasis: found.rightsBasis,
        rightsNote: found.rightsNote,
        agent: found.agent,
        openedAt: found.openedAt,
        accruals: accruals.length,
        sealed: found.accruals.every((accrual) => accrual.sealedAt !== undefined),
        items: sums?.items ?? 0,
        parts: sums?.parts ?? 0,
        bytes: sums?.bytes ?? 0,
        durationMs: sums?.ms ?? 0,
      },
      { partsNotShown: (sums?.parts ?? 0) - parts.length },
    ),
    parts: holdingsOf(connection, parts),
    replicas: [],
    identifiers: identifiersOf(connection, 'accession', id),
    events: eventsTouching(connection, {
      links: [['accession', id], ...accruals.map((accrual) => ['accrual', accrual.id] as const)],
      acts: accruals.map((accrual) => accrual.act_id).filter((act) => act !== null),
    }),
  };
}

function describeLocation(connection: Connection, id: number): Entity | undefined {
  const found = locationById(connection, id);
  if (found === undefined) return undefined;
  return {
    kind: 'location',
    id: found.id,
    title: found.name,
    facts: factsOf({
      kind: found.kind,
      root: found.root.display,
      rootBytes: found.root.bytes ?? null,
      writes: found.writes,
      site: found.site ?? null,
      medium: found.medium ?? null,
      failureGroup: found.failureGroup ?? null,
      fileSystem: found.fileSystem ?? null,
      replicas: found.replicas,
      bytes: found.bytes,
      createdAt: found.createdAt,
      lastReachedAt: found.lastReachedAt ?? null,
    }),
    parts: [],
    replicas: [],
    identifiers: [],
    events: eventsTouching(connection, { links: [['location', id]] }),
  };
}

interface CollectionRow {
  readonly name: string;
  readonly parent_id: number | null;
  readonly created_at: number;
  readonly accessions: number;
}

export function describeCollection(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<CollectionRow>(
      `SELECT c.name, c.parent_id, c.created_at,
         (SELECT count(*) FROM accessions WHERE collection_id = c.id) AS accessions
       FROM collections c WHERE c.id = ?`,
    )
    .get(id);
  if (row === undefined) return undefined;
  return {
    kind: 'collection',
    id: publicId('collection', id),
    title: row.name,
    facts: factsOf({
      partOf: row.parent_id === null ? null : publicId('collection', row.parent_id),
      accessions: row.accessions,
      createdAt: time(row.created_at),
    }),
    parts: [],
    replicas: [],
    identifiers: identifiersOf(connection, 'collection', id),
    events: eventsTouching(connection, { links: [['collection', id]] }),
  };
}
