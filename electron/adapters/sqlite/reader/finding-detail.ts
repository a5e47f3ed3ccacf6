import type { FindingDetail } from '../../../../shared/contract/decisions.ts';
import { WAYS_OUT, whyNot, type FindingSituation, type WayOut } from '../../../../shared/domain/deciding.ts';
import { readEvidence } from '../../../../shared/domain/finding-evidence.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { asideId } from '../../../../shared/domain/quarantine.ts';
import type { Connection } from '../connection.ts';
import { BAD_OUTCOMES } from '../writer/item-facts.ts';
import { asidesOf } from './quarantine.ts';
import { hex, Paths, time, timeIf, valueIf } from './rows.ts';

interface Row {
  readonly id: number;
  readonly outcome: string;
  readonly detail: string;
  readonly act_id: number;
  readonly opened_at: number;
  readonly last_seen_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
  readonly resolver: string | null;
  readonly reason: string | null;
  readonly event_seq: number | null;
  readonly mass_change_id: number | null;
  readonly replica_id: number;
  readonly object_id: number;
  readonly folder_id: number;
  readonly name: Buffer;
  readonly mtime_ms: number;
  readonly location_id: number;
  readonly location: string;
  readonly writes: FindingSituation['writes'];
  readonly accession_id: number;
  readonly number: string;
  readonly sha256: Buffer;
  readonly size: number;
}

/** As it was when the finding was made, also where another baseline was accepted for it. */
const FINDING = `
  SELECT n.id, n.outcome, n.detail, n.act_id, n.opened_at, n.last_seen_at, n.resolved_at, n.resolution, n.reason,
    n.mass_change_id, g.name AS resolver, e.event_seq, r.id AS replica_id, o.id AS object_id,
    coalesce(b.folder_id, r.folder_id) AS folder_id, coalesce(b.name, r.name) AS name,
    coalesce(b.mtime_ns, r.mtime_ns) / 1000000 AS mtime_ms, f.location_id, l.name AS location, l.writes,
    c.accession_id, s.number, o.sha256, o.size
  FROM findings n CROSS JOIN (
      SELECT id, object_id, folder_id, name, accrual_id, mtime_ns FROM replicas
      UNION ALL SELECT id, object_id, folder_id, coalesce(name, x''), accrual_id, 0 FROM removed_replicas
    ) r ON r.id = n.replica_id
    LEFT JOIN former_baselines b ON b.replica_id = n.replica_id AND b.finding_id = n.id
    JOIN objects o ON o.id = coalesce(b.object_id, r.object_id)
    JOIN folders f ON f.id = coalesce(b.folder_id, r.folder_id) JOIN locations l ON l.id = f.location_id
    JOIN accruals c ON c.id = r.accrual_id JOIN accessions s ON s.id = c.accession_id
    LEFT JOIN agents g ON g.id = n.resolved_by LEFT JOIN acts e ON e.id = n.resolved_act_id
  WHERE n.id = ?`;

/** The facts of one finding side by side, and what each way out of it would do. */
export function findingDetail(connection: Connection, id: number): FindingDetail | undefined {
  const row = connection.sql<Row>(FINDING).get(id);
  if (row === undefined) return undefined;
  const paths = new Paths(connection);
  const { observed, prior } = readEvidence(row.detail);
  const otherCopies = copiesOf(connection, row);
  const situation = {
    outcome: row.outcome,
    isSealed: row.writes === 'managed',
    writes: row.writes,
    otherCopies: otherCopies.filter(({ bad }) => bad === 0).length,
    isOfThePast: prior !== undefined,
  };
  return {
    id: publicId('finding', row.id),
    path: paths.json(row.folder_id, row.name),
    location: { id: publicId('location', row.location_id), name: row.location },
    accession: { id: publicId('accession', row.accession_id), number: row.number },
    replica: publicId('replica', row.replica_id),
    object: publicId('object', row.object_id),
    outcome: row.outcome,
    detail: row.detail,
    openedAt: time(row.opened_at),
    lastSeenAt: time(row.last_seen_at),
    run: publicId('run', row.act_id),
    expected: { sha256: hex(row.sha256), size: row.size, modifiedAt: time(row.mtime_ms) },
    ...(observed === undefined ? {} : { found: { sha256: observed.sha256, size: observed.size } }),
    ...checkOf('lastGood', passingCheck(connection, row, 'before')),
    ...checkOf('nextGood', passingCheck(connection, row, 'after')),
    otherCopies: otherCopies.map((copy) => ({
      replica: publicId('replica', copy.id),
      path: paths.json(copy.folder_id, copy.name),
      location: { id: publicId('location', copy.location_id), name: copy.location },
      outcome: copy.outcome,
      ...timeIf('verifiedAt', copy.verified_at),
    })),
    ways: WAYS_OUT.map((way) => {
      const reason = whyNot(way, situation);
      return {
        way,
        fits: reason === undefined,
        does: reason ?? (way === 'accept' && situation.isSealed ? ACCEPTS_IN_BAG : DOES[way]),
        command: commandOf(way, row),
      };
    }),
    ...(row.mass_change_id === null ? {} : { massChange: publicId('massChange', row.mass_change_id) }),
    setAside: asidesOf(connection, row.id).map(({ id: aside, released }) => ({
      id: asideId(aside),
      state: released?.as ?? 'aside',
    })),
    ...(row.resolved_at === null
      ? {}
      : {
          resolution: {
            as: row.resolution ?? '',
            at: time(row.resolved_at),
            ...valueIf('by', row.resolver),
            ...valueIf('reason', row.reason),
            ...(row.event_seq === null ? {} : { event: publicId('event', row.event_seq) }),
          },
        }),
  };
}

