import type { ArchivePolicy } from '../../../../shared/contract/archive.ts';
import type { Tally } from '../../../../shared/contract/common.ts';
import type { CopiesRow, LackingAccession, Standing, StandingPlace } from '../../../core/ports/reporting.ts';
import { freshAt, type Fresh } from '../../../../shared/domain/overdue.ts';
import { pathOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { BAD_OUTCOMES } from '../writer/item-facts.ts';
import { archiveBreakdown } from './breakdown.ts';
import { gapSql } from './gaps.ts';
import { json, time } from './rows.ts';
import { archiveStatus } from './status.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MOST_LACKING = 200;

/** How the archive stands. To be asked inside a transaction, so that its figures agree; looks at every replica and part. */
export function archiveStanding(connection: Connection, now: number): Standing {
  const archive = connection
    .sql<{ created_at: number; verify_within_days: number; technical_policy: string }>(
      'SELECT created_at, verify_within_days, technical_policy FROM archive',
    )
    .get();
  const status = archiveStatus(connection, now);
  const policy = json(archive?.technical_policy ?? '{}') as ArchivePolicy['technical'] | undefined;
  const atRisk = new Set(policy?.formatsAtRisk);
  return {
    at: time(now),
    status,
    breakdown: archiveBreakdown(connection),
    createdAt: time(archive?.created_at ?? now),
    verifyWithinDays: archive?.verify_within_days ?? 0,
    storedBytes: one(connection, `SELECT bytes FROM counters WHERE facet = 'total' AND key = 'replicas'`),
    collections: collections(connection),
    formatsAtRisk: Object.keys(status.byFormat).filter((name) => atRisk.has(name)),
    copies: copies(connection, now),
    verified: verified(connection, freshAt(now, archive?.verify_within_days ?? 0)),
    places: places(connection),
    openFindings: connection
      .sql<{ outcome: string; count: number }>(
        'SELECT outcome, count(*) AS count FROM findings WHERE resolved_at IS NULL GROUP BY outcome ORDER BY count DESC, outcome',
      )
      .all(),
    verdicts: verdicts(connection),
    problems: problems(connection),
    lacking: lacking(connection),
    description: description(connection),
    intakeEver: connection
      .sql<{ at: number; bytes: number }>(
        `SELECT c.sealed_at AS at, t.tally ->> '$.bytes' AS bytes FROM accruals c JOIN acts t ON t.id = c.act_id
         WHERE c.sealed_at IS NOT NULL AND t.tally ->> '$.bytes' IS NOT NULL ORDER BY c.sealed_at`,
      )
      .all()
      .map(({ at, bytes }) => ({ at: time(at), bytes })),
  };
}

function one(connection: Connection, sql: string): number {
  return connection.sql<number>(sql).pluck(true).get() ?? 0;
}

interface SumRow {
  readonly count: number;
  readonly bytes: number;
  readonly ms: number;
}

function tallyOf(row: SumRow | undefined): Tally {
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0, hours: (row?.ms ?? 0) / HOUR_MS };
}

const IN_CUSTODY = 'a.id NOT IN (SELECT accession_id FROM deaccessions)';

/** One pass over the items; what an accession comes to is then added to its collection. */
function collections(connection: Connection): Standing['collections'] {
  return connection
    .sql<SumRow & { id: number | null; accessions: number }>(
      `SELECT a.collection_id AS id, count(*) AS accessions, coalesce(sum(t.count), 0) AS count, coalesce(sum(t.bytes), 0) AS bytes,
         coalesce(sum(t.ms), 0) AS ms
       FROM accessions a LEFT JOIN (
         SELECT accession_id, count(*) AS count, sum(bytes) AS bytes, sum(duration_ms) AS ms FROM items GROUP BY accession_id
       ) t ON t.accession_id = a.id
       WHERE ${IN_CUSTODY} GROUP BY a.collection_id ORDER BY ms DESC, bytes DESC, id`,
    )
    .all()
    .map((row) => ({
      name: row.id === null ? null : pathOf(connection, row.id),
      accessions: row.accessions,
      items: tallyOf(row),
    }));
}

const GOOD = `r.outcome NOT IN ${BAD_OUTCOMES}`;

