import { crc32OfParts } from '../../../../shared/domain/crc32-of-parts.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import type {
  ManifestedThing,
  ManifestPlan,
  ManifestReader,
  ManifestSelection,
  NamedSelection,
  PlannedFile,
} from '../../../core/ports/manifests.ts';
import type { Connection } from '../connection.ts';
import { BAD_OUTCOMES } from '../writer/item-facts.ts';
import { samplesMd5Of } from './samples-md5.ts';
import { logHead } from './status.ts';
import type { Search } from './search.ts';

/** What stands in chunk_digests is of so many bytes each. */
const CHUNK = 1024 * 1024;

/** Of the same accession: another may hold the same content, and is another's. */
const OF_PARTS = `
  SELECT r.id FROM parts p CROSS JOIN representations n ON n.id = p.representation_id CROSS JOIN items i ON i.id = n.item_id
  CROSS JOIN replicas r ON r.object_id = p.object_id CROSS JOIN accruals a ON a.id = r.accrual_id AND a.accession_id = i.accession_id`;

/** Replicas of a thing, by its kind. */
const OF_THING: Readonly<Record<ManifestedThing['kind'], string>> = {
  collection: `
    WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT c.id FROM below b JOIN collections c ON c.parent_id = b.id)
    SELECT r.id FROM below b CROSS JOIN accessions n ON n.collection_id = b.id CROSS JOIN accruals a ON a.accession_id = n.id
    CROSS JOIN replicas r ON r.accrual_id = a.id`,
  accession:
    'SELECT r.id FROM accruals a CROSS JOIN replicas r ON r.accrual_id = a.id WHERE a.accession_id = ?',
  item: `${OF_PARTS} WHERE i.id = ?`,
  part: `${OF_PARTS} WHERE p.id = ?`,
  object: 'SELECT id FROM replicas WHERE object_id = ?',
  replica: 'SELECT id FROM replicas WHERE id = ?',
};

interface PlannedRow {
  readonly id: number;
  readonly location: number;
}

/** What is to be listed, as it stands at this moment. */
export function manifestPlan(
  connection: Connection,
  search: () => Search,
  selection: ManifestSelection,
  locationId: number | undefined,
): ManifestPlan {
  return connection.db.transaction((): ManifestPlan => {
    const replicas: number[] = [];
    const files = new Map<number, number>();
    for (const { id, location } of rowsOf(connection, search, selection, locationId ?? null)) {
      replicas.push(id);
      files.set(location, (files.get(location) ?? 0) + 1);
    }
    return {
      replicas: Int32Array.from(replicas),
      locations: [...files].map(([id, count]) => ({ id, files: count, ...locationOf(connection, id) })),
      log: logHead(connection),
    };
  })();
}

/** By location, folder and name. A walk over everything goes by the indexes, and sorts nothing. */
function rowsOf(
  connection: Connection,
  search: () => Search,
  selection: ManifestSelection,
  locationId: number | null,
): IterableIterator<PlannedRow> {
  const rest = `WHERE r.accrual_id IN (SELECT id FROM accruals WHERE sealed_at IS NOT NULL)
    AND (? IS NULL OR f.location_id = ?) ORDER BY f.location_id, f.path, r.name`;
  if ('all' in selection)
    return connection
      .sql<PlannedRow>(
        `SELECT r.id, f.location_id AS location FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id ${rest}`,
      )
      .iterate(locationId, locationId);
  const ids = selectedReplicas(connection, search, selection);
  return connection
    .sql<PlannedRow>(
      `SELECT r.id, f.location_id AS location FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value
       CROSS JOIN folders f ON f.id = r.folder_id ${rest}`,
    )
    .iterate(JSON.stringify([...ids]), locationId, locationId);
}

/** Of any accrual, sealed or not. @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all */
export function selectedReplicas(
  connection: Connection,
  search: () => Search,
  selection: NamedSelection,
): ReadonlySet<number> {
  const ids = new Set<number>();
  if ('things' in selection) for (const thing of selection.things) addAll(connection, thing, ids);
  else for (const id of search().all(selection.search)) addAll(connection, { kind: 'part', id }, ids);
  return ids;
}

function addAll(connection: Connection, { kind, id }: ManifestedThing, ids: Set<number>): void {
  for (const replica of connection.sql<number>(OF_THING[kind]).pluck(true).iterate(id)) ids.add(replica);
}

function locationOf(connection: Connection, id: number): { name: string; root: RawPath } {
  const row = connection
    .sql<{ name: string; root: Buffer }>('SELECT name, root FROM locations WHERE id = ?')
    .get(id);
  return { name: row?.name ?? '', root: (row?.root ?? new Uint8Array()) as RawPath };
}

interface FileRow {
  readonly location: number;
  readonly object_id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly size: number;
  readonly sha256: Buffer;
  readonly amiss: number;
}

/** Texts, and no bytes: a buffer for each digest of a million files would be slow to cross threads. */
export function plannedFiles(
  connection: Connection,
  replicas: Int32Array,
  { algorithms, samplesMd5 }: Parameters<ManifestReader['plannedFiles']>[1],
): PlannedFile[] {
  const file = connection.sql<FileRow>(
    `SELECT f.location_id AS location, r.object_id, f.path AS folder, r.name, o.size, o.sha256,
       r.outcome IN ${BAD_OUTCOMES} OR r.outcome IN ('tags_changed', 'moved') AS amiss
     FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id WHERE r.id = ?`,
  );
  const further = connection.sql<{ algorithm: string; value: Buffer }>(
    'SELECT algorithm, value FROM digests WHERE object_id = ?',
  );
  const needsFurther = algorithms.some((each) => each !== 'sha256');
  return connection.db.transaction(() =>
    Array.from(replicas).flatMap((id) => {
      const row = file.get(id);
      if (row === undefined) return [];
      const digests: Record<string, string> = { sha256: row.sha256.toString('hex') };
      if (needsFurther)
        for (const { algorithm, value } of further.all(row.object_id))
          digests[algorithm] = value.toString('hex');
      const crc32 = algorithms.includes('crc32') ? (digests.crc32 ?? crc32Of(connection, row)) : undefined;
      if (crc32 !== undefined) digests.crc32 = crc32;
      const folder = row.folder.toString('latin1');
      const md5 = samplesMd5 ? samplesMd5Of(connection, row.object_id) : undefined;
      return {
        locationId: row.location,
        path: `${folder}${folder === '' ? '' : '/'}${row.name.toString('latin1')}`,
        size: row.size,
        digests,
        isAmiss: row.amiss === 1,
        ...(md5 === undefined ? {} : { samplesMd5: md5 }),
      };
    }),
  )();
}

/** Of a recording whose parts are digested; of others nothing is known. */
function crc32Of(connection: Connection, { object_id: id, size }: FileRow): string | undefined {
  const parts = connection
    .sql<Buffer>('SELECT crc32 FROM chunk_digests WHERE object_id = ?')
    .pluck(true)
    .get(id);
  const crc = parts && crc32OfParts(parts, size, CHUNK);
  return crc?.toString(16).padStart(8, '0');
}
