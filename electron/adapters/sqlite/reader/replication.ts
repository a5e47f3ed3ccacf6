import type {
  AccrualToReplicate,
  FoundFile,
  KnownBag,
  KnownTagFile,
  ReplicationRow,
  SoughtFile,
  StagedRow,
  TagFile,
} from '../../../core/ports/replication.ts';
import { folderLabel } from '../../../../shared/domain/bag-path.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { Connection, Statement } from '../connection.ts';
import { SUCCEEDED } from '../successions.ts';
import { Paths } from './rows.ts';

/** Nanoseconds that a copy's modification time may be off: file systems and system calls round it. */
const MTIME_TOLERANCE = 1_000_000n;
const NS_PER_MS = 1_000_000n;

export function depositsFrom(connection: Connection, sources: readonly RawPath[]): { id: number }[] {
  const wanted = sources.map((path) => Buffer.from(path).toString('hex')).sort();
  const all = connection.sql<{ path: Buffer }>(
    'SELECT path FROM deposit_sources WHERE accession_id = ? ORDER BY path',
  );
  const [first] = sources;
  if (first === undefined) return [];
  return connection
    .sql<{ id: number }>(
      `SELECT s.accession_id AS id FROM deposit_sources s
       WHERE s.path = ? AND EXISTS (SELECT 1 FROM accruals c WHERE c.accession_id = s.accession_id AND c.sealed_at IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM deaccessions d WHERE d.accession_id = s.accession_id)
       ORDER BY s.accession_id`,
    )
    .all(first)
    .filter(({ id }) => {
      const has = all
        .all(id)
        .map(({ path }) => path.toString('hex'))
        .sort();
      return has.join() === wanted.join();
    });
}

interface StagedFileRow {
  readonly path: string;
  readonly original: Buffer;
  readonly size: bigint;
  readonly mtime_ns: bigint;
  readonly sha256: Buffer;
  readonly sha512: Buffer;
  readonly read_back_at: bigint | null;
}

export function staged(connection: Connection, actId: number, after: string, limit: number): StagedRow[] {
  return connection
    .sql<StagedFileRow>(
      `SELECT path, original, size, mtime_ns, sha256, sha512, read_back_at FROM staged_files
       WHERE act_id = ? AND path > ? ORDER BY path LIMIT ?`,
    )
    .safeIntegers(true)
    .all(actId, after, limit)
    .map((row) => ({
      path: row.path,
      ...(row.original.length > 0 && { original: row.original as Uint8Array as RawPath }),
      size: Number(row.size),
      mtimeNs: row.mtime_ns,
      sha256: row.sha256,
      sha512: row.sha512,
      readBack: row.read_back_at !== null,
    }));
}

export function alreadyStaged(
  connection: Connection,
  actId: number,
  files: readonly SoughtFile[],
): (FoundFile | undefined)[] {
  const inStaging = connection
    .sql<Looks>('SELECT size, mtime_ns FROM staged_files WHERE act_id = ? AND path = ?')
    .safeIntegers(true);
  const data = earlierBags(connection, actId);
  const inBag = connection
    .sql<Looks & { sha256: Buffer }>(
      `SELECT r.size, r.mtime_ns, o.sha256 FROM folders f JOIN replicas r ON r.folder_id = f.id JOIN objects o ON o.id = r.object_id
       WHERE f.location_id = ? AND f.path = ? AND r.name = ?`,
    )
    .safeIntegers(true);
  return files.map((file) => {
    const paths = [file.path, ...(file.others ?? [])];
    // What was read stays what is deposited, whatever became of the file meanwhile: so far nothing was said of it.
    if (paths.some((path) => looksSame(inStaging.get(actId, path), file))) return 'staged';
    const touched: Uint8Array[] = [];
    for (const path of data.length === 0 ? [] : paths) {
      const slash = path.lastIndexOf('/');
      const name = Buffer.from(path.slice(slash + 1));
      for (const { locationId, path: folder, openedAt } of data) {
        const within = slash < 0 ? folder : joinRaw(folder, utf8Path(path.slice(0, slash)));
        const found = inBag.get(locationId, within, name);
        if (found === undefined || !looksSame(found, file)) continue;
        if ((file.ctimeNs ?? 0n) / NS_PER_MS < openedAt) return 'deposited';
        touched.push(found.sha256);
      }
    }
    return touched.length > 0 ? { touched } : undefined;
  });
}

