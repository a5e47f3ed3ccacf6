import { publicId } from '../../../../shared/domain/ids.ts';
import type { EventOutcome, EventType } from '../../../../shared/domain/vocabulary.ts';
import type {
  Decided,
  DecisionTally,
  DecisionWriter,
  OpenedDecision,
  SetAside,
} from '../../../core/ports/deciding.ts';
import type { ActState } from './acts.ts';
import { acceptContent } from './accept-content.ts';
import { chooseSentinels } from './close-accession.ts';
import type { WriterContext } from './context.ts';
import { actorId, softwareId } from './events.ts';
import { itemsOfObject, refreshItem } from './item-facts.ts';
import { endJob, insertJob } from './jobs.ts';
import { merkleOfAct } from './leaves.ts';
import { decideMassChange } from './mass-changes.ts';
import { moveReplica } from './move-replica.ts';
import { reopenAct } from './open-accession.ts';
import type { FileRecorder } from './record-files.ts';
import { requireReplica, verifyReplica } from './verified-replica.ts';

type Methods = {
  [Name in keyof DecisionWriter]: (
    ...args: Parameters<DecisionWriter[Name]>
  ) => Awaited<ReturnType<DecisionWriter[Name]>>;
};

/** The writer's methods for what people decide on findings. */
export function decisionMethods(context: WriterContext, files: FileRecorder): Methods {
  const { transactions, acts } = context;
  return {
    beginDecision: (input) => transactions.single(() => beginDecision(context, input)),
    reopenDecision: (jobId) =>
      transactions.single(() => ({ actId: reopenAct(context, jobId, ['resolution', 'recovery']), jobId })),
    recordDecisions: (actId, rows) =>
      transactions.single(() => {
        const act = acts.use(actId);
        for (const row of rows) recordDecision(context, files, act, row);
      }),
    closeDecision: (actId, state) =>
      transactions.single(() => closeDecision(context, acts.use(actId), state)),
    decideMassChange: (...args) => transactions.single(() => decideMassChange(context, ...args)),
  };
}

type Input = Parameters<DecisionWriter['beginDecision']>[0];

function beginDecision({ connection }: WriterContext, input: Input): OpenedDecision {
  const agentId = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  const jobId = insertJob(connection, { ...input, agentId });
  const actId = Number(
    connection
      .sql('INSERT INTO acts (kind, job_id, opened_at) VALUES (?, ?, ?)')
      .run(input.kind, jobId, Date.now()).lastInsertRowid,
  );
  const plan = connection.sql(
    `INSERT INTO finding_steps (act_id, finding_id, state) VALUES (?, ?, 'planned')`,
  );
  for (const id of input.findingIds) plan.run(actId, id);
  return { actId, jobId };
}

interface OpenFinding {
  readonly replica_id: number;
  readonly mass_change_id: number | null;
}

export function recordDecision(
  context: WriterContext,
  files: FileRecorder,
  act: ActState,
  row: Decided,
): void {
  const { connection } = context;
  const finding = connection
    .sql<OpenFinding>('SELECT replica_id, mass_change_id FROM findings WHERE id = ? AND resolved_at IS NULL')
    .get(row.findingId);
  const step = connection.sql(
    'UPDATE finding_steps SET state = ?, detail = ? WHERE act_id = ? AND finding_id = ?',
  );
  // Resolved by another act meanwhile, or custody of its file has ended.
  if (finding === undefined) {
    step.run('refused', 'It was resolved meanwhile.', act.id, row.findingId);
    return;
  }
  const replicaId = finding.replica_id;
  if (row.became === 'placing') {
    connection
      .sql(
        `UPDATE finding_steps SET state = 'placing', staged_inode = ?, damaged_size = ?, damaged_sha256 = ?
         WHERE act_id = ? AND finding_id = ?`,
      )
      .run(row.stagedInode, row.damaged?.size ?? null, row.damaged?.sha256 ?? null, act.id, row.findingId);
    return;
  }
  if ('setAside' in row && row.setAside !== undefined)
    setAside(context, act, row.findingId, replicaId, row.setAside);
  if (row.became === 'refused') {
    outcome(context, act, replicaId, 'refused');
    step.run('refused', row.detail, act.id, row.findingId);
    return;
  }
  switch (row.became) {
    case 'recovered':
    case 'intact':
      verifyReplica(context, replicaId, row.stamp);
      break;
    case 'moved':
      moveReplica(context, act, { ...row, replicaId });
      break;
    case 'accepted':
      acceptContent(context, files, act, { findingId: row.findingId, replicaId, reading: row.reading });
      break;
  }
  for (const item of itemsOfObject(connection, requireReplica(connection, replicaId).object_id))
    refreshItem(connection, context.counters, item);
  outcome(context, act, replicaId, row.became);
  act.tally.files++;
  if (row.became === 'recovered') act.tally.bytes += Number(row.stamp.size);
  step.run('done', row.became === 'recovered' ? row.detail : '', act.id, row.findingId);
  connection
    .sql(
      `UPDATE findings SET resolved_at = ?, resolution = ?, resolved_by = ?, reason = ?, resolved_act_id = ? WHERE id = ?`,
    )
    .run(Date.now(), RESOLUTION[row.became], act.agentId, reasonOf(context, act), act.id, row.findingId);
}

