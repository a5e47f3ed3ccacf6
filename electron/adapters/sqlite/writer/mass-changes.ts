import { HoldfastError } from '../../../../shared/domain/errors.ts';
import {
  DEFAULT_MASS_THRESHOLDS,
  isMassChange,
  looksLike,
  type MassThresholds,
} from '../../../../shared/domain/mass-change.ts';
import type { ActingAgent } from '../../../core/ports/common.ts';
import type { Connection } from '../connection.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

interface ChangedRow {
  readonly id: number;
  readonly outcome: string;
  readonly folder_id: number;
  readonly path: Buffer;
  readonly name: Buffer;
  readonly unrecognised: number;
}

/**
 * When a run closes: where so many files of a location changed that they must have one cause, they are one finding. A later run
 * that sees them again adds to it, for as long as nobody has decided.
 */
export function noteMassChanges({ connection }: WriterContext, act: Pick<ActState, 'id'>, now: number): void {
  const locations = connection
    .sql<{ id: number; files: number }>(
      `SELECT f.location_id AS id, count(*) AS files FROM findings n CROSS JOIN replicas r ON r.id = n.replica_id
         CROSS JOIN folders f ON f.id = r.folder_id
       WHERE n.act_id = ? AND n.resolved_at IS NULL GROUP BY 1`,
    )
    .all(act.id);
  const thresholds = thresholdsOf(connection);
  for (const { id, files } of locations) {
    const ofFiles =
      connection
        .sql<number>(
          'SELECT count(*) FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id WHERE f.location_id = ?',
        )
        .pluck(true)
        .get(id) ?? 0;
    if (isMassChange(files, ofFiles, thresholds)) note(connection, act, id, ofFiles, now);
  }
}

function thresholdsOf(connection: Connection): MassThresholds {
  const text = connection.sql<string>('SELECT mass_change FROM archive').pluck(true).get();
  return text === undefined ? DEFAULT_MASS_THRESHOLDS : (JSON.parse(text) as MassThresholds);
}

