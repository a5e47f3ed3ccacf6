import { dirname } from 'node:path';
import type { ArchiveInfo, ArchivePolicy, ArchiveStatus } from '../../../../shared/contract/archive.ts';
import type { Tally } from '../../../../shared/contract/common.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { freshAt, isOverdue, type Fresh } from '../../../../shared/domain/overdue.ts';
import { pathToJson, utf8Path } from '../../../../shared/domain/path.ts';
import { PRESERVATION_STATUSES } from '../../../../shared/domain/preservation-status.ts';
import { recallsOf } from '../../../../shared/domain/recall.ts';
import { NO_EVENT } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';
import { responsibility } from './agent-roles.ts';
import { gapSql, type Gap } from './gaps.ts';
import { statusOf } from './item-status.ts';
import { json, time } from './rows.ts';
import { shelfOf } from './shelf.ts';

interface ArchiveRow {
  readonly id: string;
  readonly name: string;
  readonly accession_pattern: string;
  readonly further_digests: string;
  readonly verify_within_days: number;
  readonly technical_policy: string;
  readonly virus_check: number;
  readonly mass_change: string;
  readonly created_at: number;
}

function archiveRow(connection: Connection): ArchiveRow {
  const row = connection.sql<ArchiveRow>('SELECT * FROM archive').get();
  if (row === undefined)
    throw new HoldfastError('CATALOGUE_CORRUPT', 'The catalogue does not say which archive it is.');
  return row;
}

/** `path` is the archive's own: its catalogue stands in it, unless it is read from a copy. */
export function archiveInfo(
  connection: Connection,
  path: string | undefined,
  readOnly: boolean,
): ArchiveInfo {
  const row = archiveRow(connection);
  return {
    id: row.id,
    name: row.name,
    // The archive's own path is UTF-8 (design, "The archive on disk").
    path: pathToJson(utf8Path(path ?? dirname(connection.path))),
    schemaVersion: connection.db.pragma('user_version', { simple: true }) as number,
    readOnly,
    createdAt: time(row.created_at),
    policy: {
      accessionPattern: row.accession_pattern,
      furtherDigests: (json(row.further_digests) ?? []) as ArchivePolicy['furtherDigests'],
      verifyWithinDays: row.verify_within_days,
      technical: json(row.technical_policy) as ArchivePolicy['technical'],
      virusCheck: row.virus_check === 1,
      massChange: json(row.mass_change) as ArchivePolicy['massChange'],
    },
  };
}

interface CounterRow {
  readonly facet: string;
  readonly key: string;
  readonly count: number;
  readonly bytes: number;
  readonly duration_ms: number;
}

interface LastAudit {
  readonly at: number;
  readonly checked: number;
  readonly complete: number;
  readonly outcomes: string;
}

const HOUR_MS = 3_600_000;

/**
 * How the archive stands, from what the writer keeps counted: the time this takes does not grow with the holdings. Bytes and
 * hours of the whole are those of the objects: each content once, however many replicas it has.
 */
export function archiveStatus(connection: Connection, now: number): ArchiveStatus {
  // One snapshot: the numbers agree with each other.
  return connection.db.transaction((): ArchiveStatus => {
    const archive = archiveRow(connection);
    const counters = connection.sql<CounterRow>('SELECT * FROM counters').all();
    const of = (facet: string) => counters.filter((row) => row.facet === facet && row.count > 0);
    const total = (key: string) => counters.find((row) => row.facet === 'total' && row.key === key);
    const fresh = freshAt(now, archive.verify_within_days);
    const objects = total('objects');
    return {
      archive: { id: archive.id, name: archive.name },
      items: total('items')?.count ?? 0,
      objects: objects?.count ?? 0,
      replicas: total('replicas')?.count ?? 0,
      bytes: objects?.bytes ?? 0,
      hours: (objects?.duration_ms ?? 0) / HOUR_MS,
      byOutcome: Object.fromEntries(of('outcome').map(({ key, count }) => [key, count])),
      byStatus: byStatus(of('item'), fresh),
      byFormat: tallies(of('format'), ({ key }) => key),
      byLocation: byLocation(connection, of('location')),
      ...dueOf(of('verified'), fresh),
      offline: offline(connection, of('location'), time(now).slice(0, 10)),
      openFindings: count(connection, 'SELECT count(*) FROM findings WHERE resolved_at IS NULL'),
      openMassChanges: count(connection, 'SELECT count(*) FROM mass_changes WHERE decided_at IS NULL'),
      untracked: count(connection, 'SELECT count(*) FROM untracked'),
      gaps: gaps(connection),
      pendingDeletions: count(
        connection,
        `SELECT count(*) FROM deletion_places WHERE state IN ('pending', 'removing', 'refused')`,
      ),
      openJobs: count(
        connection,
        `SELECT count(*) FROM jobs WHERE state IN ('queued', 'running', 'paused', 'interrupted')`,
      ),
      ...responsibility(connection, time(now).slice(0, 10)),
      lastAudit: lastAudit(connection),
      catalogueHasCopy: count(connection, 'SELECT count(*) FROM snapshots WHERE removed_at IS NULL') > 0,
      log: logHead(connection),
    };
  })();
}

