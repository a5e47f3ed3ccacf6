import type { SurveyResult } from '../../../../shared/contract/accession.ts';
import type { PeriodFigures, ReportPeriod } from '../../../core/ports/reporting.ts';
import { pathOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { checkDays, findingFigures } from './report-findings.ts';
import { json, time } from './rows.ts';

const HOUR_MS = 3_600_000;

/** What was recorded in a period, from the acts, events and decisions themselves. To be asked inside a transaction. */
export function periodFigures(connection: Connection, period: ReportPeriod): PeriodFigures {
  return {
    intake: intake(connection, period),
    appraisals: appraisals(connection, period),
    letGo: letGo(connection, period),
    removed: connection
      .sql<PeriodFigures['removed']>(
        `SELECT count(*) AS replicas, coalesce(sum(size), 0) AS bytes FROM removed_replicas
         WHERE deleted_at >= ? AND deleted_at < ?`,
      )
      .get(period.from, period.until) ?? { replicas: 0, bytes: 0 },
    findings: findingFigures(connection, period, null),
    checks: checkDays(connection, period),
  };
}

interface IntakeRow {
  readonly number: string;
  readonly title: string;
  readonly collection_id: number | null;
  readonly accrual: number;
  readonly sealed_at: number;
  readonly files: number | null;
  readonly bytes: number | null;
  readonly ms: number | null;
}

/** By what each act received; copies that were let go since are known by their tombstones. */
function intake(connection: Connection, { from, until }: ReportPeriod): PeriodFigures['intake'] {
  return connection
    .sql<IntakeRow>(
      `SELECT a.number, a.title, a.collection_id, c.number AS accrual, c.sealed_at, t.files, t.bytes, t.ms
       FROM accruals c JOIN accessions a ON a.id = c.accession_id LEFT JOIN (
         SELECT x.act_id, count(*) AS files, sum(coalesce(r.size, g.size)) AS bytes, sum(m.duration_ms) AS ms
         FROM act_outcomes x LEFT JOIN replicas r ON r.id = x.replica_id
           LEFT JOIN removed_replicas g ON r.id IS NULL AND g.id = x.replica_id
           LEFT JOIN technical_metadata m ON m.object_id = coalesce(r.object_id, g.object_id)
         WHERE x.replica_id IS NOT NULL
           AND x.act_id IN (SELECT act_id FROM accruals WHERE sealed_at >= @from AND sealed_at < @until)
         GROUP BY x.act_id
       ) t ON t.act_id = c.act_id
       WHERE c.sealed_at >= @from AND c.sealed_at < @until ORDER BY c.sealed_at, c.id`,
    )
    .all({ from, until })
    .map((row) => ({
      number: row.number,
      title: row.title,
      collection: row.collection_id === null ? null : pathOf(connection, row.collection_id),
      accrual: row.accrual,
      sealedAt: time(row.sealed_at),
      files: row.files ?? 0,
      bytes: row.bytes ?? 0,
      hours: (row.ms ?? 0) / HOUR_MS,
    }));
}

interface DeclinedRow {
  readonly title: string;
  readonly source: string | null;
  readonly decided_at: number;
  readonly reason: string | null;
  readonly agent: string;
  readonly summary: string;
}

function appraisals(connection: Connection, { from, until }: ReportPeriod): PeriodFigures['appraisals'] {
  const count = (sql: string): number =>
    connection.sql<number>(`SELECT count(*) FROM appraisals WHERE ${sql}`).pluck(true).get(from, until) ?? 0;
  return {
    surveyed: count('surveyed_at >= ? AND surveyed_at < ?'),
    accepted: count(`state = 'accepted' AND decided_at >= ? AND decided_at < ?`),
    declined: connection
      .sql<DeclinedRow>(
        `SELECT p.title, p.source, p.decided_at, p.reason, d.name AS agent, p.summary FROM appraisals p
           JOIN agents d ON d.id = p.decided_by
         WHERE p.state = 'declined' AND p.decided_at >= ? AND p.decided_at < ? ORDER BY p.decided_at`,
      )
      .all(from, until)
      .map(({ decided_at: at, agent: by, summary, reason, ...row }) => {
        const survey = json(summary) as Partial<SurveyResult> | undefined;
        const { files = 0, bytes = 0, hours = 0 } = survey ?? {};
        return { ...row, at: time(at), reason: reason ?? '', by, files, bytes, hours };
      }),
  };
}

interface LetGoRow {
  readonly number: string;
  readonly title: string;
  readonly at: number;
  readonly reason: string;
  readonly authority: string;
  readonly by: string;
  readonly items: number | null;
  readonly replicas: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Hours and bytes are those of the parts that items lost; copies are counted one by one. */
function letGo(connection: Connection, { from, until }: ReportPeriod): PeriodFigures['letGo'] {
  return connection
    .sql<LetGoRow>(
      `SELECT a.number, a.title, d.at, d.reason, d.authority, g.name AS by, e.body ->> '$.facts.items' AS items,
         (SELECT count(*) FROM removed_replicas x JOIN accruals c ON c.id = x.accrual_id WHERE c.accession_id = a.id) AS replicas,
         coalesce(p.bytes, 0) AS bytes, coalesce(p.ms, 0) AS ms
       FROM deaccessions d JOIN accessions a ON a.id = d.accession_id JOIN agents g ON g.id = d.agent_id
         JOIN events e ON e.seq = d.event_seq
         LEFT JOIN (
           SELECT i.accession_id, sum(p.size) AS bytes, sum(p.duration_ms) AS ms FROM removed_parts p
             JOIN representations r ON r.id = p.representation_id JOIN items i ON i.id = r.item_id GROUP BY i.accession_id
         ) p ON p.accession_id = a.id
       WHERE d.at >= ? AND d.at < ? ORDER BY d.at`,
    )
    .all(from, until)
    .map(({ at, ms, items, ...row }) => ({ ...row, items: items ?? 0, at: time(at), hours: ms / HOUR_MS }));
}
