import type { Finding } from '../../../../shared/contract/fixity.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { Paths, time } from './rows.ts';

interface FindingRow {
  readonly id: number;
  readonly outcome: string;
  readonly detail: string;
  readonly opened_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
  readonly outcome_now: string;
  readonly folder_id: number;
  readonly name: Buffer;
}

const FINDING = `
  SELECT f.id, f.outcome, f.detail, f.opened_at, f.resolved_at, f.resolution, r.outcome AS outcome_now, 
    coalesce(b.folder_id, r.folder_id) AS folder_id, coalesce(b.name, r.name) AS name
  FROM findings f CROSS JOIN replicas r ON r.id = f.replica_id
    LEFT JOIN former_baselines b ON b.replica_id = f.replica_id AND b.finding_id = f.id`;

/** Open ones, or with `all` those that were resolved too, newest first; of files that are in custody still. */
export function findingsPage(
  connection: Connection,
  page: PageRequest & { readonly all?: boolean | undefined },
): Page<Finding> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'findings', ['integer']);
  const found = connection
    .sql<FindingRow>(
      `${FINDING} WHERE ${page.all === true ? 'true' : 'f.resolved_at IS NULL'} ${after ? 'AND f.id < ?' : ''} ORDER BY f.id DESC LIMIT ?`,
    )
    .all(...(after ?? []), limit + 1);
  const paths = new Paths(connection);
  return pageOf(found, limit, 'findings', (row) => findingOf(row, paths));
}

/** Open ones that this act was the last to see, in the order in which they were first found. */
export function findingsOf(
  connection: Connection,
  actId: number,
  limit: number,
): { rows: Finding[]; total: number } {
  const paths = new Paths(connection);
  const rows = connection
    .sql<FindingRow>(`${FINDING} WHERE f.act_id = ? AND f.resolved_at IS NULL ORDER BY f.id LIMIT ?`)
    .all(actId, limit)
    .map((row) => findingOf(row, paths));
  const total = connection
    .sql<number>('SELECT count(*) FROM findings WHERE act_id = ? AND resolved_at IS NULL')
    .pluck(true)
    .get(actId);
  return { rows, total: total ?? 0 };
}

function findingOf(row: FindingRow, paths: Paths): Finding {
  return {
    id: publicId('finding', row.id),
    path: paths.json(row.folder_id, row.name),
    location: publicId('location', paths.folder(row.folder_id)?.locationId ?? 0),
    outcome: row.outcome,
    detail: row.detail,
    openedAt: time(row.opened_at),
    ...(row.resolved_at === null
      ? { intactSince: row.outcome_now === 'intact' }
      : { resolvedAt: time(row.resolved_at), resolution: row.resolution ?? '' }),
  };
}
