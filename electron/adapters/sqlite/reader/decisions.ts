import type { MassChange } from '../../../../shared/contract/decisions.ts';
import type { MassLook } from '../../../../shared/domain/mass-change.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { joinRaw, pathToJson, type RawPath } from '../../../../shared/domain/path.ts';
import type {
  DecisionReader,
  DecisionStep,
  FindingAtHand,
  KnownCopy,
  UntrackedFile,
} from '../../../core/ports/deciding.ts';
import type { Connection } from '../connection.ts';
import { BAD_OUTCOMES } from '../writer/item-facts.ts';
import { findingDetail } from './finding-detail.ts';
import { replicaHistory } from './replica-history.ts';
import { json, Paths, time, timeIf, valueIf } from './rows.ts';

type Methods = {
  [Name in keyof DecisionReader]: (
    ...args: Parameters<DecisionReader[Name]>
  ) => Awaited<ReturnType<DecisionReader[Name]>>;
};

/** What whoever decides on findings must know. */
export function decisionReading(connection: Connection): Methods {
  return {
    openFindings: (of) => openFindings(connection, of),
    findingsAtHand: (ids) => findingsAtHand(connection, ids),
    finding: (id) => findingDetail(connection, id),
    decisionSteps: (actId) => decisionSteps(connection, actId),
    openDecisionOn: (ids) =>
      connection
        .sql<{ jobId: number; findingId: number }>(
          `SELECT a.job_id AS jobId, s.finding_id AS findingId FROM json_each(?) j
             CROSS JOIN acts a CROSS JOIN finding_steps s ON s.act_id = a.id AND s.finding_id = j.value
           WHERE a.kind IN ('resolution', 'recovery') AND a.closed_at IS NULL LIMIT 1`,
        )
        .get(JSON.stringify(ids)),
    untrackedOfSize: (size) => untrackedOfSize(connection, size),
    massChanges: (all) => massChanges(connection, all ? 'true' : 'm.decided_at IS NULL'),
    massChange: (id) => massChanges(connection, 'm.id = ?', id)[0],
    replicaHistory: (id) => replicaHistory(connection, id),
  };
}

function openFindings(
  connection: Connection,
  { locationId, outcome, massChangeId }: Parameters<DecisionReader['openFindings']>[0],
): number[] {
  return connection
    .sql<number>(
      `SELECT n.id FROM findings n JOIN replicas r ON r.id = n.replica_id JOIN folders f ON f.id = r.folder_id
       WHERE n.resolved_at IS NULL AND f.location_id = coalesce(?, f.location_id) AND n.outcome = coalesce(?, n.outcome)
         AND (? IS NULL OR n.mass_change_id = ?)
       ORDER BY n.id`,
    )
    .pluck(true)
    .all(locationId ?? null, outcome ?? null, massChangeId ?? null, massChangeId ?? null);
}

interface AtHandRow {
  readonly id: number;
  readonly resolved: number;
  readonly outcome: string;
  readonly detail: string;
  readonly replica_id: number;
  readonly accrual_id: number;
  readonly folder_id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly location_id: number;
  readonly writes: string;
  readonly failure_group: string | null;
  readonly object_id: number;
  readonly sha256: Buffer;
  readonly size: number;
  readonly mtime: string;
}

function findingsAtHand(connection: Connection, ids: readonly number[]): FindingAtHand[] {
  const rows = connection
    .sql<AtHandRow>(
      `SELECT n.id, n.resolved_at IS NOT NULL AS resolved, n.outcome, n.detail, r.id AS replica_id, r.accrual_id, r.folder_id,
         f.path AS folder, r.name, f.location_id, l.writes, l.failure_group, o.id AS object_id, o.sha256, o.size,
         CAST(r.mtime_ns AS TEXT) AS mtime
       FROM json_each(?) j CROSS JOIN findings n ON n.id = j.value CROSS JOIN replicas r ON r.id = n.replica_id
         CROSS JOIN folders f ON f.id = r.folder_id CROSS JOIN locations l ON l.id = f.location_id
         CROSS JOIN objects o ON o.id = r.object_id
       ORDER BY j.key`,
    )
    .all(JSON.stringify(ids));
  const paths = new Paths(connection);
  return rows.map((row) => {
    const failureGroup = row.failure_group === '' ? null : row.failure_group;
    return {
      id: row.id,
      resolved: row.resolved === 1,
      outcome: row.outcome,
      detail: row.detail,
      replicaId: row.replica_id,
      accrualId: row.accrual_id,
      locationId: row.location_id,
      path: paths.file(row.folder_id, row.name),
      relative: joinRaw(row.folder as Uint8Array as RawPath, row.name),
      isSealed: row.writes === 'managed',
      ...valueIf('bagId', row.writes === 'managed' ? bagAt(connection, row.location_id, row.folder) : null),
      ...valueIf('failureGroup', failureGroup),
      objectId: row.object_id,
      sha256: row.sha256,
      size: row.size,
      mtimeNs: BigInt(row.mtime),
      copies: copiesOf(connection, paths, row.object_id, row.replica_id, row.location_id, failureGroup),
    };
  });
}

/** Bags stand three folders deep: `<archive>/bags/<name>`. */
function bagAt(connection: Connection, locationId: number, folder: Buffer): number | undefined {
  const path = folder.toString('latin1').split('/').slice(0, 3).join('/');
  return connection
    .sql<number>('SELECT id FROM bags WHERE location_id = ? AND path = ? AND deleted_at IS NULL')
    .pluck(true)
    .get(locationId, Buffer.from(path, 'latin1'));
}

