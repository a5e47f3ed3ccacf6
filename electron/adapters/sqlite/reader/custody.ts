import type { Deaccession, PendingDeletion } from '../../../../shared/contract/custody.ts';
import { bagIdentifier, editionOf } from '../../../../shared/domain/bag-path.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { LEFT_IN_PLACE, type DeletionState } from '../../../../shared/domain/letting-go.ts';
import {
  baseName,
  joinRaw,
  parentOf,
  pathToJson,
  relativeTo,
  type RawPath,
} from '../../../../shared/domain/path.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { BagContents, CustodyPlace, SharedContents } from '../../../core/ports/custody.ts';
import { asBuffer, type Connection } from '../connection.ts';
import { IN_PAYLOAD, payloadBounds } from '../successions.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { below, time } from './rows.ts';

export function deaccessionOf(connection: Connection, accessionId: number): Deaccession | undefined {
  const row = connection
    .sql<{ reason: string; authority: string; agent: string; event_seq: number; at: number }>(
      `SELECT d.reason, d.authority, g.name AS agent, d.event_seq, d.at
       FROM deaccessions d JOIN agents g ON g.id = d.agent_id WHERE d.accession_id = ?`,
    )
    .get(accessionId);
  return (
    row && {
      at: time(row.at),
      reason: row.reason,
      authority: row.authority,
      agent: row.agent,
      event: publicId('event', row.event_seq),
    }
  );
}

interface PlaceRow {
  readonly id: number;
  readonly location_id: number;
  readonly location_name: string;
  readonly root: Buffer;
  readonly writes: string;
  readonly bag_id: number | null;
  readonly bag_path: Buffer | null;
  readonly state: DeletionState;
  readonly detail: string;
  readonly job_id: number | null;
  readonly files: number;
  readonly bytes: number;
}

const OWN = 'own AS (SELECT id, accession_id FROM accruals WHERE accession_id = ?)';
const SUMS = `
  SELECT f.location_id, d.bag_id, count(*) AS files, coalesce(sum(d.size), 0) AS bytes
  FROM removed_replicas d CROSS JOIN folders f ON f.id = d.folder_id WHERE d.accrual_id IN (SELECT id FROM own) GROUP BY 1, 2`;
// A bag has a place even where nothing of its payload is recorded; what stands in no bag has one for each location.
const PLANNED = `
  SELECT 0 AS id, location_id, id AS bag_id, 'pending' AS state, '' AS detail, NULL AS act_id FROM bags
  WHERE accrual_id IN (SELECT id FROM own) AND deleted_at IS NULL
  UNION ALL SELECT 0, location_id, NULL, 'left', '', NULL FROM sums WHERE bag_id IS NULL`;
const RECORDED = `
  SELECT p.id, p.location_id, p.bag_id, p.state, p.detail, p.act_id FROM deletion_places p
  WHERE p.deletion_id IN (SELECT id FROM deletions WHERE accession_id IN (SELECT accession_id FROM own))`;

/** Where copies of a deaccessioned accession stand: as its deletion recorded it, or as one would begin. */
export function custodyPlaces(connection: Connection, accessionId: number): CustodyPlace[] {
  const begun = connection.sql('SELECT 1 FROM deletions WHERE accession_id = ?').get(accessionId);
  return connection
    .sql<PlaceRow>(
      `WITH ${OWN}, sums AS (${SUMS}), places AS (${begun === undefined ? PLANNED : RECORDED})
       SELECT p.id, p.location_id, l.name AS location_name, l.root, l.writes, p.bag_id, b.path AS bag_path, p.state,
         p.detail, a.job_id, coalesce(s.files, 0) AS files, coalesce(s.bytes, 0) AS bytes
       FROM places p JOIN locations l ON l.id = p.location_id LEFT JOIN bags b ON b.id = p.bag_id
         LEFT JOIN acts a ON a.id = p.act_id
         LEFT JOIN sums s ON s.location_id = p.location_id AND s.bag_id IS p.bag_id
       ORDER BY p.location_id, p.bag_id`,
    )
    .all(accessionId)
    .map((row) => placeOf(connection, accessionId, row));
}

function placeOf(connection: Connection, accessionId: number, row: PlaceRow): CustodyPlace {
  return {
    id: row.id,
    locationId: row.location_id,
    locationName: row.location_name,
    locationRoot: row.root as Uint8Array as RawPath,
    ...(row.bag_id !== null &&
      row.bag_path !== null && {
        bag: {
          id: row.bag_id,
          path: row.bag_path as Uint8Array as RawPath,
          heldBy: holdersBelow(connection, row.location_id, row.bag_path),
        },
      }),
    state: row.state,
    detail: row.detail !== '' || row.state !== 'left' ? row.detail : whyLeft(connection, accessionId, row),
    ...(row.job_id !== null && { jobId: row.job_id }),
    files: row.files,
    bytes: row.bytes,
  };
}

const HOLDERS_NAMED = 5;

