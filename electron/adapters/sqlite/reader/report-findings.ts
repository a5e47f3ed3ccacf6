import type { CheckDay, FindingFigures, ReportPeriod } from '../../../core/ports/reporting.ts';
import type { Connection } from '../connection.ts';
import { json, time } from './rows.ts';

const NO_FINDING = new Set(['intact', 'not_checked']);

/** Findings `n`, of copies that are in custody or were, of one location or (NULL) of all: to be followed by further conditions. */
export const FINDINGS = `FROM findings n LEFT JOIN replicas r ON r.id = n.replica_id
    LEFT JOIN removed_replicas g ON r.id IS NULL AND g.id = n.replica_id
    LEFT JOIN folders f ON f.id = coalesce(r.folder_id, g.folder_id)
  WHERE (@location IS NULL OR f.location_id = @location)`;

/** What was found and what was decided in a period. */
export function findingFigures(
  connection: Connection,
  { from, until }: ReportPeriod,
  location: number | null,
): FindingFigures {
  const openAt = (at: number): number =>
    connection
      .sql<number>(
        `SELECT count(*) ${FINDINGS} AND n.opened_at < @at AND (n.resolved_at IS NULL OR n.resolved_at >= @at)`,
      )
      .pluck(true)
      .get({ location, at }) ?? 0;
  const group = <Row>(what: string, when: string, key: string): Row[] =>
    connection
      .sql<Row>(
        `SELECT ${what} AS ${key}, count(*) AS count ${FINDINGS} AND ${when} >= @from AND ${when} < @until GROUP BY 1 ORDER BY 2 DESC, 1`,
      )
      .all({ location, from, until });
  const month = (column: string) => `strftime('%Y-%m', ${column} / 1000, 'unixepoch')`;
  const opened = group<{ month: string; count: number }>(month('n.opened_at'), 'n.opened_at', 'month');
  const closed = group<{ month: string; count: number }>(month('n.resolved_at'), 'n.resolved_at', 'month');
  const months = [...new Set([...opened, ...closed].map((row) => row.month))].sort();
  const of = (rows: readonly { month: string; count: number }[], name: string): number =>
    rows.find((row) => row.month === name)?.count ?? 0;
  return {
    byMonth: months.map((name) => ({ month: name, opened: of(opened, name), closed: of(closed, name) })),
    openAtStart: openAt(from),
    openAtEnd: openAt(until),
    opened: group('n.outcome', 'n.opened_at', 'outcome'),
    closed: group(`coalesce(n.resolution, '')`, 'n.resolved_at', 'resolution'),
    timeToClose: timeToClose(connection, { from, until }, location),
  };
}

function timeToClose(
  connection: Connection,
  { from, until }: ReportPeriod,
  location: number | null,
): FindingFigures['timeToClose'] {
  const took = connection
    .sql<number>(
      `SELECT n.resolved_at - n.opened_at AS took ${FINDINGS} AND n.resolved_at >= @from AND n.resolved_at < @until ORDER BY took`,
    )
    .pluck(true)
    .all({ location, from, until });
  const longest = took.at(-1);
  if (longest === undefined) return null;
  const middle = [took[Math.floor((took.length - 1) / 2)] ?? 0, took[Math.floor(took.length / 2)] ?? 0];
  return { median: ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2, longest };
}

interface RunRow {
  readonly at: number;
  readonly checked: number;
  readonly outcomes: string;
}

/** What audits that closed in the period checked, by days, oldest first. A day without one has no row. */
export function checkDays(connection: Connection, { from, until }: ReportPeriod): CheckDay[] {
  const runs = connection
    .sql<RunRow>(
      `SELECT a.closed_at AS at, r.checked, r.outcomes FROM runs r JOIN acts a ON a.id = r.act_id
       WHERE r.kind = 'audit' AND a.closed_at >= ? AND a.closed_at < ? ORDER BY a.closed_at`,
    )
    .all(from, until);
  return [...Map.groupBy(runs, ({ at }) => time(at).slice(0, 10))].map(([day, each]) => ({
    day,
    runs: each.length,
    checked: each.reduce((sum, { checked }) => sum + checked, 0),
    findings: each.reduce((sum, { outcomes }) => sum + found(json(outcomes)), 0),
  }));
}

export function found(outcomes: unknown): number {
  return Object.entries((outcomes ?? {}) as Readonly<Record<string, number>>)
    .filter(([outcome]) => !NO_FINDING.has(outcome))
    .reduce((sum, [, count]) => sum + count, 0);
}