/** One pass over the replicas in the order of their contents. A site that is not named is not known, and counts as none. */
function copies(connection: Connection, now: number): CopiesRow[] {
  const within = (days: number) => now - days * DAY_MS;
  return connection
    .sql<CopiesRow>(
      `SELECT copies, sites, CASE WHEN last IS NULL THEN 'never' WHEN last >= ? THEN 'month' WHEN last >= ? THEN 'quarter'
           WHEN last >= ? THEN 'year' ELSE 'older' END AS age,
         count(*) AS objects, sum(size) AS bytes
       FROM (
         SELECT sum(${GOOD}) AS copies, count(DISTINCT CASE WHEN ${GOOD} THEN nullif(trim(l.site), '') END) AS sites,
           max(CASE WHEN ${GOOD} THEN r.verified_at END) AS last, max(r.size) AS size
         FROM replicas r INDEXED BY replicas_by_object CROSS JOIN folders f ON f.id = r.folder_id
           CROSS JOIN locations l ON l.id = f.location_id
         GROUP BY r.object_id)
       GROUP BY copies, sites, age ORDER BY copies, sites`,
    )
    .all(within(30), within(90), within(365));
}

function verified(connection: Connection, { first, last }: Fresh): number {
  return (
    connection
      .sql<number>(
        `SELECT count(*) FROM replicas WHERE outcome IN ('intact', 'not_checked') AND coalesce(verified_at, 0) / ${DAY_MS} BETWEEN ? AND ?`,
      )
      .pluck(true)
      .get(first, last) ?? 0
  );
}

function places(connection: Connection): StandingPlace[] {
  return connection
    .sql<StandingPlace>(
      `SELECT l.name, l.kind, nullif(trim(l.site), '') AS site, nullif(trim(l.medium), '') AS medium,
         nullif(trim(l.failure_group), '') AS failureGroup, coalesce(c.count, 0) AS replicas, coalesce(c.bytes, 0) AS bytes
       FROM locations l LEFT JOIN counters c ON c.facet = 'location' AND c.key = CAST(l.id AS TEXT) ORDER BY l.name`,
    )
    .all();
}

function verdicts(connection: Connection): Standing['verdicts'] {
  return connection
    .sql<{ verdict: string; objects: number }>(
      `SELECT c.verdict, count(*) AS objects FROM internal_checks c
       WHERE c.depth = 'quick' AND EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = c.object_id)
       GROUP BY c.verdict ORDER BY objects DESC`,
    )
    .all();
}

/** Of accessions in custody: what was left out by rule is no problem of the collection. */
function problems(connection: Connection): Standing['problems'] {
  return connection
    .sql<{ code: string; severity: string; count: number }>(
      `SELECT p.code, p.severity, count(*) AS count FROM accruals c JOIN accessions a ON a.id = c.accession_id
         CROSS JOIN problems p ON p.act_id = c.act_id
       WHERE ${IN_CUSTODY} AND p.severity <> 'advisory' GROUP BY p.code, p.severity ORDER BY count DESC, p.code`,
    )
    .all();
}

function lacking(connection: Connection): Standing['lacking'] {
  const [rights, source, acquired] = (['rights', 'source', 'acquired'] as const).map(
    (gap) => `(${gapSql(gap)})`,
  );
  const rows = connection
    .sql<{ number: string; title: string; rights: number; source: number; acquired: number }>(
      `SELECT a.number, a.title, ${rights} AS rights, ${source} AS source, ${acquired} AS acquired FROM accessions a
       WHERE ${rights} OR ${source} OR ${acquired} ORDER BY a.number`,
    )
    .all();
  return {
    accessions: rows.slice(0, MOST_LACKING).map((row): LackingAccession => ({
      number: row.number,
      title: row.title,
      rights: row.rights === 1,
      source: row.source === 1,
      acquired: row.acquired === 1,
    })),
    total: rows.length,
    itemsWithoutRights: tallyOf(
      connection
        .sql<SumRow>(
          `SELECT count(*) AS count, coalesce(sum(i.bytes), 0) AS bytes, coalesce(sum(i.duration_ms), 0) AS ms
           FROM items i WHERE i.accession_id IN (SELECT a.id FROM accessions a WHERE ${gapSql('rights')})`,
        )
        .get(),
    ),
    accessionsWithoutCollection: one(
      connection,
      `SELECT count(*) FROM accessions a WHERE a.collection_id IS NULL AND ${IN_CUSTODY}`,
    ),
  };
}

function description(connection: Connection): Standing['description'] {
  const row = connection
    .sql<{ items: number; title: number | null; creator: number | null; date: number | null }>(
      `SELECT count(*) AS items, sum(described_title IS NULL) AS title,
         sum(coalesce(described_creator, creator, '') = '') AS creator, sum(coalesce(described_date, date, '') = '') AS date
       FROM items WHERE accession_id NOT IN (SELECT accession_id FROM deaccessions)`,
    )
    .get();
  return {
    items: row?.items ?? 0,
    titleByNobody: row?.title ?? 0,
    withoutCreator: row?.creator ?? 0,
    withoutDate: row?.date ?? 0,
  };
}
