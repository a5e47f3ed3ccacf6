import type { PremisCopy, PremisFile } from '../../../core/ports/premis.ts';
import type { Connection } from '../connection.ts';
import { grouped, identifiersOf, relationsOf } from './premis-about.ts';

type Pair = readonly [string, string];

type ObjectRow = [
  id: number,
  size: number,
  sha256: string,
  format: string,
  mime: string,
  puid: string,
  codec: string | null,
  durationMs: number | null,
  sampleRate: number | null,
  bitDepth: number | null,
  channels: number | null,
  bitRate: number | null,
  isProtected: number,
  protection: string | null,
];

const TECHNICAL = [
  'codec',
  'duration in milliseconds',
  'sample rate in hertz',
  'bit depth',
  'channels',
  'bit rate in bits per second',
] as const;
/** Where these stand in a row. */
const FIRST_TECHNICAL = 6;

/** Contents of a slice: one query for each table, since a million of them is asked for. */
export function premisFiles(
  connection: Connection,
  objects: Int32Array,
  accessions: Int32Array,
): PremisFile[] {
  const ids = JSON.stringify(Array.from(objects));
  const rows = connection
    .sql<ObjectRow>(
      `SELECT o.id, o.size, lower(hex(o.sha256)), f.name, f.mime, f.puid, t.codec, t.duration_ms, t.sample_rate, t.bit_depth,
         t.channels, t.bit_rate, c.object_id IS NOT NULL, c.report ->> '$.protection'
       FROM json_each(?) j CROSS JOIN objects o ON o.id = j.value JOIN formats f ON f.id = o.format_id
         LEFT JOIN technical_metadata t ON t.object_id = o.id
         LEFT JOIN internal_checks c ON c.object_id = o.id AND c.depth = 'quick' AND c.verdict = 'protected'
       ORDER BY o.id`,
    )
    .raw(true)
    .all(ids);
  const digests = pairsOf(
    connection,
    'SELECT d.object_id, d.algorithm, lower(hex(d.value)) FROM json_each(?) j CROSS JOIN digests d ON d.object_id = j.value ORDER BY d.object_id, d.algorithm',
    ids,
  );
  const essences = pairsOf(
    connection,
    'SELECT e.object_id, e.definition, lower(hex(e.value)) FROM json_each(?) j CROSS JOIN essences e ON e.object_id = j.value ORDER BY e.object_id, e.definition',
    ids,
  );
  const parts = grouped(
    connection
      .sql<[number, number, number]>(
        `SELECT p.object_id, p.representation_id, p.position FROM json_each(?) j CROSS JOIN parts p ON p.object_id = j.value
         ORDER BY p.object_id, p.id`,
      )
      .raw(true)
      .all(ids),
    ([, representationId, position]) => ({ representationId, position }),
  );
  const identifiers = identifiersOf(connection, 'object', ids);
  const relations = relationsOf(connection, 'object', ids);
  const copies = copiesOf(connection, ids, new Set(accessions));
  return rows.flatMap((row): PremisFile[] => {
    const [id, size, sha256, name, mime, puid] = row;
    const held = copies.get(id);
    if (held === undefined) return [];
    const [isProtected, protection] = row.slice(-2);
    return [
      {
        id,
        size,
        digests: [['sha256', sha256], ...(digests.get(id) ?? [])],
        format: { name, mime, puid },
        technical: TECHNICAL.flatMap((what, at): Pair[] => {
          const value = row[FIRST_TECHNICAL + at];
          return value == null ? [] : [[what, String(value)]];
        }),
        essences: essences.get(id) ?? [],
        identifiers: identifiers.get(id) ?? [],
        ...(isProtected === 1 && { protection: typeof protection === 'string' ? protection : 'unknown' }),
        copies: held,
        parts: parts.get(id) ?? [],
        relations: relations.get(id) ?? [],
      },
    ];
  });
}

function pairsOf(connection: Connection, sql: string, ids: string): Map<number, Pair[]> {
  return grouped(
    connection.sql<[number, string, string]>(sql).raw(true).all(ids),
    ([, name, value]): Pair => [name, value],
  );
}

type CopyRow = [
  objectId: number,
  replicaId: number,
  accessionId: number,
  takenBy: number | null,
  locationId: number,
  folder: Buffer,
  name: Buffer,
  outcome: string,
  checkedAt: number | null,
];

/** Copies that are in sealed custody by one of these accessions. @param ids of contents, JSON */
function copiesOf(
  connection: Connection,
  ids: string,
  among: ReadonlySet<number>,
): Map<number, PremisCopy[]> {
  const findings = grouped(
    connection
      .sql<[number, number, string]>(
        `SELECT n.replica_id, a.event_seq, n.outcome FROM json_each(?) j CROSS JOIN replicas r ON r.object_id = j.value
         CROSS JOIN findings n ON n.replica_id = r.id CROSS JOIN acts a ON a.id = n.act_id
         WHERE a.event_seq IS NOT NULL ORDER BY n.replica_id, n.id`,
      )
      .raw(true)
      .all(ids),
    ([, event, outcome]) => ({ event, outcome }),
  );
  const rows = connection
    .sql<CopyRow>(
      `SELECT r.object_id, r.id, c.accession_id, a.event_seq, f.location_id, f.path, r.name, r.outcome, r.checked_at
       FROM json_each(?) j CROSS JOIN replicas r ON r.object_id = j.value CROSS JOIN accruals c ON c.id = r.accrual_id
         CROSS JOIN folders f ON f.id = r.folder_id LEFT JOIN acts a ON a.id = c.act_id
       WHERE c.sealed_at IS NOT NULL ORDER BY r.object_id, r.id`,
    )
    .raw(true)
    .all(ids)
    .filter(([, , accessionId]) => among.has(accessionId));
  return grouped(rows, ([, id, accessionId, takenBy, locationId, folder, name, outcome, checkedAt]) => ({
    accessionId,
    ...(takenBy !== null && { takenBy }),
    locationId,
    path: `${folder.toString('latin1')}${folder.length === 0 ? '' : '/'}${name.toString('latin1')}`,
    outcome,
    ...(checkedAt !== null && { checkedAt }),
    findings: findings.get(id) ?? [],
  }));
}
