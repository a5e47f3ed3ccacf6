import type {
  PremisAgent,
  PremisCopy,
  PremisEntity,
  PremisFile,
  PremisReader,
  PremisRelation,
  PremisRepresentation,
  PremisRights,
} from '../../../core/ports/premis.ts';
import type { Connection } from '../connection.ts';
import { valueIf } from './rows.ts';
import { premisEvents } from './premis-events.ts';
import { premisPlan } from './premis-plan.ts';
import type { Search } from './search.ts';

type Methods = {
  [Name in keyof PremisReader]: (
    ...args: Parameters<PremisReader[Name]>
  ) => Awaited<ReturnType<PremisReader[Name]>>;
};

/** What preservation metadata is written from, a slice at a time. */
export function premisReading(connection: Connection, search: () => Search): Methods {
  const atOnce = <Value>(read: () => Value): Value => connection.db.transaction(read)();
  return {
    premisPlan: (selection) => premisPlan(connection, search, selection),
    premisFiles: (objects, accessions) => atOnce(() => files(connection, objects, accessions)),
    premisRepresentations: (ids) => atOnce(() => representations(connection, ids)),
    premisEntities: (kind, ids) => atOnce(() => entities(connection, kind, ids)),
    premisEvents: (seqs) => atOnce(() => premisEvents(connection, seqs)),
    premisAgents: (ids) => atOnce(() => agents(connection, ids)),
    premisRights: (...ofWhat) => atOnce(() => rights(connection, ...ofWhat)),
  };
}

interface ObjectRow {
  readonly size: number;
  readonly sha256: string;
  readonly kind: string;
  readonly name: string;
  readonly mime: string;
  readonly puid: string;
  readonly codec: string | null;
  readonly duration_ms: number | null;
  readonly sample_rate: number | null;
  readonly bit_depth: number | null;
  readonly channels: number | null;
  readonly bit_rate: number | null;
  readonly is_protected: number;
  readonly protection: string | null;
}

interface CopyRow {
  readonly id: number;
  readonly accession_id: number;
  readonly taken_by: number | null;
  readonly location_id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly outcome: string;
  readonly checked_at: number | null;
  readonly has_findings: number;
}

function files(connection: Connection, objects: Int32Array, accessions: Int32Array): PremisFile[] {
  const among = new Set(accessions);
  const object = connection.sql<ObjectRow>(
    `SELECT o.size, lower(hex(o.sha256)) AS sha256, o.kind, f.name, f.mime, f.puid, t.codec, t.duration_ms, t.sample_rate, t.bit_depth,
       t.channels, t.bit_rate, c.object_id IS NOT NULL AS is_protected, c.report ->> '$.protection' AS protection
     FROM objects o JOIN formats f ON f.id = o.format_id LEFT JOIN technical_metadata t ON t.object_id = o.id
       LEFT JOIN internal_checks c ON c.object_id = o.id AND c.depth = 'quick' AND c.verdict = 'protected'
     WHERE o.id = ?`,
  );
  const digests = connection.sql<[string, string]>(
    'SELECT algorithm, lower(hex(value)) FROM digests WHERE object_id = ? ORDER BY algorithm',
  );
  const essences = connection.sql<[string, string]>(
    'SELECT definition, lower(hex(value)) FROM essences WHERE object_id = ? ORDER BY definition',
  );
  const parts = connection.sql<PremisFile['parts'][number]>(
    `SELECT p.representation_id AS representationId, p.position FROM parts p JOIN representations n ON n.id = p.representation_id
     WHERE p.object_id = ? ORDER BY p.id`,
  );
  const copiesOf = copyReading(connection);
  const identifiersOf = identifierReading(connection);
  const relationsOf = relationReading(connection);
  return Array.from(objects).flatMap((id): PremisFile[] => {
    const row = object.get(id);
    const copies = row === undefined ? [] : copiesOf(id, among);
    if (row === undefined || copies.length === 0) return [];
    const isAudio = row.duration_ms !== null || row.kind === 'audio';
    return [
      {
        id,
        size: row.size,
        digests: [['sha256', row.sha256], ...digests.raw(true).all(id)],
        format: { name: row.name, mime: row.mime, puid: row.puid },
        technical: technicalOf(row),
        essences: isAudio ? essences.raw(true).all(id) : [],
        identifiers: identifiersOf('object', id),
        ...(row.is_protected === 1 && { protection: row.protection ?? 'unknown' }),
        copies,
        parts: parts.all(id),
        relations: relationsOf('object', id),
      },
    ];
  });
}

