import type { Entity, FormerReplica, Holding } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { pathToJson } from '../../../../shared/domain/path.ts';
import type { Connection } from '../connection.ts';
import { deaccessionOf } from './custody.ts';
import { hex, Paths, time, timeIf, valueIf } from './rows.ts';

type Facts = Entity['facts'];

/** Rows of one thing that are shown at most. */
const MOST_ROWS = 200;

interface FormerRow {
  readonly id: number;
  readonly location_id: number;
  readonly location_name: string;
  readonly folder_id: number;
  readonly name: Buffer | null;
  readonly size: number;
  readonly accession_id: number;
  readonly number: string;
  readonly ended_at: number;
  readonly reason: string;
  readonly authority: string;
  readonly deleted_at: number | null;
  readonly deletion_reason: string | null;
}

const FORMER = `
  SELECT d.id, l.id AS location_id, l.name AS location_name, d.folder_id, d.name, d.size, a.id AS accession_id, a.number,
    d.ended_at, x.reason, x.authority, d.deleted_at, n.reason AS deletion_reason
  FROM removed_replicas d JOIN folders f ON f.id = d.folder_id JOIN locations l ON l.id = f.location_id
    JOIN accruals c ON c.id = d.accrual_id JOIN accessions a ON a.id = c.accession_id
    JOIN deaccessions x ON x.accession_id = a.id LEFT JOIN deletions n ON n.accession_id = a.id`;

/** Copies of a content that custody has ended of, the newest first. */
export function formerReplicasOf(connection: Connection, objectId: number): FormerReplica[] {
  const paths = new Paths(connection);
  return connection
    .sql<FormerRow>(`${FORMER} WHERE d.object_id = ? ORDER BY d.ended_at DESC, d.id DESC LIMIT ${MOST_ROWS}`)
    .all(objectId)
    .map((row) => formerOf(row, paths));
}

export function formerReplica(connection: Connection, id: number): FormerReplica | undefined {
  const row = connection.sql<FormerRow>(`${FORMER} WHERE d.id = ?`).get(id);
  return row && formerOf(row, new Paths(connection));
}

function formerOf(row: FormerRow, paths: Paths): FormerReplica {
  return {
    id: publicId('replica', row.id),
    location: publicId('location', row.location_id),
    locationName: row.location_name,
    ...valueIf('path', row.name === null ? null : pathToJson(paths.file(row.folder_id, row.name))),
    size: row.size,
    accession: row.number,
    accessionId: publicId('accession', row.accession_id),
    custodyEndedAt: time(row.ended_at),
    reason: row.reason,
    authority: row.authority,
    ...timeIf('deletedAt', row.deleted_at),
    ...valueIf('deletionReason', row.deleted_at === null ? null : row.deletion_reason),
  };
}

/** What a content without a copy in custody says of itself; nothing of one that is held. */
export function heldFacts(replicas: number, former: readonly FormerReplica[]): Facts {
  const [newest] = former;
  if (replicas > 0 || newest === undefined) return {};
  const deleted = former.map(({ deletedAt }) => deletedAt ?? '').sort();
  return {
    held: false,
    custodyEndedAt: newest.custodyEndedAt,
    custodyEndedReason: newest.reason,
    custodyEndedAuthority: newest.authority,
    deletedAt: deleted.at(-1) === '' ? null : (deleted.at(-1) ?? null),
    deletionReason: former.find(({ deletionReason }) => deletionReason !== undefined)?.deletionReason ?? null,
  };
}

/** The accessions that former copies came with: their events say what became of them. */
export function accessionLinks(former: readonly FormerReplica[]): (readonly ['accession', number])[] {
  return [...new Set(former.map(({ accessionId }) => accessionId))].map((id) => [
    'accession',
    Number(id.slice(id.indexOf('-') + 1)),
  ]);
}

/** What an accession was made of when custody of it ended: its items say nothing of that any more. */
export function formerSums(
  connection: Connection,
  accessionId: number,
): { readonly parts: number; readonly bytes: number; readonly ms: number } {
  return (
    connection
      .sql<{ parts: number; bytes: number; ms: number }>(
        `SELECT count(*) AS parts, coalesce(sum(p.size), 0) AS bytes, coalesce(sum(p.duration_ms), 0) AS ms
         FROM items i CROSS JOIN representations r ON r.item_id = i.id
           CROSS JOIN removed_parts p ON p.representation_id = r.id WHERE i.accession_id = ?`,
      )
      .get(accessionId) ?? { parts: 0, bytes: 0, ms: 0 }
  );
}

/** How custody of an accession ended; nothing while it lasts. */
export function deaccessionFacts(connection: Connection, accessionId: number): Facts {
  const ended = deaccessionOf(connection, accessionId);
  if (ended === undefined) return {};
  return {
    custodyEndedAt: ended.at,
    custodyEndedReason: ended.reason,
    custodyEndedAuthority: ended.authority,
    custodyEndedBy: ended.agent,
  };
}

interface DeletionRow {
  readonly reason: string;
  readonly agent: string;
  readonly second_agent: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly deleted: number;
  readonly unfinished: number;
}