function dueOf(
  rows: readonly CounterRow[],
  fresh: Fresh,
): Pick<ArchiveStatus, 'overdue' | 'awaitingFirstCheck'> {
  const due = { overdue: 0, awaitingFirstCheck: 0 };
  for (const { key, count } of rows) {
    const day = Number(key);
    if (isOverdue(day, fresh)) due.overdue += count;
    else if (day < 0) due.awaitingFirstCheck += count;
  }
  return due;
}

/** By the facts that the writer keeps of each item (`held:verified day:copies`). */
function byStatus(rows: readonly CounterRow[], fresh: Fresh): Record<string, Tally> {
  const result: Record<string, Tally> = Object.fromEntries(
    PRESERVATION_STATUSES.map((status) => [status, { count: 0, bytes: 0, hours: 0 }]),
  );
  for (const row of rows) {
    const [held = 0, day = 0, copies = 0] = row.key.split(':').map(Number);
    addTo(result, statusOf(held === 1, day, copies, fresh), row);
  }
  return result;
}

function tallies(rows: readonly CounterRow[], name: (row: CounterRow) => string): Record<string, Tally> {
  const result: Record<string, Tally> = {};
  for (const row of rows) addTo(result, name(row), row);
  return result;
}

function addTo(tallied: Record<string, Tally>, name: string, row: CounterRow): void {
  const before = tallied[name] ?? { count: 0, bytes: 0, hours: 0 };
  tallied[name] = {
    count: before.count + row.count,
    bytes: before.bytes + row.bytes,
    hours: before.hours + row.duration_ms / HOUR_MS,
  };
}

/** Locations without a replica are named too: that they hold nothing is worth knowing. */
function byLocation(connection: Connection, rows: readonly CounterRow[]): Record<string, Tally> {
  const byId = new Map(rows.map((row) => [row.key, row]));
  const locations = connection
    .sql<{ id: number; name: string }>('SELECT id, name FROM locations ORDER BY id')
    .all();
  return Object.fromEntries(
    locations.map(({ id, name }) => {
      const row = byId.get(String(id));
      return [
        name,
        { count: row?.count ?? 0, bytes: row?.bytes ?? 0, hours: (row?.duration_ms ?? 0) / HOUR_MS },
      ];
    }),
  );
}

function offline(
  connection: Connection,
  rows: readonly CounterRow[],
  today: string,
): ArchiveStatus['offline'] {
  const places = connection.sql<{ id: number }>(`SELECT id FROM locations WHERE kind = 'offline'`).all();
  const ids = new Set(places.map(({ id }) => String(id)));
  return {
    locations: ids.size,
    replicas: rows.reduce((sum, { key, count }) => sum + (ids.has(key) ? count : 0), 0),
    toFetch: places.filter(({ id }) => recallsOf(shelfOf(connection, id), today).some((each) => each.isPast))
      .length,
  };
}

function gaps(connection: Connection): ArchiveStatus['gaps'] {
  const of = (gap: Gap) => count(connection, `SELECT count(*) FROM accessions a WHERE ${gapSql(gap)}`);
  return { rights: of('rights'), source: of('source'), acquired: of('acquired') };
}

function lastAudit(connection: Connection): ArchiveStatus['lastAudit'] {
  const row = connection
    .sql<LastAudit>(
      `SELECT a.closed_at AS at, r.checked, r.complete, r.outcomes FROM runs r JOIN acts a ON a.id = r.act_id
       WHERE r.kind = 'audit' AND a.closed_at IS NOT NULL ORDER BY r.act_id DESC LIMIT 1`,
    )
    .get();
  if (row === undefined) return null;
  return {
    at: time(row.at),
    checked: row.checked,
    complete: row.complete === 1,
    outcomes: (json(row.outcomes) ?? {}) as Record<string, number>,
  };
}

export function logHead(connection: Connection): ArchiveStatus['log'] {
  const row = connection
    .sql<{ seq: number; hash: Buffer }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1')
    .get();
  return { events: row?.seq ?? 0, head: row?.hash.toString('hex') ?? NO_EVENT };
}

function count(connection: Connection, sql: string): number {
  return connection.sql<number>(sql).pluck(true).get() ?? 0;
}