/** Accessions in custody of something at or below a path. */
export function holdersBelow(connection: Connection, locationId: number, path: Buffer): string[] {
  const [from, to] = [Buffer.concat([path, Buffer.from('/')]), Buffer.concat([path, Buffer.from('0')])];
  return connection
    .sql<string>(
      `SELECT DISTINCT a.number FROM (
         SELECT id FROM folders WHERE location_id = ? AND path = ?
         UNION ALL SELECT id FROM folders WHERE location_id = ? AND path > ? AND path < ?) f
       CROSS JOIN replicas r ON r.folder_id = f.id CROSS JOIN accruals c ON c.id = r.accrual_id
       CROSS JOIN accessions a ON a.id = c.accession_id ORDER BY a.number LIMIT ${HOLDERS_NAMED}`,
    )
    .pluck(true)
    .all(locationId, path, locationId, from, to);
}

function whyLeft(connection: Connection, accessionId: number, row: PlaceRow): string {
  const holders = connection
    .sql<string>(
      `WITH ${OWN}
       SELECT DISTINCT a.number FROM removed_replicas d CROSS JOIN folders f ON f.id = d.folder_id
         CROSS JOIN replicas r ON r.folder_id = d.folder_id AND r.name = d.name
         CROSS JOIN accruals c ON c.id = r.accrual_id CROSS JOIN accessions a ON a.id = c.accession_id
       WHERE d.accrual_id IN (SELECT id FROM own) AND d.bag_id IS NULL AND f.location_id = ?
       ORDER BY a.number LIMIT ${HOLDERS_NAMED}`,
    )
    .pluck(true)
    .all(accessionId, row.location_id);
  const now = holders.length === 0 ? '' : ` Files there are held under accession ${holders.join(', ')} now.`;
  return `${LEFT_IN_PLACE}${now}`;
}

interface BagRow {
  readonly path: RawPath;
  readonly accrual_id: number;
  readonly location_id: number;
  readonly accession_id: number;
  readonly number: string;
  readonly accrual: number;
  readonly archive: string;
  /** The bag with the copies on record: this one, or the last that succeeded it, which has files of the same names. */
  readonly last_id: number;
  readonly last_path: Buffer;
}

export function bagContents(connection: Connection, bagId: number): BagContents {
  const bag = connection
    .sql<BagRow>(
      `SELECT b.path, b.accrual_id, b.location_id, a.id AS accession_id, a.number, c.number AS accrual, (SELECT id FROM archive) AS archive,
         n.id AS last_id, n.path AS last_path
       FROM bags b JOIN accruals c ON c.id = b.accrual_id JOIN accessions a ON a.id = c.accession_id
         JOIN bags n ON n.accrual_id = b.accrual_id AND n.location_id = b.location_id
       WHERE b.id = ? ORDER BY n.id DESC LIMIT 1`,
    )
    .get(bagId);
  if (bag === undefined) throw new HoldfastError('INTERNAL', `There is no bag ${bagId} in this archive.`);
  const tagFiles = connection
    .sql<{ name: Uint8Array; sha256: Uint8Array }>(
      'SELECT name, sha256 FROM bag_tag_files WHERE bag_id = ? ORDER BY name',
    )
    .all(bagId)
    .map(({ name, sha256 }) => ({ name: name as RawPath, sha256 }));
  const payload = connection
    .sql<[Buffer, Buffer]>(
      `SELECT f.path, d.name FROM removed_replicas d CROSS JOIN folders f ON f.id = d.folder_id
       WHERE d.accrual_id = ? AND d.bag_id = ? AND d.name IS NOT NULL
       UNION ALL SELECT f.path, r.name FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id
       WHERE r.accrual_id = ? AND ${IN_PAYLOAD}`,
    )
    .raw(true)
    .all(
      bag.accrual_id,
      bag.last_id,
      bag.accrual_id,
      ...payloadBounds({ locationId: bag.location_id, path: bag.last_path }),
    )
    .map(([folder, name]) =>
      joinRaw(
        folder.subarray(Math.min(folder.length, bag.last_path.length + 1)) as Uint8Array as RawPath,
        name,
      ),
    );
  const of = { id: bag.accession_id, number: bag.number, accrual: bag.accrual };
  return {
    accessionNumber: bag.number,
    identifier: bagIdentifier(bag.archive, bag.number, bag.accrual, editionOf(bag.path, bag.archive, of)),
    files: [...payload, ...tagFiles.map(({ name }) => name)],
    tagFiles,
  };
}