interface Looks {
  readonly size: bigint;
  readonly mtime_ns: bigint;
}

function looksSame(found: Looks | undefined, { size, mtimeNs }: SoughtFile): boolean {
  return found?.size === size && distance(found.mtime_ns, mtimeNs) < MTIME_TOLERANCE;
}

/** The payload folders of what the accession of this act has deposited before, and when that began (ms since 1970). */
function earlierBags(
  connection: Connection,
  actId: number,
): { locationId: number; path: RawPath; openedAt: number }[] {
  return connection
    .sql<{ locationId: number; path: Buffer; openedAt: number }>(
      `SELECT b.location_id AS locationId, b.path, c.opened_at AS openedAt FROM bags b JOIN accruals c ON c.id = b.accrual_id
       WHERE b.deleted_at IS NULL AND c.accession_id = (SELECT accession_id FROM accruals WHERE act_id = ?)`,
    )
    .all(actId)
    .map(({ path, ...bag }) => ({
      ...bag,
      path: joinRaw(path as Uint8Array as RawPath, utf8Path('data')),
    }));
}

export function notStaged(connection: Connection, actId: number, paths: readonly string[]): number[] {
  const known = connection.sql('SELECT 1 FROM staged_files WHERE act_id = ? AND path = ?');
  return paths.flatMap((path, at) => (known.get(actId, path) === undefined ? [at] : []));
}

export function stagedTally(connection: Connection, actId: number): { files: number; bytes: number } {
  const found = connection
    .sql<{ files: number; bytes: number }>(
      'SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM staged_files WHERE act_id = ?',
    )
    .get(actId);
  return found ?? { files: 0, bytes: 0 };
}

export function openReplica(connection: Connection, jobId: number): number | undefined {
  return connection
    .sql<{ accrual_id: number }>(
      'SELECT b.accrual_id FROM staged_bags b JOIN acts a ON a.id = b.act_id WHERE a.job_id = ? AND a.closed_at IS NULL',
    )
    .get(jobId)?.accrual_id;
}

export function stagedBag(connection: Connection, actId: number): { tagFiles: TagFile[] } | undefined {
  const found = connection
    .sql<{ tag_files: string | null }>('SELECT tag_files FROM staged_bags WHERE act_id = ?')
    .get(actId);
  if (found?.tag_files == null) return undefined;
  const rows = JSON.parse(found.tag_files) as [string, number, string][];
  return {
    tagFiles: rows.map(([path, size, sha256]) => ({ path, size, sha256: Buffer.from(sha256, 'hex') })),
  };
}

export function openJobIds(connection: Connection): number[] {
  return connection
    .sql<{ id: number }>(`SELECT id FROM jobs WHERE state NOT IN ('done', 'cancelled') ORDER BY id`)
    .all()
    .map(({ id }) => id);
}

export function accessionNumbered(connection: Connection, number: string): number | undefined {
  return connection.sql<{ id: number }>('SELECT id FROM accessions WHERE number = ?').get(number)?.id;
}

export function accrualsToReplicate(connection: Connection, accessionId?: number): AccrualToReplicate[] {
  const accruals = connection
    .sql<Omit<AccrualToReplicate, 'bags'>>(
      `SELECT c.id AS accrualId, n.id AS accessionId, n.number, n.title, c.number AS accrual,
         (SELECT count(DISTINCT r.object_id) FROM replicas r WHERE r.accrual_id = c.id) AS files,
         (SELECT coalesce(sum(o.size), 0) FROM objects o
          WHERE o.id IN (SELECT r.object_id FROM replicas r WHERE r.accrual_id = c.id)) AS bytes
       FROM accruals c JOIN accessions n ON n.id = c.accession_id
       WHERE c.sealed_at IS NOT NULL AND n.id = coalesce(?, n.id)
         AND NOT EXISTS (SELECT 1 FROM deaccessions d WHERE d.accession_id = n.id)
         AND EXISTS (SELECT 1 FROM replicas r WHERE r.accrual_id = c.id)
       ORDER BY c.id`,
    )
    .all(accessionId ?? null);
  return accruals.map((accrual) => ({ ...accrual, bags: bagsOf(connection, accrual.accrualId) }));
}