const RESOLUTION = {
  recovered: 'recovered',
  intact: 'false alarm',
  moved: 'moved',
  accepted: 'accepted',
} as const;

function outcome({ connection }: WriterContext, act: ActState, replicaId: number, word: string): void {
  connection
    .sql('INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, ?)')
    .run(act.id, act.nextOrdinal++, replicaId, word);
  act.changed = true;
}

function setAside(
  context: WriterContext,
  act: ActState,
  findingId: number,
  replicaId: number,
  { path, size, sha256 }: SetAside,
): void {
  const { changes } = context.connection
    .sql(
      `INSERT INTO quarantined (finding_id, replica_id, location_id, path, size, sha256, at, act_id)
       SELECT ?, r.id, f.location_id, ?, ?, ?, ?, ? FROM replicas r JOIN folders f ON f.id = r.folder_id
       WHERE r.id = ? AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.act_id = ? AND q.finding_id = ?)`,
    )
    .run(findingId, path, size, sha256 ?? null, Date.now(), act.id, replicaId, act.id, findingId);
  if (changes > 0) outcome(context, act, replicaId, 'quarantined');
}

interface Params {
  readonly as?: string;
  readonly reason?: string;
}

function paramsOf({ connection }: WriterContext, act: ActState): Params {
  const text = connection.sql<string>('SELECT params FROM jobs WHERE id = ?').pluck(true).get(act.jobId);
  return JSON.parse(text ?? '{}') as Params;
}

function reasonOf(context: WriterContext, act: ActState): string | null {
  return paramsOf(context, act).reason ?? null;
}

function closeDecision(context: WriterContext, act: ActState, state: 'done' | 'cancelled'): DecisionTally {
  const { connection } = context;
  const now = Date.now();
  const count = (state: 'done' | 'refused'): number =>
    connection
      .sql<number>('SELECT count(*) FROM finding_steps WHERE act_id = ? AND state = ?')
      .pluck(true)
      .get(act.id, state) ?? 0;
  const tally = { done: count('done'), refused: count('refused') };
  const locations = connection
    .sql<{ id: number }>(
      `SELECT DISTINCT f.location_id AS id FROM finding_steps s JOIN findings n ON n.id = s.finding_id
         JOIN replicas r ON r.id = n.replica_id JOIN folders f ON f.id = r.folder_id
       WHERE s.act_id = ? ORDER BY 1`,
    )
    .all(act.id)
    .map(({ id }) => id);
  for (const id of locations) chooseSentinels(context, id);
  const seq = act.nextOrdinal > 0 ? appendEvents(context, act, state, tally, locations, now) : null;
  endJob(connection, act.jobId, state, now);
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(act.tally), act.id);
  context.acts.closed(act.id);
  return tally;
}

/** Of a recovery that set files aside two events: `quarantine`, then `recovery`, which commits to all outcomes. */
function appendEvents(
  context: WriterContext,
  act: ActState,
  state: 'done' | 'cancelled',
  tally: DecisionTally,
  locations: readonly number[],
  now: number,
): number {
  const { connection, events } = context;
  const links = locations.map((id) => ({ kind: 'location', id }));
  const asideRows = connection
    .sql<{ id: number; replica_id: number }>(
      'SELECT id, replica_id FROM quarantined WHERE act_id = ? ORDER BY id',
    )
    .all(act.id);
  if (asideRows.length > 0)
    events.append(
      {
        type: 'quarantine',
        outcome: 'success',
        agentId: act.agentId,
        actId: act.id,
        links,
        facts: { act: act.id, files: asideRows.length },
        details: {
          note: `${String(asideRows.length)} damaged ${asideRows.length === 1 ? 'copy' : 'copies'} set aside, each on its own volume`,
        },
      },
      now,
    );
  const { as, reason } = paramsOf(context, act);
  const [type, what] = EVENT[as ?? 'recover'] ?? EVENT['recover'] ?? (['recovery', ''] as const);
  const result: EventOutcome = tally.refused === 0 ? 'success' : tally.done === 0 ? 'fail' : 'warning';
  return events.append(
    {
      type,
      outcome: result,
      agentId: act.agentId,
      actId: act.id,
      links,
      facts: { act: act.id, as: as ?? 'recover', state, findings: tally.done, refused: tally.refused },
      merkle: merkleOfAct(connection, act.id),
      details: {
        note: `${String(tally.done)} ${what}${tally.refused > 0 ? `; ${String(tally.refused)} refused` : ''}`,
        ...(reason === undefined ? {} : { reason }),
        findings: firstFindings(context, act),
      },
    },
    now,
  );
}

const LISTED = 1000;

function firstFindings({ connection }: WriterContext, act: ActState): string[] {
  return connection
    .sql<number>(
      `SELECT finding_id FROM finding_steps WHERE act_id = ? AND state = 'done' ORDER BY finding_id LIMIT ?`,
    )
    .pluck(true)
    .all(act.id, LISTED)
    .map((id) => publicId('finding', id));
}

const EVENT: Readonly<Record<string, readonly [EventType, string]>> = {
  recover: ['recovery', 'copies recovered from good ones, read back and compared'],
  accept: ['message digest calculation', 'changed files read again and accepted as new baselines'],
  moved: ['filename change', 'moved files read and recorded where they stand now'],
  'false-alarm': ['fixity check', 'copies read again and found intact'],
};