function note(
  connection: Connection,
  act: Pick<ActState, 'id'>,
  locationId: number,
  ofFiles: number,
  now: number,
): void {
  const rows = connection
    .sql<ChangedRow>(
      `SELECT n.id, n.outcome, r.folder_id, f.path, r.name,
         (o.kind IN ('audio', 'video') AND n.detail ->> '$.look.kind' = 'other') IS TRUE AS unrecognised
       FROM findings n CROSS JOIN replicas r ON r.id = n.replica_id CROSS JOIN folders f ON f.id = r.folder_id
         CROSS JOIN objects o ON o.id = r.object_id
       WHERE n.act_id = ? AND n.resolved_at IS NULL AND f.location_id = ?`,
    )
    .all(act.id, locationId);
  const outcomes: Record<string, number> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const folder = commonFolder(rows.map(({ path }) => path));
  const look = looksLike({
    files: rows.length,
    outcomes,
    unrecognised: rows.filter(({ unrecognised }) => unrecognised === 1).length,
    renamedTo: renamed(connection, rows),
    wholeFolderGone: isWholeFolder(connection, locationId, folder, rows.length),
  });
  const detail = JSON.stringify({ outcomes, lastIntactAt: lastIntact(connection, rows) });
  const open = connection
    .sql<{ id: number }>('SELECT id FROM mass_changes WHERE location_id = ? AND decided_at IS NULL')
    .get(locationId);
  let id = open?.id;
  if (id === undefined)
    id = Number(
      connection
        .sql(
          `INSERT INTO mass_changes (location_id, act_id, looks_like, folder, files, of_files, detail, opened_at, last_seen_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(locationId, act.id, look, folder, rows.length, ofFiles, detail, now, now).lastInsertRowid,
    );
  else
    connection
      .sql(
        'UPDATE mass_changes SET looks_like = ?, folder = ?, files = ?, of_files = ?, detail = ?, last_seen_at = ? WHERE id = ?',
      )
      .run(look, folder, rows.length, ofFiles, detail, now, id);
  const mark = connection.sql('UPDATE findings SET mass_change_id = ? WHERE id = ?');
  for (const row of rows) mark.run(id, row.id);
}

/** The deepest folder that holds all of them, relative to the location's root; empty: the root itself. */
function commonFolder(paths: readonly Buffer[]): Buffer {
  let common = paths[0]?.toString('latin1').split('/') ?? [];
  for (const path of paths.slice(1)) {
    const names = path.toString('latin1').split('/');
    let same = 0;
    while (same < common.length && common[same] === names[same]) same++;
    common = common.slice(0, same);
    if (same === 0) break;
  }
  return Buffer.from(common.join('/'), 'latin1');
}

function isWholeFolder(connection: Connection, locationId: number, folder: Buffer, files: number): boolean {
  if (folder.length === 0) return false;
  const [from, to] = [Buffer.concat([folder, Buffer.from('/')]), Buffer.concat([folder, Buffer.from('0')])];
  const below = connection
    .sql<number>(
      `SELECT count(*) FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id
       WHERE f.location_id = ? AND (f.path = ? OR (f.path > ? AND f.path < ?))`,
    )
    .pluck(true)
    .get(locationId, folder, from, to);
  return below === files;
}

/** How many missing files have a file beside their place that is called as they were, and the ending that most of those share. */
function renamed(connection: Connection, rows: readonly ChangedRow[]): number {
  if (connection.sql('SELECT 1 FROM untracked LIMIT 1').get() === undefined) return 0;
  const beside = connection.sql<{ name: Buffer }>(
    'SELECT name FROM untracked WHERE folder_id = ? AND name > ? AND name < ? LIMIT 1',
  );
  const endings = new Map<string, number>();
  for (const { outcome, folder_id, name } of rows) {
    if (outcome !== 'missing') continue;
    const [from, to] = [Buffer.concat([name, Buffer.from('.')]), Buffer.concat([name, Buffer.from('/')])];
    const found = beside.get(folder_id, from, to)?.name;
    if (found === undefined) continue;
    const ending = found.subarray(name.length).toString('latin1');
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  return Math.max(0, ...endings.values());
}

function lastIntact(connection: Connection, rows: readonly ChangedRow[]): number | null {
  return (
    connection
      .sql<number | null>(
        `SELECT max(r.verified_at) FROM json_each(?) j CROSS JOIN findings n ON n.id = j.value
           CROSS JOIN replicas r ON r.id = n.replica_id`,
      )
      .pluck(true)
      .get(JSON.stringify(rows.map(({ id }) => id))) ?? null
  );
}

export function decideMassChange(
  {
    connection,
    events,
  }: {
    readonly connection: Connection;
    readonly events: WriterContext['events'];
  },
  id: number,
  { decision, reason }: { readonly decision: string; readonly reason: string },
  agent: ActingAgent,
): void {
  const row = connection
    .sql<{ location_id: number; files: number; looks_like: string; decided_at: number | null }>(
      'SELECT location_id, files, looks_like, decided_at FROM mass_changes WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no mass-${id} in this archive.`);
  if (row.decided_at !== null)
    throw new HoldfastError('BAD_INPUT', `mass-${id} has been decided on already. Nothing was done.`);
  const now = Date.now();
  const agentId = actorId(connection, agent.name);
  const seq = events.append(
    {
      type: 'fixity check',
      outcome: 'warning',
      agentId,
      links: [{ kind: 'location', id: row.location_id }],
      facts: { massChange: id, files: row.files, looksLike: row.looks_like, decision },
      details: {
        note: `${String(row.files)} files that changed at once (${row.looks_like}): decided as ${decision}`,
        reason,
      },
    },
    now,
  );
  connection
    .sql(
      'UPDATE mass_changes SET decided_at = ?, decided_by = ?, decision = ?, reason = ?, event_seq = ? WHERE id = ?',
    )
    .run(now, agentId, decision, reason, seq, id);
}
