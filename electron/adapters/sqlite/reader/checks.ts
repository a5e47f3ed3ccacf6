import type { Checks } from '../../../../shared/contract/fixity.ts';
import type { Connection } from '../connection.ts';
import { json, time } from './rows.ts';

interface RunRow {
  readonly at: number;
  readonly checked: number;
  readonly bytes_read: number;
  readonly outcomes: string;
}

/** Every time zone is a multiple of it away from UTC. */
const QUARTER_MS = 15 * 60_000;
const NO_FINDING = new Set(['intact', 'not_checked']);

/** What audits that closed since then checked, by quarters of an hour, oldest first. A quarter without one has no row. */
export function checksSince(connection: Connection, since: number): Checks[] {
  const runs = connection
    .sql<RunRow>(
      `SELECT a.closed_at AS at, r.checked, r.bytes_read, r.outcomes FROM runs r JOIN acts a ON a.id = r.act_id
       WHERE r.kind = 'audit' AND a.closed_at >= ? ORDER BY a.closed_at`,
    )
    .all(since);
  return [...Map.groupBy(runs, ({ at }) => Math.floor(at / QUARTER_MS))].map(([quarter, each]) => ({
    at: time(quarter * QUARTER_MS),
    checked: each.reduce((sum, { checked }) => sum + checked, 0),
    bytes: each.reduce((sum, { bytes_read: bytes }) => sum + bytes, 0),
    findings: each.reduce((sum, { outcomes }) => sum + findingsOf(outcomes), 0),
  }));
}

function findingsOf(outcomes: string): number {
  return Object.entries((json(outcomes) ?? {}) as Readonly<Record<string, number>>)
    .filter(([outcome]) => !NO_FINDING.has(outcome))
    .reduce((sum, [, count]) => sum + count, 0);
}
