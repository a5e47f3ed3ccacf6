import { publicId } from '../../../../shared/domain/ids.ts';
import type { DeletionRecord, RemovedCopy } from '../../../core/ports/custody.ts';
import { NO_EVENT } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';
import { custodyPlaces, deaccessionOf } from './custody.ts';
import { hex, Paths, time, timeIf } from './rows.ts';

interface DeletionRow {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly reason: string;
  readonly agent: string;
  readonly second_agent: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly event_seq: number | null;
}

interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly hash: Buffer;
}

/** All that a certificate says, in one snapshot. */
export function deletionOf(connection: Connection, accessionId: number): DeletionRecord | undefined {
  return connection.db.transaction((): DeletionRecord | undefined => {
    const row = connection
      .sql<DeletionRow>(
        `SELECT d.id, a.number, a.title, d.reason, g.name AS agent, s.name AS second_agent, d.opened_at, d.closed_at, d.event_seq
         FROM deletions d JOIN accessions a ON a.id = d.accession_id JOIN agents g ON g.id = d.agent_id
           JOIN agents s ON s.id = d.second_agent_id WHERE d.accession_id = ?`,
      )
      .get(accessionId);
    const deaccession = deaccessionOf(connection, accessionId);
    const archive = connection.sql<{ id: string; name: string }>('SELECT id, name FROM archive').get();
    if (row === undefined || deaccession === undefined || archive === undefined) return undefined;
    const event = connection
      .sql<EventRow>('SELECT seq, at, hash FROM events WHERE seq = ?')
      .get(row.event_seq);
    const head = connection.sql<EventRow>('SELECT seq, at, hash FROM events ORDER BY seq DESC LIMIT 1').get();
    return {
      id: row.id,
      accession: { id: accessionId, number: row.number, title: row.title },
      archive,
      deaccession,
      reason: row.reason,
      agent: row.agent,
      secondAgent: row.second_agent,
      openedAt: time(row.opened_at),
      ...timeIf('closedAt', row.closed_at),
      ...(event && {
        event: { id: publicId('event', event.seq), at: time(event.at), hash: hex(event.hash) },
      }),
      log: { events: head?.seq ?? 0, head: head === undefined ? NO_EVENT : hex(head.hash) },
      places: custodyPlaces(connection, accessionId),
    };
  })();
}

export function removedBy(connection: Connection, actId: number): { files: number; bytes: number } {
  return (
    connection
      .sql<{ files: number; bytes: number }>(
        `SELECT count(*) AS files, coalesce(sum(d.size), 0) AS bytes
         FROM act_outcomes a CROSS JOIN removed_replicas d ON d.id = a.replica_id
         WHERE a.act_id = ? AND a.outcome = 'deleted'`,
      )
      .get(actId) ?? { files: 0, bytes: 0 }
  );
}

interface CopyRow {
  readonly id: number;
  readonly sha256: Buffer;
  readonly size: number;
  readonly location: string;
  readonly folder_id: number;
  readonly name: Buffer | null;
  readonly deleted_at: number;
}

const COPIES_AT_ONCE = 1_000;

/** Walks by id, so that a large deletion is read once and never sorted. */
export function removedCopies(connection: Connection, deletionId: number, after: number): RemovedCopy[] {
  const paths = new Paths(connection);
  return connection
    .sql<CopyRow>(
      `SELECT d.id, o.sha256, d.size, l.name AS location, d.folder_id, d.name, d.deleted_at
       FROM removed_replicas d CROSS JOIN objects o ON o.id = d.object_id CROSS JOIN folders f ON f.id = d.folder_id
         CROSS JOIN locations l ON l.id = f.location_id
       WHERE d.id > ? AND d.deleted_at IS NOT NULL AND d.bag_id IN (
         SELECT bag_id FROM deletion_places WHERE deletion_id = ? AND state = 'deleted')
       ORDER BY d.id LIMIT ${COPIES_AT_ONCE}`,
    )
    .all(after, deletionId)
    .map((row) => ({
      replicaId: row.id,
      sha256: hex(row.sha256),
      size: row.size,
      location: row.location,
      ...(row.name !== null && { path: paths.file(row.folder_id, row.name) }),
      deletedAt: time(row.deleted_at),
    }));
}