/** What became of an accession's bytes, as far as Holdfast had to do with it. */
export function deletionFacts(connection: Connection, accessionId: number): Facts {
  const row = connection
    .sql<DeletionRow>(
      `SELECT d.reason, g.name AS agent, s.name AS second_agent, d.opened_at, d.closed_at,
         (SELECT count(*) FROM accruals c CROSS JOIN removed_replicas x ON x.accrual_id = c.id
          WHERE c.accession_id = d.accession_id AND x.deleted_at IS NOT NULL) AS deleted,
         (SELECT count(*) FROM deletion_places p WHERE p.deletion_id = d.id AND p.state IN ('pending', 'removing', 'refused'))
           AS unfinished
       FROM deletions d JOIN agents g ON g.id = d.agent_id JOIN agents s ON s.id = d.second_agent_id WHERE d.accession_id = ?`,
    )
    .get(accessionId);
  if (row === undefined) return {};
  return {
    deletionBegunAt: time(row.opened_at),
    deletionCompleteAt: row.closed_at === null ? null : time(row.closed_at),
    deletionReason: row.reason,
    deletionAgents: `${row.agent}, ${row.second_agent}`,
    copiesDeleted: row.deleted,
    ...(row.unfinished > 0 && { placesPending: row.unfinished }),
  };
}

export function formerPartsOfItem(connection: Connection, itemId: number): Holding[] {
  return formerHoldings(
    connection,
    `SELECT p.id FROM representations r CROSS JOIN removed_parts p ON p.representation_id = r.id
     WHERE r.item_id = ? ORDER BY r.role = 'documentation', r.id, p.position, p.id LIMIT ${MOST_ROWS}`,
    itemId,
  );
}

export function formerPartsOfAccession(connection: Connection, accessionId: number): Holding[] {
  return formerHoldings(
    connection,
    `SELECT p.id FROM items i CROSS JOIN representations r ON r.item_id = i.id
       CROSS JOIN removed_parts p ON p.representation_id = r.id
     WHERE i.accession_id = ? ORDER BY i.grouping_key LIMIT ${MOST_ROWS}`,
    accessionId,
  );
}

export function formerPart(connection: Connection, partId: number): Holding | undefined {
  return formerHoldings(connection, 'SELECT ? AS id', partId)[0];
}

interface PartRow {
  readonly id: number;
  readonly item_id: number;
  readonly item_title: string;
  readonly item_date: string | null;
  readonly accession: string;
  readonly role: string;
  readonly kind: string;
  readonly format: string;
  readonly title: string | null;
  readonly name_title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly date: string | null;
  readonly duration_ms: number;
  readonly size: number;
  readonly sha256: Buffer;
  readonly replicas: number;
  readonly location_id: number | null;
  readonly folder_id: number | null;
  readonly name: Buffer | null;
  readonly deleted_at: number | null;
  readonly verified_at: number | null;
}

/** Parts as they were when custody ended; `replicas` are those that others hold of the same contents now. */
function formerHoldings(connection: Connection, ids: string, of: number): Holding[] {
  const paths = new Paths(connection);
  return connection
    .sql<PartRow>(
      `SELECT p.id, i.id AS item_id, i.title AS item_title, i.date AS item_date, a.number AS accession, r.role, o.kind,
         m.name AS format, e.title, p.name_title, coalesce(e.artist, e.album_artist) AS artist, e.album, e.date,
         p.duration_ms, p.size, o.sha256, (SELECT count(*) FROM replicas y WHERE y.object_id = p.object_id) AS replicas,
         f.location_id, x.folder_id, x.name, x.deleted_at, x.verified_at
       FROM (${ids}) w CROSS JOIN removed_parts p ON p.id = w.id
         CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id
         CROSS JOIN accessions a ON a.id = i.accession_id CROSS JOIN objects o ON o.id = p.object_id
         CROSS JOIN formats m ON m.id = o.format_id LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
         LEFT JOIN removed_replicas x ON x.id = p.replica_id LEFT JOIN folders f ON f.id = x.folder_id`,
    )
    .all(of)
    .map((row) => ({
      id: publicId('part', row.id),
      item: publicId('item', row.item_id),
      itemTitle: row.item_title,
      accession: row.accession,
      role: row.role,
      kind: row.kind,
      title: row.title ?? row.name_title ?? '',
      artist: row.artist ?? '',
      album: row.album ?? '',
      date: row.date ?? row.item_date ?? '',
      format: row.format,
      durationMs: row.duration_ms,
      size: row.size,
      sha256: hex(row.sha256),
      replicas: row.replicas,
      // No copy of it is in custody.
      status: 'access-only',
      path:
        row.folder_id === null || row.name === null
          ? { display: '' }
          : pathToJson(paths.file(row.folder_id, row.name)),
      location: publicId('location', row.location_id ?? 1),
      outcome: row.deleted_at === null ? 'custody_ended' : 'deleted',
      ...timeIf('verifiedAt', row.verified_at),
    }));
}