/** Which contents of an accession that is let go others hold too. */
export function sharedContents(connection: Connection, accessionId: number): SharedContents {
  const objects = `SELECT DISTINCT object_id AS id FROM removed_replicas
    WHERE accrual_id IN (SELECT id FROM accruals WHERE accession_id = ?)`;
  const sums = connection
    .sql<{ held: number; objects: number; bytes: number }>(
      `SELECT EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = o.id) AS held, count(*) AS objects,
         coalesce(sum(o.size), 0) AS bytes
       FROM (${objects}) x JOIN objects o ON o.id = x.id GROUP BY 1`,
    )
    .all(accessionId);
  const of = (held: number) => {
    const { objects: count, bytes } = sums.find((row) => row.held === held) ?? { objects: 0, bytes: 0 };
    return { objects: count, bytes };
  };
  const accessions = connection
    .sql<string>(
      `SELECT DISTINCT a.number FROM (${objects}) x CROSS JOIN replicas r ON r.object_id = x.id
         CROSS JOIN accruals c ON c.id = r.accrual_id CROSS JOIN accessions a ON a.id = c.accession_id ORDER BY a.number`,
    )
    .pluck(true)
    .all(accessionId);
  return { heldElsewhere: { ...of(1), accessions }, heldNowhereElse: of(0) };
}

interface PendingRow {
  readonly id: number;
  readonly location_id: number;
  readonly location_name: string;
  readonly root: Buffer;
  readonly bag_path: Buffer | null;
  readonly state: DeletionState;
  readonly detail: string;
  readonly accession_id: number;
  readonly number: string;
  readonly opened_at: number;
  readonly files: number;
  readonly bytes: number;
}

/** Places where a deletion is not done, the oldest first. */
export function pendingDeletions(connection: Connection, page: PageRequest): Page<PendingDeletion> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'pending', ['integer']);
  const found = connection
    .sql<PendingRow>(
      `SELECT p.id, p.location_id, l.name AS location_name, l.root, b.path AS bag_path, p.state, p.detail,
         a.id AS accession_id, a.number, d.opened_at, count(x.id) AS files, coalesce(sum(x.size), 0) AS bytes
       FROM deletion_places p JOIN deletions d ON d.id = p.deletion_id JOIN accessions a ON a.id = d.accession_id
         JOIN locations l ON l.id = p.location_id LEFT JOIN bags b ON b.id = p.bag_id
         LEFT JOIN removed_replicas x ON x.accrual_id = b.accrual_id AND x.bag_id = p.bag_id
       WHERE p.state IN ('pending', 'removing', 'refused') ${after ? 'AND p.id > ?' : ''}
       GROUP BY p.id ORDER BY p.id LIMIT ?`,
    )
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'pending', (row) => ({
    accession: { id: publicId('accession', row.accession_id), number: row.number },
    since: time(row.opened_at),
    location: publicId('location', row.location_id),
    locationName: row.location_name,
    path: pathToJson(below(row.root as Uint8Array as RawPath, row.bag_path ?? new Uint8Array(0))),
    state: row.state,
    detail: row.detail,
    files: row.files,
    bytes: row.bytes,
  }));
}

export function hasFormerCustody(connection: Connection, locationId: number): boolean {
  return (
    connection
      .sql(
        `SELECT 1 FROM removed_replicas d CROSS JOIN folders f ON f.id = d.folder_id
         WHERE d.deleted_at IS NULL AND f.location_id = ? LIMIT 1`,
      )
      .get(locationId) !== undefined
  );
}

export function formerCustody(
  connection: Connection,
  locationId: number,
  folder: RawPath,
  names: readonly Uint8Array[],
): boolean[] {
  const folderId = connection
    .sql<number>('SELECT id FROM folders WHERE location_id = ? AND path = ?')
    .pluck(true)
    .get(locationId, asBuffer(folder));
  const former = connection.sql(
    'SELECT 1 FROM removed_replicas WHERE folder_id = ? AND name = ? AND deleted_at IS NULL LIMIT 1',
  );
  const beside = formerTagFiles(connection, locationId, folder);
  return names.map(
    (name) =>
      (folderId !== undefined && former.get(folderId, asBuffer(name)) !== undefined) ||
      beside.has(asBuffer(name).toString('latin1')),
  );
}

/** Names of the tag files that stand in this folder, in a bag that custody has ended of and that is not deleted. */
function formerTagFiles(connection: Connection, locationId: number, folder: RawPath): Set<string> {
  const bagAt = connection
    .sql<number>(
      `SELECT b.id FROM bags b JOIN accruals c ON c.id = b.accrual_id JOIN deaccessions d ON d.accession_id = c.accession_id
       WHERE b.location_id = ? AND b.path = ? AND b.deleted_at IS NULL`,
    )
    .pluck(true);
  for (let at = folder; at.length > 0; at = parentOf(at)) {
    const bag = bagAt.get(locationId, asBuffer(at));
    if (bag === undefined) continue;
    const below = relativeTo(at, folder) ?? folder;
    const names = connection
      .sql<{ name: Uint8Array }>('SELECT name FROM bag_tag_files WHERE bag_id = ?')
      .all(bag)
      .filter(({ name }) => Buffer.compare(parentOf(name as RawPath), below) === 0)
      .map(({ name }) => asBuffer(baseName(name as RawPath)).toString('latin1'));
    return new Set(names);
  }
  return new Set();
}
