/** What is to be packed for somebody: files of a selection, once each, as they are called in their accession. */
import { bagName } from '../../../../shared/domain/bag-path.ts';
import { baseName, joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { RightsBasisOrGap } from '../../../../shared/domain/rights.ts';
import type { ChosenAccession, ChosenFile, ChosenFiles } from '../../../core/ports/handing-out.ts';
import type { NamedSelection } from '../../../core/ports/manifests.ts';
import type { Connection } from '../connection.ts';
import { selectedReplicas } from './manifests.ts';
import { Copies, leadOf, pathInLead, type Lead } from './replication.ts';
import type { Search } from './search.ts';
import { logHead } from './status.ts';

interface Accrual {
  readonly id: number;
  readonly accession: number;
}

export function chosenFiles(
  connection: Connection,
  search: () => Search,
  selection: NamedSelection,
): ChosenFiles {
  return connection.db.transaction((): ChosenFiles => {
    const ids = JSON.stringify([...selectedReplicas(connection, search, selection)]);
    const accruals = connection
      .sql<Accrual>(
        `SELECT DISTINCT c.id, c.accession_id AS accession FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value
         CROSS JOIN accruals c ON c.id = r.accrual_id WHERE c.sealed_at IS NOT NULL ORDER BY c.accession_id, c.number`,
      )
      .all(ids);
    const replicas = accruals.flatMap(({ id }) => leadingReplicas(connection, id, ids));
    const accessions = [...new Set(accruals.map(({ accession }) => accession))];
    return {
      replicas: Int32Array.from(replicas),
      accessions: accessions.map((id) => chosenAccession(connection, id)),
      log: logHead(connection),
    };
  })();
}

interface PlacedRow {
  readonly id: number;
  readonly object_id: number;
  readonly location_id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
}

const PLACED = `
  SELECT r.id, r.object_id, f.location_id, f.path AS folder, r.name FROM replicas r JOIN folders f ON f.id = r.folder_id`;

/** Of each content that is chosen of an accrual, the replicas by whose names its files are called. */
function leadingReplicas(connection: Connection, accrualId: number, ids: string): number[] {
  const lacking = new Map<number, number>(
    connection
      .sql<{ id: number; object_id: number }>(
        'SELECT r.id, r.object_id FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value WHERE r.accrual_id = ? ORDER BY r.id DESC',
      )
      .all(ids, accrualId)
      .map(({ id, object_id }) => [object_id, id]),
  );
  const chosen = new Set(lacking.keys());
  const { prefixes } = leadOf(connection, accrualId);
  const leading: number[] = [];
  for (const row of connection
    .sql<PlacedRow>(`${PLACED} WHERE r.accrual_id = ? ORDER BY f.location_id, f.path, r.name`)
    .iterate(accrualId)) {
    if (!chosen.has(row.object_id) || pathInLead(prefixes, row.location_id, fullPath(row)) === undefined)
      continue;
    leading.push(row.id);
    lacking.delete(row.object_id);
  }
  // What stands only where it was moved to, or in a bag that does not lead.
  return [...leading, ...lacking.values()];
}

function fullPath({ folder, name }: Pick<PlacedRow, 'folder' | 'name'>): RawPath {
  return folder.length === 0 ? (name as Uint8Array as RawPath) : joinRaw(asPath(folder), name);
}

function chosenAccession(connection: Connection, id: number): ChosenAccession {
  const row = connection
    .sql<{
      number: string;
      title: string;
      collection_id: number | null;
      source: string | null;
      acquired: string | null;
    }>('SELECT number, title, collection_id, source, acquired FROM accessions WHERE id = ?')
    .get(id);
  if (row === undefined) throw new Error('an accrual without its accession');
  const collections = connection
    .sql<number>(
      `WITH RECURSIVE above (id) AS (SELECT ? UNION SELECT c.parent_id FROM above a JOIN collections c ON c.id = a.id)
       SELECT id FROM above WHERE id IS NOT NULL`,
    )
    .pluck(true)
    .all(row.collection_id);
  return {
    id,
    number: row.number,
    title: row.title,
    hasSource: (row.source ?? '') !== '',
    hasAcquisition: (row.acquired ?? '') !== '',
    bases: [...basesOf(connection, 'accession', [id]), ...basesOf(connection, 'collection', collections)],
  };
}

/** Of each of them the statement that stands: the last one. */
function basesOf(connection: Connection, entity: string, ids: readonly number[]): RightsBasisOrGap[] {
  return connection
    .sql<RightsBasisOrGap>(
      `SELECT s.basis FROM json_each(?) j JOIN rights_statements s ON s.id =
         (SELECT max(l.statement_id) FROM rights_links l WHERE l.entity = ? AND l.entity_id = j.value)`,
    )
    .pluck(true)
    .all(JSON.stringify(ids), entity);
}

interface ChosenRow extends PlacedRow {
  readonly accrual_id: number;
  readonly accession_id: number;
  readonly accrual: number;
  readonly accession_number: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly protected: number;
}

export function chosenRows(connection: Connection, replicas: Int32Array): ChosenFile[] {
  const chosen = connection.sql<ChosenRow>(
    `SELECT r.id, r.object_id, f.location_id, f.path AS folder, r.name, r.accrual_id, c.accession_id, c.number AS accrual,
       n.number AS accession_number, o.size, o.sha256,
       EXISTS (SELECT 1 FROM internal_checks i WHERE i.object_id = o.id AND i.verdict = 'protected') AS protected
     FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id
     JOIN accruals c ON c.id = r.accrual_id JOIN accessions n ON n.id = c.accession_id WHERE r.id = ?`,
  );
  const digests = connection.sql<{ algorithm: string; value: Buffer }>(
    'SELECT algorithm, value FROM digests WHERE object_id = ?',
  );
  return connection.db.transaction(() => {
    const copies = new Copies(connection);
    const leads = new Map<number, Lead>();
    const hasOwnRights =
      connection
        .sql(`SELECT 1 FROM rights_links WHERE entity IN ('item', 'part', 'object') LIMIT 1`)
        .get() !== undefined;
    return Array.from(replicas).flatMap((id): ChosenFile[] => {
      const row = chosen.get(id);
      if (row === undefined) return [];
      const lead = leads.get(row.accrual_id) ?? leadOf(connection, row.accrual_id);
      leads.set(row.accrual_id, lead);
      const { accession_id: accessionId, object_id: objectId, size, sha256 } = row;
      const folder = bagName({ id: accessionId, number: row.accession_number, accrual: row.accrual });
      return [
        {
          replicaId: id,
          accessionId,
          objectId,
          size,
          sha256,
          ...pathOf(lead, folder, row),
          digests: new Map(digests.all(objectId).map(({ algorithm, value }) => [algorithm, value])),
          isProtected: row.protected === 1,
          ...belonging(connection, row, hasOwnRights),
          copies: copies.of(objectId),
        },
      ];
    });
  })();
}

function pathOf(lead: Lead, folder: string, row: PlacedRow): Pick<ChosenFile, 'path' | 'isBagPath'> {
  const full = fullPath(row);
  const path = pathInLead(lead.prefixes, row.location_id, full);
  if (path !== undefined) return { path: joinRaw(utf8Path(folder), path), isBagPath: lead.isBag };
  // Beside the lead its name alone is known to be its own; the number keeps it apart from others.
  const elsewhere = utf8Path(`${folder}/elsewhere/${String(row.id)}`);
  return { path: joinRaw(elsewhere, baseName(full)), isBagPath: false };
}

function belonging(
  connection: Connection,
  { object_id, accession_id }: ChosenRow,
  hasOwnRights: boolean,
): Pick<ChosenFile, 'parts' | 'ownBases'> {
  const parts = connection
    .sql<{ part: number; item: number }>(
      `SELECT p.id AS part, i.id AS item FROM parts p JOIN representations n ON n.id = p.representation_id
       JOIN items i ON i.id = n.item_id WHERE p.object_id = ? AND i.accession_id = ? ORDER BY p.id`,
    )
    .all(object_id, accession_id);
  if (!hasOwnRights) return { parts, ownBases: [] };
  const ownBases = [
    ...basesOf(connection, 'object', [object_id]),
    ...basesOf(
      connection,
      'part',
      parts.map(({ part }) => part),
    ),
    ...basesOf(connection, 'item', [...new Set(parts.map(({ item }) => item))]),
  ];
  return { parts, ownBases };
}

function asPath(bytes: Uint8Array): RawPath {
  return bytes as RawPath;
}
