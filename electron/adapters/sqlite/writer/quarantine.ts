import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { displayPath, joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import { asideId } from '../../../../shared/domain/quarantine.ts';
import type { QuarantineWriter } from '../../../core/ports/quarantine.ts';
import type { WriterContext } from './context.ts';
import { actorId, softwareId } from './events.ts';

type Methods = {
  [Name in keyof QuarantineWriter]: (
    ...args: Parameters<QuarantineWriter[Name]>
  ) => Awaited<ReturnType<QuarantineWriter[Name]>>;
};

/** The writer's methods for damaged files that were set aside. */
export function quarantineMethods(context: WriterContext): Methods {
  return {
    releaseAside: (...args) => context.transactions.single(() => releaseAside(context, ...args)),
    adoptAside: (...args) => context.transactions.single(() => adoptAside(context, ...args)),
  };
}

interface Aside {
  readonly finding_id: number;
  readonly replica_id: number;
  readonly location_id: number;
  readonly root: Buffer;
  readonly path: Buffer;
  readonly released_at: number | null;
}

function releaseAside(
  { connection, events }: WriterContext,
  id: number,
  { as, reason, secondAgent, to }: Parameters<QuarantineWriter['releaseAside']>[1],
  agent: Parameters<QuarantineWriter['releaseAside']>[2],
): void {
  const row = connection
    .sql<Aside>(
      `SELECT q.finding_id, q.replica_id, q.location_id, l.root, q.path, q.released_at FROM quarantined q
         JOIN locations l ON l.id = q.location_id WHERE q.id = ?`,
    )
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no ${asideId(id)} in this archive.`);
  if (row.released_at !== null)
    throw new HoldfastError(
      'BAD_INPUT',
      `${asideId(id)} has left quarantine already. Nothing was done. See: holdfast quarantine show ${asideId(id)}`,
    );
  const now = Date.now();
  const agentId = actorId(connection, agent.name);
  softwareId(connection, agent.softwareVersion);
  const agents = secondAgent === undefined ? [] : [agentId, actorId(connection, secondAgent)];
  const from = displayPath(joinRaw(row.root as Uint8Array as RawPath, row.path));
  events.append(
    {
      type: as === 'restored' ? 'unquarantine' : 'deletion',
      outcome: 'success',
      agentId,
      links: [
        { kind: 'replica', id: row.replica_id },
        { kind: 'location', id: row.location_id },
      ],
      facts: {
        quarantined: id,
        finding: row.finding_id,
        as,
        ...(agents.length === 0 ? {} : { agents }),
      },
      details: {
        note:
          as === 'restored'
            ? 'A damaged file that had been set aside was given back'
            : 'A damaged file that had been set aside was removed',
        reason,
        from,
        ...(secondAgent === undefined ? {} : { secondAgent }),
        ...(to === undefined ? {} : { to: displayPath(to) }),
      },
    },
    now,
  );
  connection.sql('UPDATE quarantined SET released_at = ? WHERE id = ?').run(now, id);
}

function adoptAside(
  { connection, events }: WriterContext,
  { findingId, jobId, path, size, sha256 }: Parameters<QuarantineWriter['adoptAside']>[0],
  agent: Parameters<QuarantineWriter['adoptAside']>[1],
): void {
  const found = connection
    .sql<{ act_id: number; replica_id: number; location_id: number }>(
      `SELECT a.id AS act_id, n.replica_id, f.location_id FROM acts a JOIN finding_steps s ON s.act_id = a.id
         JOIN findings n ON n.id = s.finding_id
         LEFT JOIN replicas r ON r.id = n.replica_id LEFT JOIN removed_replicas x ON x.id = n.replica_id
         JOIN folders f ON f.id = coalesce(r.folder_id, x.folder_id)
       WHERE a.job_id = ? AND a.kind = 'recovery' AND s.finding_id = ?
         AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.act_id = a.id AND q.finding_id = s.finding_id)`,
    )
    .get(jobId, findingId);
  if (found === undefined) return;
  const now = Date.now();
  const agentId = actorId(connection, agent.name);
  softwareId(connection, agent.softwareVersion);
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO quarantined (finding_id, replica_id, location_id, path, size, sha256, at, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(findingId, found.replica_id, found.location_id, path, size, sha256 ?? null, now, found.act_id);
  events.append(
    {
      type: 'quarantine',
      outcome: 'warning',
      agentId,
      links: [
        { kind: 'replica', id: found.replica_id },
        { kind: 'location', id: found.location_id },
      ],
      facts: { quarantined: Number(lastInsertRowid), finding: findingId, act: found.act_id, files: 1 },
      details: { note: 'A damaged file was found that an interrupted recovery had set aside' },
    },
    now,
  );
}
