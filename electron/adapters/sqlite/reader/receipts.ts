import type { NotReceived, ReceiptHead, ReceivedFile } from '../../../core/ports/intake.ts';
import type { Connection } from '../connection.ts';
import { accession } from './accessions.ts';
import { archiveInfo, logHead } from './status.ts';
import { hex, json, Paths, time } from './rows.ts';

interface AccrualRow {
  readonly number: number;
  readonly act_id: number;
  readonly sealed_at: number;
  readonly tally: string;
}

export function receiptHead(connection: Connection, accessionId: number): ReceiptHead | undefined {
  return connection.db.transaction((): ReceiptHead | undefined => {
    const found = accession(connection, accessionId);
    if (found === undefined) return undefined;
    const { id, name } = archiveInfo(connection, undefined, false);
    const accruals = connection
      .sql<AccrualRow>(
        `SELECT c.number, c.act_id, c.sealed_at, t.tally FROM accruals c JOIN acts t ON t.id = c.act_id
         WHERE c.accession_id = ? AND c.sealed_at IS NOT NULL ORDER BY c.number`,
      )
      .all(accessionId);
    return {
      archive: { id, name },
      accession: { ...found, id: accessionId },
      accruals: accruals.map(({ number, act_id: actId, sealed_at: sealedAt, tally }) => {
        const counted = (json(tally) ?? {}) as Readonly<Record<string, number>>;
        const of = (what: string): number => counted[what] ?? 0;
        return {
          number,
          actId,
          sealedAt: time(sealedAt),
          files: of('files'),
          bytes: of('bytes'),
          refused: of('refused'),
          problems: of('problems'),
          leftOut: of('leftOut'),
        };
      }),
      log: logHead(connection),
    };
  })();
}

interface ReceivedRow {
  readonly ordinal: number;
  readonly folder_id: number;
  /** NULL once erased. */
  readonly name: Buffer | null;
  readonly object_id: number;
  readonly sha256: Buffer;
  readonly size: number;
  readonly format: string;
}

/** From what the act recorded and the log commits to; a copy that was deleted since is named by its tombstone. */
export function received(
  connection: Connection,
  actId: number,
  after: number,
  limit: number,
): ReceivedFile[] {
  const rows = connection
    .sql<ReceivedRow>(
      `SELECT x.ordinal, coalesce(r.folder_id, g.folder_id) AS folder_id, coalesce(r.name, g.name) AS name, o.id AS object_id, o.sha256, o.size, f.name AS format
       FROM act_outcomes x LEFT JOIN replicas r ON r.id = x.replica_id
         LEFT JOIN removed_replicas g ON r.id IS NULL AND g.id = x.replica_id
         JOIN objects o ON o.id = coalesce(r.object_id, g.object_id) JOIN formats f ON f.id = o.format_id
       WHERE x.act_id = ? AND x.ordinal > ? AND x.replica_id IS NOT NULL ORDER BY x.ordinal LIMIT ?`,
    )
    .all(actId, after, limit);
  const further = furtherDigests(connection, new Set(rows.map((row) => row.object_id)));
  const paths = new Paths(connection);
  return rows.map((row) => {
    return {
      ordinal: row.ordinal,
      ...(row.name === null ? {} : { path: paths.file(row.folder_id, row.name) }),
      size: row.size,
      digests: [['sha256', hex(row.sha256)], ...(further.get(row.object_id) ?? [])],
      format: row.format,
    };
  });
}

function furtherDigests(
  connection: Connection,
  objects: ReadonlySet<number>,
): Map<number, [algorithm: string, hex: string][]> {
  const found = new Map<number, [string, string][]>();
  const rows = connection
    .sql<{ object_id: number; algorithm: string; value: Buffer }>(
      `SELECT object_id, algorithm, value FROM digests WHERE object_id IN (SELECT value FROM json_each(?))
       ORDER BY object_id, algorithm`,
    )
    .all(JSON.stringify([...objects]));
  for (const { object_id: id, algorithm, value } of rows)
    found.set(id, [...(found.get(id) ?? []), [algorithm, hex(value)]]);
  return found;
}

interface NotReceivedRow {
  readonly ordinal: number;
  readonly location_id: number | null;
  readonly path: Buffer;
  readonly severity: NotReceived['kind'];
  readonly message: string;
}

export function notReceived(
  connection: Connection,
  actId: number,
  after: number,
  limit: number,
): NotReceived[] {
  const paths = new Paths(connection);
  return connection
    .sql<NotReceivedRow>(
      `SELECT x.ordinal, p.location_id, p.path, p.severity, p.message FROM act_outcomes x JOIN problems p ON p.id = x.problem_id
       WHERE x.act_id = ? AND x.ordinal > ? AND p.severity <> 'advisory' ORDER BY x.ordinal LIMIT ?`,
    )
    .all(actId, after, limit)
    .map((row) => ({
      ordinal: row.ordinal,
      path: paths.inLocation(row.location_id, row.path),
      kind: row.severity,
      message: row.message,
    }));
}
