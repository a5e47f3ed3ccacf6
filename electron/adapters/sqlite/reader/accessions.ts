import type { Accession } from '../../../../shared/contract/accession.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { pathToJson, type RawPath } from '../../../../shared/domain/path.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import { pathOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { deaccessionOf } from './custody.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { Paths, time, timeIf, valueIf } from './rows.ts';

interface AccessionRow {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly collection_id: number | null;
  readonly source: string | null;
  readonly acquired: string | null;
  readonly agreement: string | null;
  readonly mode: Accession['mode'];
  readonly agent: string;
  readonly opened_at: number;
}

const ACCESSION = `
  SELECT a.id, a.number, a.title, a.collection_id, a.source, a.acquired, a.agreement, a.mode, g.name AS agent,
    a.opened_at
  FROM accessions a JOIN agents g ON g.id = a.agent_id`;

/** Newest first. */
export function accessionsPage(connection: Connection, page: PageRequest): Page<Accession> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'accessions', ['integer']);
  const found = connection
    .sql<AccessionRow>(`${ACCESSION} ${after ? 'WHERE a.id < ?' : ''} ORDER BY a.id DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  const paths = new Paths(connection);
  return pageOf(found, limit, 'accessions', (row) => accessionOf(connection, paths, row));
}

export function accession(connection: Connection, id: number): Accession | undefined {
  const row = connection.sql<AccessionRow>(`${ACCESSION} WHERE a.id = ?`).get(id);
  return row && accessionOf(connection, new Paths(connection), row);
}

/** Accessions in custody with a sealed accrual that have exactly these roots, oldest first. */
export function accessionsOf(
  connection: Connection,
  roots: readonly { readonly locationId: number; readonly path: RawPath }[],
): Accession[] {
  const first = roots[0];
  if (first === undefined) return [];
  const wanted = new Set(roots.map(rootKey));
  // accession_roots is small: a row for each root that was ever accessioned.
  return connection
    .sql<{ accession_id: number }>(
      `SELECT r.accession_id FROM accession_roots r
       WHERE r.location_id = ? AND r.path = ?
         AND NOT EXISTS (SELECT 1 FROM deaccessions d WHERE d.accession_id = r.accession_id)
         AND EXISTS (SELECT 1 FROM accruals c WHERE c.accession_id = r.accession_id AND c.sealed_at IS NOT NULL)
       ORDER BY r.accession_id`,
    )
    .all(first.locationId, Buffer.from(first.path))
    .filter(({ accession_id }) => {
      const has = rootsOf(connection, accession_id);
      return has.length === wanted.size && has.every((root) => wanted.has(rootKey(root)));
    })
    .map(({ accession_id }) => accession(connection, accession_id))
    .filter((found) => found !== undefined);
}

function rootKey(root: { readonly locationId: number; readonly path: Uint8Array }): string {
  return `${root.locationId}:${Buffer.from(root.path).toString('hex')}`;
}

function rootsOf(connection: Connection, accessionId: number): { locationId: number; path: Uint8Array }[] {
  return connection
    .sql<{ locationId: number; path: Uint8Array }>(
      `SELECT location_id AS locationId, path FROM accession_roots
       WHERE accession_id = ? ORDER BY location_id, path`,
    )
    .all(accessionId);
}

interface AccrualRow {
  readonly number: number;
  readonly opened_at: number;
  readonly sealed_at: number | null;
}

function accessionOf(connection: Connection, paths: Paths, row: AccessionRow): Accession {
  const rights = connection
    .sql<{ basis: Accession['rightsBasis']; note: string }>(
      `SELECT s.basis, s.note FROM rights_links l JOIN rights_statements s ON s.id = l.statement_id
       WHERE l.entity = 'accession' AND l.entity_id = ? ORDER BY s.id DESC LIMIT 1`,
    )
    .get(row.id);
  const accruals = connection
    .sql<AccrualRow>(
      'SELECT number, opened_at, sealed_at FROM accruals WHERE accession_id = ? ORDER BY number',
    )
    .all(row.id);
  return {
    id: publicId('accession', row.id),
    number: row.number,
    title: row.title,
    ...valueIf('collection', row.collection_id === null ? null : pathOf(connection, row.collection_id)),
    ...valueIf('source', row.source),
    ...valueIf('acquired', row.acquired),
    ...valueIf('agreement', row.agreement),
    mode: row.mode,
    rightsBasis: rights?.basis ?? 'unknown',
    rightsNote: rights?.note ?? '',
    agent: row.agent,
    openedAt: time(row.opened_at),
    roots: rootsOf(connection, row.id).map((root) => ({
      location: publicId('location', root.locationId),
      path: pathToJson(paths.inLocation(root.locationId, root.path)),
    })),
    accruals: accruals.map((accrual) => ({
      number: accrual.number,
      openedAt: time(accrual.opened_at),
      ...timeIf('sealedAt', accrual.sealed_at),
    })),
    ...valueIf('deaccession', deaccessionOf(connection, row.id)),
  };
}
