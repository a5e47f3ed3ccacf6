import type { ArchiveBreakdown } from '../../../../shared/contract/archive.ts';
import type { Tally } from '../../../../shared/contract/common.ts';
import type { Connection } from '../connection.ts';

interface TallyRow {
  readonly key: string;
  readonly count: number;
  readonly bytes: number;
  readonly duration_ms: number;
}

const HOUR_MS = 3_600_000;

/** By role: of every part, from its representation outwards. */
const BY_ROLE = `
  SELECT r.role AS key, count(*) AS count, sum(p.size) AS bytes, sum(p.duration_ms) AS duration_ms
  FROM parts p NOT INDEXED CROSS JOIN representations r ON r.id = p.representation_id GROUP BY r.role`;

/** By the newest statement of the item's accession; an item of an accession that was let go has no parts. */
const BY_RIGHTS = `
  SELECT coalesce((
      SELECT s.basis FROM rights_links l JOIN rights_statements s ON s.id = l.statement_id
      WHERE l.entity = 'accession' AND l.entity_id = a.id ORDER BY s.id DESC LIMIT 1), 'unknown') AS key,
    t.count, t.bytes, t.duration_ms
  FROM (SELECT i.accession_id, sum(i.parts) AS count, sum(i.bytes) AS bytes, sum(i.duration_ms) AS duration_ms
        FROM items i GROUP BY i.accession_id) t CROSS JOIN accessions a ON a.id = t.accession_id
  WHERE a.id NOT IN (SELECT accession_id FROM deaccessions)`;

/** Each content once, as it is counted in `counters`. */
const BY_KIND = `SELECT key, count, bytes, duration_ms FROM counters WHERE facet = 'kind' AND count > 0`;

/** Looks at every part: a second for a million. */
export function archiveBreakdown(connection: Connection): ArchiveBreakdown {
  const of = (sql: string) => tallied(connection.sql<TallyRow>(sql).all());
  return { byRole: of(BY_ROLE), byRights: of(BY_RIGHTS), byKind: of(BY_KIND) };
}

function tallied(rows: readonly TallyRow[]): Record<string, Tally> {
  const result: Record<string, Tally> = {};
  for (const { key, count, bytes, duration_ms } of rows) {
    const before = result[key] ?? { count: 0, bytes: 0, hours: 0 };
    result[key] = {
      count: before.count + count,
      bytes: before.bytes + bytes,
      hours: before.hours + duration_ms / HOUR_MS,
    };
  }
  return result;
}