const DOES: Readonly<Record<WayOut, string>> = {
  recover:
    'Copies a good copy beside its place, reads it back and compares it; sets what stands there now aside, on the same volume; then gives the copy its name.',
  accept:
    'Reads the file again now and makes what it holds the content that is expected; the digest so far stays on record. Needs a reason.',
  moved:
    'Looks for its content among files in nobody’s custody, reads what it finds, and expects the file there from now on.',
  'false-alarm': 'Reads the file again now; only if it is intact the finding is closed.',
  deaccession: 'Ends custody of the whole accession, with all findings of it. No file is touched.',
};

const ACCEPTS_IN_BAG =
  'Changes nothing in its bag: makes a bag beside it that succeeds it, with what the file holds now and every other file as it was sealed, ' +
  'reads it back, and expects all of them there. The bag so far stays until a person removes it. Needs room for a second one, and a reason.';

function commandOf(way: WayOut, row: Row): string {
  const finding = publicId('finding', row.id);
  if (way === 'recover') return `holdfast recover ${finding}`;
  if (way === 'deaccession') return `holdfast deaccession ${row.number} --reason TEXT --authority TEXT`;
  return `holdfast findings resolve ${finding} --as ${way}${way === 'accept' ? ' --reason TEXT' : ''}`;
}

interface CopyRow {
  readonly id: number;
  readonly folder_id: number;
  readonly name: Buffer;
  readonly location_id: number;
  readonly location: string;
  readonly outcome: string;
  readonly verified_at: number | null;
  readonly bad: number;
}

function copiesOf(connection: Connection, { object_id, replica_id }: Row): CopyRow[] {
  return connection
    .sql<CopyRow>(
      `SELECT r.id, r.folder_id, r.name, f.location_id, l.name AS location, r.outcome, r.verified_at,
         r.outcome IN ${BAD_OUTCOMES} OR r.outcome IN ('tags_changed', 'moved') AS bad
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN locations l ON l.id = f.location_id
       WHERE r.object_id = ? AND r.id <> ? ORDER BY bad, r.verified_at IS NULL, r.verified_at DESC, r.id LIMIT 100`,
    )
    .all(object_id, replica_id);
}

interface CheckRow {
  readonly act_id: number;
  readonly closed_at: number;
  readonly outcome: string;
}

/** Of the runs that passed this copy: the last one before the failure was first seen, and the first one after it was last seen. */
function passingCheck(connection: Connection, row: Row, side: 'before' | 'after'): CheckRow | undefined {
  const [condition, order] =
    side === 'before' ? ['a.closed_at < ?', 'DESC'] : ['a.closed_at > ? AND a.id > n.act_id', 'ASC'];
  return connection
    .sql<CheckRow>(
      `SELECT a.id AS act_id, a.closed_at, x.outcome FROM findings n CROSS JOIN acts a
         CROSS JOIN act_outcomes x ON x.act_id = a.id
       WHERE n.id = ? AND x.replica_id = n.replica_id AND x.outcome IN ('intact', 'recovered') AND a.closed_at IS NOT NULL
         AND a.kind IN ('audit', 'rescan', 'replication', 'recovery', 'resolution') AND ${condition}
       ORDER BY a.closed_at ${order} LIMIT 1`,
    )
    .get(row.id, side === 'before' ? row.opened_at : row.last_seen_at);
}

function checkOf<Name extends string>(name: Name, row: CheckRow | undefined) {
  return (
    row === undefined
      ? {}
      : { [name]: { at: time(row.closed_at), run: publicId('run', row.act_id), outcome: row.outcome } }
  ) as { [Key in Name]?: { at: string; run: string; outcome: string } };
}
