import { publicId } from '../../../../shared/domain/ids.ts';
import type {
  CheckDay,
  FixityFigures,
  ReportedFinding,
  ReportedRun,
  ReportPeriod,
} from '../../../core/ports/reporting.ts';
import type { Connection } from '../connection.ts';
import { locationHealth } from './location-health.ts';
import { FINDINGS, findingFigures, found } from './report-findings.ts';
import { json, Paths, time } from './rows.ts';
import { archiveStatus } from './status.ts';

const MOST_LISTED = 1_000;

/** What was verified in a period, in one location or all. To be asked inside a transaction. */
export function fixityFigures(
  connection: Connection,
  period: ReportPeriod,
  locationId: number | undefined,
  now: number,
): FixityFigures {
  const places = connection
    .sql<{ id: number; name: string }>(
      'SELECT id, name FROM locations WHERE id = coalesce(?, id) ORDER BY name',
    )
    .all(locationId ?? null);
  const runs = runsOf(connection, period, locationId);
  const status = archiveStatus(connection, now);
  return {
    at: time(now),
    status,
    verifyWithinDays: connection.sql<number>('SELECT verify_within_days FROM archive').pluck(true).get() ?? 0,
    location: locationId === undefined ? null : (places[0]?.name ?? null),
    runs,
    checks: daysOf(runs),
    findings: findingFigures(connection, period, locationId ?? null),
    ...listed(connection, period, locationId ?? null),
    places: places.flatMap(({ id, name }) => {
      const health = locationHealth(connection, id);
      return health === undefined ? [] : [{ name, health }];
    }),
  };
}

interface RunRow {
  readonly id: number;
  readonly kind: ReportedRun['kind'];
  readonly location_id: number | null;
  readonly location: string | null;
  readonly agent: string;
  readonly opened_at: number;
  readonly closed_at: number;
  readonly planned: number;
  readonly checked: number;
  readonly bytes_read: number;
  readonly complete: number;
  readonly outcomes: string;
}

function runsOf(
  connection: Connection,
  { from, until }: ReportPeriod,
  locationId: number | undefined,
): ReportedRun[] {
  return connection
    .sql<RunRow>(
      `SELECT a.id, r.kind, r.location_id, l.name AS location, g.name AS agent, a.opened_at, a.closed_at, r.planned, r.checked,
         r.bytes_read, r.complete, r.outcomes
       FROM runs r JOIN acts a ON a.id = r.act_id JOIN jobs j ON j.id = a.job_id JOIN agents g ON g.id = j.agent_id
         LEFT JOIN locations l ON l.id = r.location_id
       WHERE a.closed_at >= @from AND a.closed_at < @until
         AND (@location IS NULL OR coalesce(r.location_id, @location) = @location) ORDER BY a.closed_at, a.id`,
    )
    .all({ from, until, location: locationId ?? null })
    .flatMap((row) => {
      const run: ReportedRun = {
        id: publicId('run', row.id),
        kind: row.kind,
        location: row.location,
        agent: row.agent,
        openedAt: time(row.opened_at),
        closedAt: time(row.closed_at),
        planned: row.planned,
        checked: row.checked,
        bytesRead: row.bytes_read,
        complete: row.complete === 1,
        outcomes: present(json(row.outcomes)),
      };
      if (locationId === undefined || row.location_id !== null) return run;
      const there = partOf(connection, run, row.id, locationId);
      return there === undefined ? [] : there;
    });
}

/** Outcomes that there were. */
function present(outcomes: unknown): Readonly<Record<string, number>> {
  const counts = Object.entries((outcomes ?? {}) as Readonly<Record<string, number>>);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** What a run over all locations comes to in one of them, by its own record; undefined where it planned nothing there. */
function partOf(
  connection: Connection,
  run: ReportedRun,
  actId: number,
  locationId: number,
): ReportedRun | undefined {
  const rows = connection
    .sql<{ outcome: string; count: number }>(
      `SELECT x.outcome, count(*) AS count FROM act_outcomes x LEFT JOIN replicas r ON r.id = x.replica_id
         LEFT JOIN removed_replicas g ON r.id IS NULL AND g.id = x.replica_id
         JOIN folders f ON f.id = coalesce(r.folder_id, g.folder_id)
       WHERE x.act_id = ? AND f.location_id = ? GROUP BY x.outcome`,
    )
    .all(actId, locationId);
  const outcomes = Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  const planned = rows.reduce((sum, { count }) => sum + count, 0);
  const unchecked = outcomes['not_checked'] ?? 0;
  if (planned === 0) return undefined;
  return {
    ...run,
    planned,
    checked: planned - unchecked,
    bytesRead: null,
    complete: unchecked === 0,
    outcomes,
  };
}

function daysOf(runs: readonly ReportedRun[]): CheckDay[] {
  const audits = runs.filter(({ kind }) => kind === 'audit');
  return [...Map.groupBy(audits, ({ closedAt }) => closedAt.slice(0, 10))].map(([day, each]) => ({
    day,
    runs: each.length,
    checked: each.reduce((sum, { checked }) => sum + checked, 0),
    findings: each.reduce((sum, { outcomes }) => sum + found(outcomes), 0),
  }));
}

interface FindingRow {
  readonly id: number;
  readonly outcome: string;
  readonly opened_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
  readonly folder_id: number | null;
  readonly name: Buffer | null;
  readonly location: string | null;
}

function listed(
  connection: Connection,
  { from, until }: ReportPeriod,
  location: number | null,
): Pick<FixityFigures, 'listed' | 'listedTotal'> {
  const inPeriod = `((n.opened_at >= @from AND n.opened_at < @until) OR (n.resolved_at >= @from AND n.resolved_at < @until))`;
  const paths = new Paths(connection);
  const rows = connection
    .sql<FindingRow>(
      `SELECT n.id, n.outcome, n.opened_at, n.resolved_at, n.resolution, coalesce(r.folder_id, g.folder_id) AS folder_id,
         coalesce(r.name, g.name) AS name, (SELECT l.name FROM locations l WHERE l.id = f.location_id) AS location
       ${FINDINGS} AND ${inPeriod} ORDER BY n.opened_at DESC, n.id DESC LIMIT ${MOST_LISTED}`,
    )
    .all({ location, from, until })
    .map((row): ReportedFinding => ({
      id: publicId('finding', row.id),
      path: row.folder_id === null || row.name === null ? null : paths.json(row.folder_id, row.name),
      location: row.location,
      outcome: row.outcome,
      openedAt: time(row.opened_at),
      closedAt: row.resolved_at === null ? null : time(row.resolved_at),
      resolution: row.resolution,
    }));
  const total = connection
    .sql<number>(`SELECT count(*) ${FINDINGS} AND ${inPeriod}`)
    .pluck(true)
    .get({ location, from, until });
  return { listed: rows, listedTotal: total ?? 0 };
}
