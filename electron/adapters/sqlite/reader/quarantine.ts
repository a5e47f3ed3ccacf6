import { joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import type { Page } from '../../../core/ports/common.ts';
import type { AsideRow, QuarantineReader } from '../../../core/ports/quarantine.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { json, Paths, valueIf } from './rows.ts';

type Methods = {
  [Name in keyof QuarantineReader]: (
    ...args: Parameters<QuarantineReader[Name]>
  ) => Awaited<ReturnType<QuarantineReader[Name]>>;
};

/** What is known of damaged files that were set aside. */
export function quarantineReading(connection: Connection): Methods {
  return {
    asides: (all) => asides(connection, all ? 'true' : 'q.released_at IS NULL'),
    asidesPage: (page) => asidesPage(connection, page),
    asideCounts: () =>
      connection
        .sql<{
          aside: number;
          released: number;
        }>('SELECT count(*) - count(released_at) AS aside, count(released_at) AS released FROM quarantined')
        .get() ?? { aside: 0, released: 0 },
    aside: (id) => asides(connection, 'q.id = ?', [id])[0],
    openRecoveries: () =>
      connection
        .sql<number>(`SELECT job_id FROM acts WHERE kind = 'recovery' AND closed_at IS NULL`)
        .pluck(true)
        .all(),
  };
}

interface Row {
  readonly id: number;
  readonly finding_id: number;
  readonly replica_id: number;
  readonly outcome: string;
  readonly location_id: number;
  readonly location: string;
  readonly job_id: number;
  readonly path: Buffer;
  readonly folder_id: number | null;
  readonly name: Buffer | null;
  readonly size: number;
  readonly sha256: Buffer | null;
  readonly at: number;
  readonly agent: string | null;
  readonly is_replaced: number;
  readonly is_held: number;
  readonly released_at: number | null;
}

const NEWEST = 'quarantine, newest first';

function asidesPage(
  connection: Connection,
  { all, ...page }: Parameters<QuarantineReader['asidesPage']>[0],
): Page<AsideRow> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, NEWEST, ['integer']);
  const condition = `${all ? 'true' : 'q.released_at IS NULL'}${after ? ' AND q.id < ?' : ''}`;
  const found = asides(connection, condition, [...((after ?? []) as number[])], limit + 1);
  return pageOf(found, limit, NEWEST, (row) => row);
}

/** What the recovery of a finding set aside, newest first. */
export function asidesOf(connection: Connection, findingId: number): AsideRow[] {
  return asides(connection, 'q.finding_id = ?', [findingId]);
}

function asides(
  connection: Connection,
  condition: string,
  values: readonly number[] = [],
  limit = -1,
): AsideRow[] {
  const paths = new Paths(connection);
  return connection
    .sql<Row>(
      `SELECT q.id, q.finding_id, q.replica_id, n.outcome, q.location_id, l.name AS location, a.job_id, q.path,
         coalesce(r.folder_id, x.folder_id) AS folder_id, coalesce(r.name, x.name) AS name, q.size, q.sha256, q.at,
         g.name AS agent, r.id IS NOT NULL AS is_held, q.released_at,
         coalesce(r.outcome = 'intact', 0)
           AND NOT EXISTS (SELECT 1 FROM findings o WHERE o.replica_id = q.replica_id AND o.resolved_at IS NULL) AS is_replaced
       FROM quarantined q CROSS JOIN locations l ON l.id = q.location_id CROSS JOIN findings n ON n.id = q.finding_id
         CROSS JOIN acts a ON a.id = q.act_id CROSS JOIN jobs j ON j.id = a.job_id LEFT JOIN agents g ON g.id = j.agent_id
         LEFT JOIN replicas r ON r.id = q.replica_id LEFT JOIN removed_replicas x ON x.id = q.replica_id
       WHERE ${condition} ORDER BY q.id DESC LIMIT ?`,
    )
    .all(...values, limit)
    .map((row): AsideRow => ({
      id: row.id,
      findingId: row.finding_id,
      replicaId: row.replica_id,
      outcome: row.outcome,
      locationId: row.location_id,
      locationName: row.location,
      jobId: row.job_id,
      path: row.path as Uint8Array as RawPath,
      at: paths.inLocation(row.location_id, row.path),
      stoodAt:
        row.folder_id === null || row.name === null
          ? joinRaw(paths.inLocation(row.location_id, new Uint8Array(0)), row.path)
          : paths.file(row.folder_id, row.name),
      size: row.size,
      ...valueIf('sha256', row.sha256 as Uint8Array | null),
      setAsideAt: row.at,
      by: row.agent ?? '',
      isReplaced: row.is_replaced === 1,
      hasCustodyEnded: row.is_held === 0,
      ...valueIf('released', row.released_at === null ? null : releaseOf(connection, row)),
    }));
}

interface Release {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly agent: string;
  readonly detail: string | null;
}

/** What the log says of it. */
function releaseOf(connection: Connection, { id, replica_id }: Row): AsideRow['released'] | null {
  const event = connection
    .sql<Release>(
      `SELECT e.seq, e.type, e.at, g.name AS agent, d.detail FROM event_links k JOIN events e ON e.seq = k.event_seq
         JOIN agents g ON g.id = e.agent_id LEFT JOIN event_details d ON d.event_seq = e.seq
       WHERE k.entity = 'replica' AND k.entity_id = ? AND e.type IN ('unquarantine', 'deletion')
         AND json_extract(e.body, '$.facts.quarantined') = ? ORDER BY e.seq DESC LIMIT 1`,
    )
    .get(replica_id, id);
  if (event === undefined) return null;
  const said = (json(event.detail) ?? {}) as { reason?: string; secondAgent?: string; to?: string };
  return {
    as: event.type === 'deletion' ? 'discarded' : 'restored',
    at: event.at,
    by: event.agent,
    ...valueIf('secondAgent', said.secondAgent),
    reason: said.reason ?? '',
    ...valueIf('to', said.to),
    event: event.seq,
  };
}
