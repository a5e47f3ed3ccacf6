import type { Entity } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { responsibilityFacts } from './agent-roles.ts';
import { accession } from './accessions.ts';
import { eventsTouching } from './entity-events.ts';
import { factsOf, identifiersOf, idsOf, MOST_ROWS } from './entity-holdings.ts';
import { deaccessionFacts, deletionFacts, formerPartsOfAccession, formerSums } from './former-custody.ts';
import { holdingsOf } from './holdings.ts';
import { collectionTree } from './collections.ts';
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
  // Custody of an accession lasts for all of it or for nothing: its parts are the ones or the others.
  const former = formerPartsOfAccession(connection, id);
  const past = formerSums(connection, id);
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
        ...responsibilityFacts(connection, { kind: 'accession', id }),
        agent: found.agent,
        openedAt: found.openedAt,
        accruals: accruals.length,
        sealed: found.accruals.every((accrual) => accrual.sealedAt !== undefined),
        items: sums?.items ?? 0,
        parts: (sums?.parts ?? 0) + past.parts,
        bytes: (sums?.bytes ?? 0) + past.bytes,
        durationMs: (sums?.ms ?? 0) + past.ms,
        ...deaccessionFacts(connection, id),
        ...deletionFacts(connection, id),
      },
      { partsNotShown: (sums?.parts ?? 0) + past.parts - parts.length - former.length },
    ),
    parts: [...holdingsOf(connection, parts), ...former],
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
      lastAttestedOn: found.lastAttested?.on ?? null,
      lastAttestedBy: found.lastAttested?.by ?? null,
      copiesAttested: found.lastAttested?.agreeing ?? null,
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
}

export function describeCollection(connection: Connection, id: number): Entity | undefined {
  const row = connection
    .sql<CollectionRow>('SELECT name, parent_id, created_at FROM collections WHERE id = ?')
    .get(id);
  if (row === undefined) return undefined;
  return {
    kind: 'collection',
    id: publicId('collection', id),
    title: row.name,
    facts: factsOf({
      partOf: row.parent_id === null ? null : publicId('collection', row.parent_id),
      ...totalsOf(connection, id),
      ...responsibilityFacts(connection, { kind: 'collection', id }),
      createdAt: time(row.created_at),
    }),
    parts: [],
    replicas: [],
    identifiers: identifiersOf(connection, 'collection', id),
    events: eventsTouching(connection, { links: [['collection', id]] }),
  };
}

/** With everything below it. */
function totalsOf(connection: Connection, id: number): Entity['facts'] {
  const [found] = collectionTree(connection, id);
  if (found === undefined) return {};
  const { path, totals } = found;
  const { collections, accessions, items, replicas, bytes, hours } = totals;
  return {
    path,
    collectionsBelow: collections,
    accessions,
    items,
    replicas,
    bytes,
    durationMs: Math.round(hours * 3_600_000),
  };
}