interface CopyRow {
  readonly id: number;
  readonly folder_id: number;
  readonly location_id: number;
  readonly name: Buffer;
  readonly outcome: string;
  readonly verified_at: number | null;
  readonly failure_group: string | null;
}

const MOST_COPIES = 20;

/** Verified most recently first, those of another failure group before those of the same. */
function copiesOf(
  connection: Connection,
  paths: Paths,
  objectId: number,
  replicaId: number,
  locationId: number,
  group: string | null,
): KnownCopy[] {
  return connection
    .sql<CopyRow>(
      `SELECT r.id, r.folder_id, f.location_id, r.name, r.outcome, r.verified_at, nullif(l.failure_group, '') AS failure_group
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN locations l ON l.id = f.location_id
       WHERE r.object_id = ? AND r.id <> ? AND r.outcome NOT IN ${BAD_OUTCOMES} AND r.outcome NOT IN ('tags_changed', 'moved')
       ORDER BY r.verified_at IS NULL, (l.id = ? OR l.failure_group IS ?), r.verified_at DESC, r.id LIMIT ${MOST_COPIES}`,
    )
    .all(objectId, replicaId, locationId, group)
    .map((row) => ({
      replicaId: row.id,
      locationId: row.location_id,
      path: paths.file(row.folder_id, row.name),
      outcome: row.outcome,
      ...valueIf('verifiedAt', row.verified_at),
      ...valueIf('failureGroup', row.failure_group),
    }));
}

interface StepRow {
  readonly finding_id: number;
  readonly state: DecisionStep['state'];
  readonly detail: string;
  readonly inode: string | null;
  readonly damaged_size: number | null;
  readonly damaged_sha256: Buffer | null;
}

function decisionSteps(connection: Connection, actId: number): DecisionStep[] {
  return connection
    .sql<StepRow>(
      `SELECT finding_id, state, detail, CAST(staged_inode AS TEXT) AS inode, damaged_size, damaged_sha256
       FROM finding_steps WHERE act_id = ? ORDER BY finding_id`,
    )
    .all(actId)
    .map((row) => ({
      findingId: row.finding_id,
      state: row.state,
      detail: row.detail,
      ...valueIf('stagedInode', row.inode === null ? null : BigInt(row.inode)),
      ...(row.damaged_size === null
        ? {}
        : { damaged: { size: row.damaged_size, ...valueIf('sha256', row.damaged_sha256) } }),
    }));
}

function untrackedOfSize(connection: Connection, size: number): UntrackedFile[] {
  return connection
    .sql<{ location_id: number; root: Buffer; folder: Buffer; name: Buffer }>(
      `SELECT f.location_id, l.root, f.path AS folder, u.name FROM untracked u JOIN folders f ON f.id = u.folder_id
         JOIN locations l ON l.id = f.location_id
       WHERE u.size = ? AND NOT EXISTS (SELECT 1 FROM replicas r WHERE r.folder_id = u.folder_id AND r.name = u.name)
       ORDER BY f.location_id, f.path, u.name LIMIT 1000`,
    )
    .all(size)
    .map((row) => {
      const folder = row.folder as Uint8Array as RawPath;
      return {
        locationId: row.location_id,
        path: joinRaw(row.root as Uint8Array as RawPath, joinRaw(folder, row.name)),
        folder,
        name: row.name,
      };
    });
}

interface MassRow {
  readonly id: number;
  readonly location_id: number;
  readonly location: string;
  readonly act_id: number;
  readonly looks_like: MassLook;
  readonly folder: Buffer;
  readonly files: number;
  readonly of_files: number;
  readonly open_findings: number;
  readonly detail: string;
  readonly opened_at: number;
  readonly last_seen_at: number;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  readonly decision: string | null;
  readonly reason: string | null;
  readonly event_seq: number | null;
}

function massChanges(connection: Connection, condition: string, ...values: number[]): MassChange[] {
  const paths = new Paths(connection);
  return connection
    .sql<MassRow>(
      `SELECT m.*, l.name AS location, a.name AS decided_by,
         (SELECT count(*) FROM findings n WHERE n.mass_change_id = m.id AND n.resolved_at IS NULL) AS open_findings
       FROM mass_changes m JOIN locations l ON l.id = m.location_id
         LEFT JOIN agents a ON a.id = m.decided_by WHERE ${condition} ORDER BY m.id DESC`,
    )
    .all(...values)
    .map((row) => {
      const { outcomes = {}, lastIntactAt = null } = (json(row.detail) ?? {}) as {
        outcomes?: Record<string, number>;
        lastIntactAt?: number | null;
      };
      return {
        id: publicId('massChange', row.id),
        location: { id: publicId('location', row.location_id), name: row.location },
        run: publicId('run', row.act_id),
        looksLike: row.looks_like,
        folder: pathToJson(paths.inLocation(row.location_id, row.folder)),
        files: row.files,
        ofFiles: row.of_files,
        outcomes,
        openFindings: row.open_findings,
        ...timeIf('lastIntactAt', lastIntactAt),
        openedAt: time(row.opened_at),
        lastSeenAt: time(row.last_seen_at),
        ...(row.decided_at === null
          ? {}
          : {
              decided: {
                as: row.decision ?? '',
                at: time(row.decided_at),
                by: row.decided_by ?? '',
                reason: row.reason ?? '',
                ...(row.event_seq === null ? {} : { event: publicId('event', row.event_seq) }),
              },
            }),
      };
    });
}
