import type { FindingCount, Run } from '../../../../shared/contract/fixity-lists.ts';
import type { Finding } from '../../../../shared/contract/fixity.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { JobState } from '../../../../shared/domain/vocabulary.ts';
import type { Page, PageRequest } from '../../../core/ports/common.ts';
import type { FixityListReader } from '../../../core/ports/fixity-lists.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { json, Paths, time, timeIf, valueIf } from './rows.ts';

type Methods = {
  [Name in keyof FixityListReader]: (
    ...args: Parameters<FixityListReader[Name]>
  ) => Awaited<ReturnType<FixityListReader[Name]>>;
};

/** Runs, and findings that wait for a decision, as a screen looks through them. */
export function fixityLists(connection: Connection): Methods {
  return {
    runs: (page) => runsPage(connection, page),
    openFindingsPage: (page) => openFindingsPage(connection, page),
    findingCounts: () => findingCounts(connection),
  };
}

interface RunRow {
  readonly id: number;
  readonly kind: Run['kind'];
  readonly job_id: number;
  readonly state: JobState;
  readonly result: string | null;
  readonly location_id: number | null;
  readonly location: string | null;
  readonly agent: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly asked: string;
  readonly planned: number;
  readonly checked: number;
  readonly bytes_read: number;
  readonly cached: number | null;
  readonly outcomes: string;
  readonly complete: number;
  readonly event_seq: number | null;
}

/** Of a finished run the job keeps more than its row has; findings and paths of it are not wanted here. */
const RUN = `
  SELECT a.id, r.kind, j.id AS job_id, j.state, r.location_id, l.name AS location, g.name AS agent, a.opened_at, a.closed_at,
    r.asked, r.planned, r.checked, r.bytes_read, r.cached, r.outcomes, r.complete, a.event_seq,
    json_object('endedBy', j.result ->> '$.endedBy', 'leftForLater', j.result ->> '$.leftForLater',
      'unreachable', j.result -> '$.unreachable') AS result
  FROM acts a CROSS JOIN runs r ON r.act_id = a.id CROSS JOIN jobs j ON j.id = a.job_id JOIN agents g ON g.id = j.agent_id
    LEFT JOIN locations l ON l.id = r.location_id
  WHERE a.kind IN ('audit', 'rescan')`;

function runsPage(connection: Connection, page: PageRequest): Page<Run> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'runs', ['integer']);
  const found = connection
    .sql<RunRow>(`${RUN} ${after ? 'AND a.id < ?' : ''} ORDER BY a.id DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'runs', runOf);
}

interface Result {
  readonly endedBy?: Run['endedBy'] | null;
  readonly leftForLater?: number | null;
  readonly unreachable?: readonly { readonly name: string }[] | null;
}

function runOf(row: RunRow): Run {
  const { endedBy, leftForLater, unreachable } = (json(row.result) ?? {}) as Result;
  return {
    id: publicId('run', row.id),
    kind: row.kind,
    job: publicId('job', row.job_id),
    state: row.state,
    ...(row.location_id === null
      ? {}
      : { location: { id: publicId('location', row.location_id), name: row.location ?? '' } }),
    agent: row.agent,
    startedAt: time(row.opened_at),
    ...timeIf('finishedAt', row.closed_at),
    asked: json(row.asked) ?? {},
    planned: row.planned,
    checked: row.checked,
    bytesRead: row.bytes_read,
    ...valueIf('cached', row.cached === null ? null : row.cached === 1),
    outcomes: (json(row.outcomes) ?? {}) as Run['outcomes'],
    complete: row.complete === 1,
    ...valueIf('endedBy', endedBy),
    ...valueIf('leftForLater', leftForLater),
    unreachable: (unreachable ?? []).map(({ name }) => name),
    ...(row.event_seq === null ? {} : { event: publicId('event', row.event_seq) }),
  };
}

interface FindingRow {
  readonly id: number;
  readonly outcome: string;
  readonly detail: string;
  readonly opened_at: number;
  readonly folder_id: number;
  readonly location_id: number;
  readonly name: Buffer;
}

function openFindingsPage(
  connection: Connection,
  page: Parameters<FixityListReader['openFindingsPage']>[0],
): Page<Finding> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'open findings', ['integer']);
  const found = connection
    .sql<FindingRow>(
      `SELECT n.id, n.outcome, n.detail, n.opened_at, r.folder_id, f.location_id, r.name
       FROM findings n CROSS JOIN replicas r ON r.id = n.replica_id CROSS JOIN folders f ON f.id = r.folder_id
       WHERE n.resolved_at IS NULL AND n.outcome = coalesce(?, n.outcome) AND f.location_id = coalesce(?, f.location_id)
         ${after ? 'AND n.id < ?' : ''} ORDER BY n.id DESC LIMIT ?`,
    )
    .all(page.outcome ?? null, page.locationId ?? null, ...(after ?? []), limit + 1);
  const paths = new Paths(connection);
  return pageOf(found, limit, 'open findings', (row) => ({
    id: publicId('finding', row.id),
    path: paths.json(row.folder_id, row.name),
    location: publicId('location', row.location_id),
    outcome: row.outcome,
    detail: row.detail,
    openedAt: time(row.opened_at),
  }));
}

function findingCounts(connection: Connection): FindingCount[] {
  return connection
    .sql<{ outcome: string; id: number; name: string; count: number }>(
      `SELECT n.outcome, l.id, l.name, count(*) AS count
       FROM findings n CROSS JOIN replicas r ON r.id = n.replica_id CROSS JOIN folders f ON f.id = r.folder_id
         CROSS JOIN locations l ON l.id = f.location_id
       WHERE n.resolved_at IS NULL GROUP BY n.outcome, l.id ORDER BY n.outcome, l.id`,
    )
    .all()
    .map(({ outcome, id, name, count }) => ({
      outcome,
      location: { id: publicId('location', id), name },
      count,
    }));
}