function technicalOf(row: ObjectRow): [string, string][] {
  const known: [string, string | number | null][] = [
    ['codec', row.codec],
    ['duration in milliseconds', row.duration_ms],
    ['sample rate in hertz', row.sample_rate],
    ['bit depth', row.bit_depth],
    ['channels', row.channels],
    ['bit rate in bits per second', row.bit_rate],
  ];
  return known.flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
}

/** Copies of a content that are in sealed custody by one of these accessions. */
function copyReading(connection: Connection): (objectId: number, among: ReadonlySet<number>) => PremisCopy[] {
  const copy = connection.sql<CopyRow>(
    `SELECT r.id, c.accession_id, a.event_seq AS taken_by, f.location_id, f.path AS folder, r.name, r.outcome, r.checked_at,
       EXISTS (SELECT 1 FROM findings n WHERE n.replica_id = r.id) AS has_findings
     FROM replicas r CROSS JOIN accruals c ON c.id = r.accrual_id CROSS JOIN folders f ON f.id = r.folder_id
       LEFT JOIN acts a ON a.id = c.act_id
     WHERE r.object_id = ? AND c.sealed_at IS NOT NULL ORDER BY r.id`,
  );
  const finding = connection.sql<PremisCopy['findings'][number]>(
    `SELECT a.event_seq AS event, n.outcome FROM findings n JOIN acts a ON a.id = n.act_id
     WHERE n.replica_id = ? AND a.event_seq IS NOT NULL ORDER BY n.id`,
  );
  return (objectId, among) =>
    copy.all(objectId).flatMap((row): PremisCopy[] => {
      if (!among.has(row.accession_id)) return [];
      const folder = row.folder.toString('latin1');
      return [
        {
          accessionId: row.accession_id,
          ...valueIf('takenBy', row.taken_by),
          locationId: row.location_id,
          path: `${folder}${folder === '' ? '' : '/'}${row.name.toString('latin1')}`,
          outcome: row.outcome,
          ...valueIf('checkedAt', row.checked_at),
          findings: row.has_findings === 1 ? finding.all(row.id) : [],
        },
      ];
    });
}

function identifierReading(connection: Connection): (entity: string, id: number) => [string, string][] {
  const identifier = connection.sql<[string, string]>(
    'SELECT DISTINCT scheme, value FROM identifiers WHERE entity = ? AND entity_id = ? ORDER BY scheme, value',
  );
  return (entity, id) => identifier.raw(true).all(entity, id);
}

function relationReading(connection: Connection): (kind: string, id: number) => PremisRelation[] {
  const relation = connection.sql<PremisRelation>(
    `SELECT predicate, object AS kind, object_id AS id FROM relations WHERE subject = ? AND subject_id = ?
     ORDER BY predicate, object, object_id`,
  );
  return (kind, id) => relation.all(kind, id);
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
  const identifiersOf = identifierReading(connection);
  const relationsOf = relationReading(connection);
  return connection
    .sql<EntityRow>(`${ENTITIES[kind]} ORDER BY j.key`)
    .all(JSON.stringify(Array.from(ids)))
    .map(({ id, name, title, creator, date, within }) => ({
      kind,
      id,
      name,
      title,
      ...valueIf('creator', creator),
      ...valueIf('date', date),
      ...valueIf('within', within),
      identifiers: identifiersOf(kind, id),
      relations: kind === 'item' ? relationsOf('item', id) : [],
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