/** Without those that were succeeded. What a person accepted last leads; where nobody did, the bag that was sealed first. */
function bagsOf(connection: Connection, accrualId: number): KnownBag[] {
  return connection
    .sql<Omit<KnownBag, 'tagFiles'>>(
      `SELECT b.id, b.accrual_id AS accrualId, b.location_id AS locationId, b.path FROM bags b
       WHERE b.accrual_id = ? AND b.deleted_at IS NULL AND NOT ${SUCCEEDED}
       ORDER BY iif(EXISTS (SELECT 1 FROM bags o WHERE o.accrual_id = b.accrual_id AND o.location_id = b.location_id AND o.id < b.id),
         -b.id, b.id)`,
    )
    .all(accrualId)
    .map((bag) => ({ ...bag, tagFiles: tagFilesOf(connection, bag.id) }));
}

export function tagFilesOf(connection: Connection, bagId: number): TagFile[] {
  return connection
    .sql<TagFile>(
      'SELECT CAST(name AS TEXT) AS path, size, sha256 FROM bag_tag_files WHERE bag_id = ? ORDER BY name',
    )
    .all(bagId);
}

export function tagFiles(connection: Connection, locationId: number): KnownTagFile[] {
  return connection
    .sql<{ bagId: number; name: string; path: Buffer; sha256: Buffer }>(
      `SELECT t.bag_id AS bagId, CAST(t.name AS TEXT) AS name, CAST(b.path || x'2f' || t.name AS BLOB) AS path, t.sha256
       FROM bags b JOIN bag_tag_files t ON t.bag_id = b.id WHERE b.location_id = ? AND b.deleted_at IS NULL
         AND NOT ${SUCCEEDED} AND b.accrual_id NOT IN (SELECT c.id FROM deaccessions d JOIN accruals c ON c.accession_id = d.accession_id)
       ORDER BY b.id, t.name`,
    )
    .all(locationId)
    .map((row) => ({ ...row, path: row.path as Uint8Array as RawPath }));
}

export function locationsOfAccruals(connection: Connection, accrualIds: readonly number[]): number[] {
  return connection
    .sql<number>(
      `SELECT DISTINCT f.location_id FROM json_each(?) j CROSS JOIN replicas r ON r.accrual_id = j.value
         CROSS JOIN folders f ON f.id = r.folder_id ORDER BY 1`,
    )
    .pluck(true)
    .all(JSON.stringify(accrualIds));
}

interface LeadingRow {
  readonly id: number;
  readonly object_id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly size: number;
  readonly sha256: Buffer;
  readonly sha512: Buffer | null;
}

interface CopyRow {
  readonly id: number;
  readonly folder_id: number;
  readonly location_id: number;
  readonly name: Buffer;
}

/** Of several copies, the one last found intact first; a damaged one last. */
const BEST_FIRST = `ORDER BY r.outcome IN ('altered', 'truncated', 'missing', 'unreadable'), r.verified_at IS NULL, r.verified_at DESC, r.id`;

/**
 * The files of an accrual, once each, by the paths of its first bag, or else of the places where it was taken in. `after`
 * is the number of the replica that led the last row.
 */
