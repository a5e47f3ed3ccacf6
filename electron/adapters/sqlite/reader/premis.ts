import type {
  PremisAgent,
  PremisEntity,
  PremisReader,
  PremisRelation,
  PremisRepresentation,
  PremisRights,
} from '../../../core/ports/premis.ts';
import type { Connection } from '../connection.ts';
import { identifiersOf, relationsOf } from './premis-about.ts';
import { valueIf } from './rows.ts';
import { premisFiles } from './premis-files.ts';
import { premisEvents } from './premis-events.ts';
import { premisPlan } from './premis-plan.ts';
import type { Search } from './search.ts';

type Methods = {
  [Name in Exclude<keyof PremisReader, 'premisFiles'>]: (
    ...args: Parameters<PremisReader[Name]>
  ) => Awaited<ReturnType<PremisReader[Name]>>;
} & {
  /** JSON: many small objects cross threads in half the time as one text. */
  premisFiles(...args: Parameters<PremisReader['premisFiles']>): string;
};

/** What preservation metadata is written from, a slice at a time. */
export function premisReading(connection: Connection, search: () => Search): Methods {
  const atOnce = <Value>(read: () => Value): Value => connection.db.transaction(read)();
  return {
    premisPlan: (selection) => premisPlan(connection, search, selection),
    premisFiles: (objects, accessions) =>
      JSON.stringify(atOnce(() => premisFiles(connection, objects, accessions))),
    premisRepresentations: (ids) => atOnce(() => representations(connection, ids)),
    premisEntities: (kind, ids) => atOnce(() => entities(connection, kind, ids)),
    premisEvents: (seqs) => atOnce(() => premisEvents(connection, seqs)),
    premisAgents: (ids) => atOnce(() => agents(connection, ids)),
    premisRights: (...ofWhat) => atOnce(() => rights(connection, ...ofWhat)),
  };
}

function representations(connection: Connection, ids: Int32Array): PremisRepresentation[] {
  return connection
    .sql<PremisRepresentation>(
      `SELECT n.id, n.item_id AS itemId, n.role FROM json_each(?) j CROSS JOIN representations n ON n.id = j.value ORDER BY j.key`,
    )
    .all(JSON.stringify(Array.from(ids)));
}

interface EntityRow {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly creator: string | null;
  readonly date: string | null;
  readonly within: number | null;
}

const ENTITIES: Readonly<Record<PremisEntity['kind'], string>> = {
  item: `SELECT i.id, coalesce(i.described_title, i.title) AS title, '' AS name, coalesce(i.described_creator, i.creator) AS creator,
      coalesce(i.described_date, i.date) AS date, i.accession_id AS within FROM json_each(?) j CROSS JOIN items i ON i.id = j.value`,
  accession: `SELECT a.id, a.title, a.number AS name, NULL AS creator, NULL AS date, a.collection_id AS within
    FROM json_each(?) j CROSS JOIN accessions a ON a.id = j.value`,
  collection: `SELECT c.id, c.name AS title, '' AS name, NULL AS creator, NULL AS date, c.parent_id AS within
    FROM json_each(?) j CROSS JOIN collections c ON c.id = j.value`,
};

function entities(connection: Connection, kind: PremisEntity['kind'], ids: Int32Array): PremisEntity[] {
  const list = JSON.stringify(Array.from(ids));
  const identifiers = identifiersOf(connection, kind, list);
  const relations =
    kind === 'item' ? relationsOf(connection, kind, list) : new Map<number, PremisRelation[]>();
  return connection
    .sql<EntityRow>(`${ENTITIES[kind]} ORDER BY j.key`)
    .all(list)
    .map(({ id, name, title, creator, date, within }) => ({
      kind,
      id,
      name,
      title,
      ...valueIf('creator', creator),
      ...valueIf('date', date),
      ...valueIf('within', within),
      identifiers: identifiers.get(id) ?? [],
      relations: relations.get(id) ?? [],
    }));
}

function agents(connection: Connection, ids: Int32Array): PremisAgent[] {
  return connection
    .sql<PremisAgent>(
      'SELECT a.id, a.kind, a.name, a.version FROM json_each(?) j CROSS JOIN agents a ON a.id = j.value ORDER BY j.key',
    )
    .all(JSON.stringify(Array.from(ids)));
}

interface RightsRow extends Omit<PremisRights, 'entities'> {
  readonly kind: PremisEntity['kind'];
  readonly entity_id: number;
}

function rights(
  connection: Connection,
  items: Int32Array,
  accessions: Int32Array,
  collections: Int32Array,
): PremisRights[] {
  const statements = new Map<
    number,
    PremisRights & { entities: { kind: PremisEntity['kind']; id: number }[] }
  >();
  const linked = connection.sql<RightsRow>(
    `SELECT s.id, s.basis, s.note, s.agent_id AS agentId, l.entity AS kind, l.entity_id FROM json_each(?) j
       CROSS JOIN rights_links l ON l.entity = ? AND l.entity_id = j.value CROSS JOIN rights_statements s ON s.id = l.statement_id
     WHERE s.basis <> 'unknown' ORDER BY j.key, s.id`,
  );
  const of = { item: items, accession: accessions, collection: collections };
  for (const kind of ['item', 'accession', 'collection'] as const)
    for (const { entity_id: id, kind: at, ...rest } of linked.all(
      JSON.stringify(Array.from(of[kind])),
      kind,
    )) {
      const statement = statements.get(rest.id) ?? { ...rest, entities: [] };
      statement.entities.push({ kind: at, id });
      statements.set(rest.id, statement);
    }
  return [...statements.values()].sort((a, b) => a.id - b.id);
}
