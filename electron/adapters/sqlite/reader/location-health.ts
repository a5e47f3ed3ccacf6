import type { LocationHealth } from '../../../../shared/contract/locations.ts';
import { AUDIT_OUTCOMES } from '../../../../shared/domain/audit-outcome.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { freshNow } from './item-status.ts';
import { time, timeIf } from './rows.ts';

interface HealthRow extends Readonly<Record<string, number | null>> {
  readonly replicas: number;
  readonly overdue: number | null;
  readonly never: number | null;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly verified: number | null;
  readonly looked: number | null;
}

interface RunRow {
  readonly kind: 'audit' | 'rescan';
  readonly job_id: number;
  readonly closed_at: number;
  readonly complete: number;
}

// The run within which a replica of the location was last looked at.
const LAST_RUN = `SELECT r.kind, a.job_id, a.closed_at, r.complete FROM acts a JOIN runs r ON r.act_id = a.id
  WHERE a.opened_at <= ? AND a.closed_at >= ? AND coalesce(r.location_id, ?) = ? AND a.job_id IS NOT NULL ORDER BY a.id DESC LIMIT 1`;

// One pass over the replicas, without sorting them: a sum for each outcome.
const SUMS = `count(*) AS replicas, ${AUDIT_OUTCOMES.map((outcome) => `sum(x.outcome = '${outcome}') AS ${outcome}`).join(', ')},
  sum(coalesce(x.verified_at, c.opened_at) / 86400000 NOT BETWEEN ? AND ?) AS overdue, sum(x.verified_at IS NULL) AS never,
  min(x.verified_at) AS oldest, max(x.verified_at) AS newest, max(x.checked_at) AS looked,
  sum(x.outcome IN ('intact', 'not_checked') AND coalesce(x.verified_at, 0) / 86400000 BETWEEN ? AND ?) AS verified`;
const OF_FOLDERS = `SELECT ${SUMS} FROM folders f CROSS JOIN replicas x ON x.folder_id = f.id CROSS JOIN accruals c ON c.id = x.accrual_id WHERE f.location_id = ?`;
const OF_MOST = `SELECT ${SUMS} FROM replicas x NOT INDEXED CROSS JOIN folders f ON f.id = x.folder_id CROSS JOIN accruals c ON c.id = x.accrual_id
  WHERE f.location_id = ?`;

/** What is known of the replicas of a location; undefined where there is no such location. Looks at each of them. */
export function locationHealth(connection: Connection, id: number): LocationHealth | undefined {
  if (connection.sql('SELECT 1 FROM locations WHERE id = ?').get(id) === undefined) return undefined;
  const fresh = freshNow(connection);
  const counted = connection
    .sql<number>('SELECT count FROM counters WHERE facet = ? AND key = ?')
    .pluck(true);
  const here = counted.get('location', String(id)) ?? 0;
  const isMost = here * 4 > (counted.get('total', 'replicas') ?? 0);
  const row = connection
    .sql<HealthRow>(isMost ? OF_MOST : OF_FOLDERS)
    .get(fresh.first, fresh.last, fresh.first, fresh.last, id);
  const looked = row?.looked ?? null;
  const run = looked === null ? undefined : connection.sql<RunRow>(LAST_RUN).get(looked, looked, id, id);
  const openFindings = connection
    .sql<number>(
      `SELECT count(*) FROM findings n CROSS JOIN replicas x ON x.id = n.replica_id CROSS JOIN folders f ON f.id = x.folder_id
       WHERE n.resolved_at IS NULL AND f.location_id = ?`,
    )
    .pluck(true)
    .get(id);
  return {
    location: publicId('location', id),
    replicas: row?.replicas ?? 0,
    byOutcome: Object.fromEntries(
      AUDIT_OUTCOMES.map((outcome) => [outcome, row?.[outcome] ?? 0] as const).filter(
        ([, count]) => count > 0,
      ),
    ),
    overdue: row?.overdue ?? 0,
    openFindings: openFindings ?? 0,
    verified: row?.verified ?? 0,
    ...timeIf('lastCheckedAt', looked),
    ...(run === undefined
      ? {}
      : {
          lastRun: {
            kind: run.kind,
            job: publicId('job', run.job_id),
            endedAt: time(run.closed_at),
            complete: run.complete === 1,
          },
        }),
    ...timeIf('oldestVerifiedAt', (row?.never ?? 0) > 0 ? null : (row?.oldest ?? null)),
    ...timeIf('newestVerifiedAt', row?.newest ?? null),
  };
}