export function replicationRows(
  connection: Connection,
  accrualId: number,
  after: number,
  limit: number,
): { rows: ReplicationRow[]; next: number | null } {
  const { isBag, prefixes } = leadOf(connection, accrualId);
  const locationIds = [...new Set(prefixes.map(({ locationId }) => locationId))];
  const found = connection
    .sql<LeadingRow & { location_id: number }>(
      `SELECT r.id, r.object_id, f.location_id, f.path AS folder, r.name, o.size, o.sha256,
         (SELECT value FROM digests d WHERE d.object_id = o.id AND d.algorithm = 'sha512') AS sha512
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id
       WHERE r.accrual_id = ? AND r.id > ? AND f.location_id IN (SELECT value FROM json_each(?))
       ORDER BY r.id LIMIT ?`,
    )
    .all(accrualId, after, JSON.stringify(locationIds), limit);
  const copies = new Copies(connection);
  const rows = found.flatMap((row): ReplicationRow[] => {
    const full = joinRaw(row.folder as Uint8Array as RawPath, row.name);
    const path = pathInLead(prefixes, row.location_id, full);
    if (path === undefined) return [];
    return [
      {
        path,
        isBagPath: isBag,
        objectId: row.object_id,
        size: row.size,
        sha256: row.sha256,
        ...(row.sha512 !== null && { sha512: row.sha512 }),
        copies: copies.of(row.object_id),
      },
    ];
  });
  return { rows, next: found.length < limit ? null : (found.at(-1)?.id ?? null) };
}

/** Where the copies of contents stand, the best first. For one call only, as `Paths`. */
export class Copies {
  readonly #copies: Statement<CopyRow>;
  readonly #paths: Paths;

  constructor(connection: Connection) {
    this.#paths = new Paths(connection);
    this.#copies = connection.sql<CopyRow>(
      `SELECT r.id, r.folder_id, f.location_id, r.name FROM replicas r JOIN folders f ON f.id = r.folder_id
       WHERE r.object_id = ? ${BEST_FIRST} LIMIT 20`,
    );
  }

  of(objectId: number): ReplicationRow['copies'] {
    return this.#copies.all(objectId).map((copy) => ({
      locationId: copy.location_id,
      path: this.#paths.file(copy.folder_id, copy.name),
      replicaId: copy.id,
    }));
  }
}

/** By whose paths the files of an accrual are called: those of its first bag, or of the places where it was taken in. */
export interface Lead {
  readonly isBag: boolean;
  readonly prefixes: readonly Prefix[];
}

export function leadOf(connection: Connection, accrualId: number): Lead {
  const [bag] = bagsOf(connection, accrualId);
  return {
    isBag: bag !== undefined,
    prefixes: bag === undefined ? rootsOfAccrual(connection, accrualId) : [payloadOf(bag)],
  };
}

/** @param path relative to the root of its location. @returns undefined where the lead has no such file */
export function pathInLead(
  prefixes: readonly Prefix[],
  locationId: number,
  path: RawPath,
): RawPath | undefined {
  const prefix = prefixes.find(
    (candidate) => candidate.locationId === locationId && startsWith(path, candidate.path),
  );
  if (prefix === undefined) return undefined;
  const within = path.subarray(prefix.path.length === 0 ? 0 : prefix.path.length + 1) as RawPath;
  return prefix.label === '' ? within : joinRaw(utf8Path(prefix.label), within);
}

interface Prefix {
  readonly locationId: number;
  readonly path: RawPath;
  /** The folder that stands for it in a bag of several. */
  readonly label: string;
}

function payloadOf(bag: KnownBag): Prefix {
  return { locationId: bag.locationId, path: joinRaw(bag.path, utf8Path('data')), label: '' };
}

/** Where an accession in place was taken from; several folders stand side by side in a bag, by their names. */
function rootsOfAccrual(connection: Connection, accrualId: number): Prefix[] {
  const roots = connection
    .sql<{ location_id: number; path: Buffer; root: Buffer }>(
      `SELECT r.location_id, r.path, l.root FROM accession_roots r JOIN locations l ON l.id = r.location_id
       WHERE r.accession_id = (SELECT accession_id FROM accruals WHERE id = ?) ORDER BY r.location_id, r.path`,
    )
    .all(accrualId);
  const taken = new Set<string>();
  return roots.map(({ location_id: locationId, path, root }) => {
    const absolute = path.length === 0 ? root : Buffer.concat([root, Buffer.from('/'), path]);
    const label = roots.length === 1 ? '' : folderLabel(absolute as Uint8Array as RawPath, taken);
    return { locationId, path: path as Uint8Array as RawPath, label };
  });
}

function startsWith(path: Uint8Array, prefix: Uint8Array): boolean {
  if (prefix.length === 0) return true;
  return path[prefix.length] === 0x2f && Buffer.compare(path.subarray(0, prefix.length), prefix) === 0;
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}
