import { HoldfastError } from '../../../../shared/domain/errors.ts';
import {
  isUnfinished,
  namesSomebody,
  sameAgent,
  type DeletionState,
} from '../../../../shared/domain/letting-go.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { CustodyWriter, OpenedDeletion } from '../../../core/ports/custody.ts';
import { custodyPlaces } from '../reader/custody.ts';
import { below } from '../reader/rows.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { actorId, softwareId } from './events.ts';
import { endJob, insertJob } from './jobs.ts';
import { merkleOfAct } from './leaves.ts';
import { reopenAct } from './open-accession.ts';

type Input = Parameters<CustodyWriter['beginDeletion']>[0];

interface DeletionRow {
  readonly id: number;
  readonly act_id: number;
  readonly reason: string;
  readonly agent_id: number;
  readonly second_agent_id: number;
  readonly second_agent: string;
  readonly closed_at: number | null;
  readonly event_seq: number | null;
  readonly accession_id: number;
  readonly number: string;
}

const DELETION = `
  SELECT d.id, d.act_id, d.reason, d.agent_id, d.second_agent_id, s.name AS second_agent, d.closed_at, d.event_seq,
    d.accession_id, a.number
  FROM deletions d JOIN accessions a ON a.id = d.accession_id JOIN agents s ON s.id = d.second_agent_id`;

export function beginDeletion(context: WriterContext, input: Input): OpenedDeletion {
  const { connection } = context;
  const number = requireDeaccessioned(context, input.accessionId);
  refuseHalfRemoved(context, input.accessionId, number);
  const before = connection.sql<DeletionRow>(`${DELETION} WHERE d.accession_id = ?`).get(input.accessionId);
  const said = before === undefined ? requireTwoAgents(input) : undefined;
  if (before !== undefined) refuseContradiction(before, input);
  const now = Date.now();
  const agent = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  const jobId = insertJob(connection, {
    kind: 'deletion',
    title: `Deletion of accession ${number}`,
    resumeKey: input.resumeKey,
    params: { accession: input.accessionId },
    agentId: agent,
  });
  const actId = Number(
    connection.sql(`INSERT INTO acts (kind, job_id, opened_at) VALUES ('deletion', ?, ?)`).run(jobId, now)
      .lastInsertRowid,
  );
  if (said === undefined)
    connection.sql('UPDATE deletions SET act_id = ? WHERE accession_id = ?').run(actId, input.accessionId);
  else {
    const second = actorId(connection, said.secondAgent);
    // Read before the deletion has a row: after that, places are what it recorded.
    const places = custodyPlaces(connection, input.accessionId);
    const deletionId = Number(
      connection
        .sql(
          `INSERT INTO deletions (accession_id, act_id, reason, agent_id, second_agent_id, opened_at)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(input.accessionId, actId, said.reason, agent, second, now).lastInsertRowid,
    );
    const insert = connection.sql(
      'INSERT INTO deletion_places (deletion_id, location_id, bag_id, state, detail, at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    for (const { locationId, bag, state, detail } of places)
      insert.run(deletionId, locationId, bag?.id ?? null, state, detail, now);
  }
  return openedDeletion(context, actId);
}

export function reopenDeletion(context: WriterContext, jobId: number): OpenedDeletion {
  return openedDeletion(context, reopenAct(context, jobId, ['deletion']));
}

function requireDeaccessioned({ connection }: WriterContext, accessionId: number): string {
  const row = connection
    .sql<{ number: string; ended: number }>(
      `SELECT a.number, EXISTS (SELECT 1 FROM deaccessions d WHERE d.accession_id = a.id) AS ended
       FROM accessions a WHERE a.id = ?`,
    )
    .get(accessionId);
  if (row === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no acc-${accessionId} in this archive.`);
  if (row.ended === 1) return row.number;
  throw new HoldfastError(
    'BAD_INPUT',
    `Accession ${row.number} is in custody, so nothing of it can be deleted. Custody ends first, by an act of its own: ` +
      `holdfast deaccession ${row.number} --reason R --authority A`,
  );
}

/** What a removal of superseded bags has begun stands in its own staging: only that act can complete it. */
function refuseHalfRemoved({ connection }: WriterContext, accessionId: number, number: string): void {
  const job = connection
    .sql<number>(
      `SELECT a.job_id FROM acts a, json_each(a.tally, '$.begun') j JOIN bags b ON b.id = j.value JOIN accruals c ON c.id = b.accrual_id
       WHERE a.kind = 'superseded deletion' AND a.closed_at IS NULL AND c.accession_id = ?`,
    )
    .pluck(true)
    .get(accessionId);
  if (job === undefined) return;
  throw new HoldfastError(
    'JOB_DIFFERS',
    `A superseded bag of accession ${number} is half removed. Let that end first: holdfast jobs resume job-${job}. Nothing was deleted.`,
  );
}

export function requireTwoAgents({
  reason,
  secondAgent,
  agent,
}: Pick<Input, 'reason' | 'secondAgent' | 'agent'>): { reason: string; secondAgent: string } {
  if (reason === undefined || reason.trim() === '')
    throw new HoldfastError('BAD_INPUT', 'A deletion needs a reason. Nothing was deleted.');
  if (secondAgent === undefined || !namesSomebody(secondAgent) || !namesSomebody(agent.name))
    throw new HoldfastError('BAD_INPUT', 'A deletion needs two named agents. Nothing was deleted.');
  if (sameAgent(secondAgent, agent.name))
    throw new HoldfastError(
      'BAD_INPUT',
      `A deletion needs two agents, and "${agent.name}" and "${secondAgent}" are one. Nothing was deleted.`,
    );
  return { reason: reason.trim(), secondAgent: secondAgent.trim() };
}

function refuseContradiction(before: DeletionRow, { reason, secondAgent, agent }: Input): void {
  if (before.closed_at !== null)
    throw new HoldfastError(
      'BAD_INPUT',
      `The deletion of accession ${before.number} is complete since ${new Date(before.closed_at).toISOString().slice(0, 10)}. ` +
        `Its certificate can be written again: holdfast delete ${before.number} --certificate`,
    );
  if (!namesSomebody(agent.name))
    throw new HoldfastError('BAD_INPUT', 'A deletion needs named agents. Nothing was deleted.');
  const otherReason = reason !== undefined && reason.trim() !== before.reason;
  const otherAgent = secondAgent !== undefined && !sameAgent(secondAgent, before.second_agent);
  if (otherReason || otherAgent)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `The deletion of accession ${before.number} was begun with ${otherReason ? 'another reason' : 'another second agent'}. ` +
        `To go on with it, leave both out: holdfast delete ${before.number}`,
    );
}

function openedDeletion({ connection, acts }: WriterContext, actId: number): OpenedDeletion {
  const act = acts.use(actId);
  const row = requireDeletion(connection, actId);
  return {
    deletionId: row.id,
    accession: { id: row.accession_id, number: row.number },
    actId,
    jobId: act.jobId,
  };
}

function requireDeletion(connection: WriterContext['connection'], actId: number): DeletionRow {
  const row = connection.sql<DeletionRow>(`${DELETION} WHERE d.act_id = ?`).get(actId);
  if (row === undefined) throw new HoldfastError('INTERNAL', `Act ${actId} is no deletion.`);
  return row;
}

/** The act that begins a removal names the folder of staging; one that completes it leaves that as it is. */
export function beginRemoval({ connection }: WriterContext, act: ActState, placeId: number): void {
  connection
    .sql(
      `UPDATE deletion_places SET state = 'removing', detail = '', act_id = coalesce(act_id, ?), at = ?
       WHERE id = ? AND deletion_id = (SELECT id FROM deletions WHERE act_id = ?)`,
    )
    .run(act.id, Date.now(), placeId, act.id);
}

export function recordPlace(
  { connection }: WriterContext,
  act: ActState,
  placeId: number,
  state: DeletionState,
  detail: string,
): void {
  const now = Date.now();
  connection
    .sql('UPDATE deletion_places SET state = ?, detail = ?, at = ? WHERE id = ?')
    .run(state, detail, now, placeId);
  if (state !== 'deleted' && state !== 'absent') return;
  const bag = connection
    .sql<{ id: number; accrual_id: number }>(
      'SELECT b.id, b.accrual_id FROM deletion_places p JOIN bags b ON b.id = p.bag_id WHERE p.id = ?',
    )
    .get(placeId);
  if (bag === undefined)
    throw new HoldfastError(
      'INTERNAL',
      `Place ${placeId} of a deletion is no bag: nothing is removed there.`,
    );
  connection.sql('UPDATE bags SET deleted_at = ? WHERE id = ?').run(now, bag.id);
  connection
    .sql('UPDATE removed_replicas SET deleted_at = ? WHERE accrual_id = ? AND bag_id = ?')
    .run(now, bag.accrual_id, bag.id);
  recordOutcomes(connection, act, placeId, state);
}

/** An outcome for each copy that stood in a place. */
function recordOutcomes(
  connection: WriterContext['connection'],
  act: ActState,
  placeId: number,
  outcome: string,
): void {
  const { changes } = connection
    .sql(
      `INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome)
       SELECT ?, ? + row_number() OVER (ORDER BY d.id) - 1, d.id, ?
       FROM deletion_places p CROSS JOIN deletions n ON n.id = p.deletion_id
         CROSS JOIN accruals c ON c.accession_id = n.accession_id CROSS JOIN removed_replicas d ON d.accrual_id = c.id
         CROSS JOIN folders f ON f.id = d.folder_id
       WHERE p.id = ? AND d.bag_id IS p.bag_id AND f.location_id = p.location_id`,
    )
    .run(act.id, act.nextOrdinal, outcome, placeId);
  act.nextOrdinal += changes;
  act.tally.files += changes;
  act.changed = true;
}

export function closeDeletion(
  context: WriterContext,
  act: ActState,
  state: 'done' | 'cancelled',
): { complete: boolean } {
  const { connection } = context;
  const deletion = requireDeletion(connection, act.id);
  const now = Date.now();
  const places = custodyPlaces(connection, deletion.accession_id);
  const complete = !places.some((place) => isUnfinished(place.state));
  endJob(connection, act.jobId, state, now);
  // A run that changed nothing proves nothing: the log grows with the first, and with each that removed something.
  const event =
    deletion.event_seq === null || act.nextOrdinal > 0 || complete
      ? appendEvent(context, act, deletion, places, state, now)
      : null;
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, event, JSON.stringify(act.tally), act.id);
  connection
    .sql('UPDATE deletions SET closed_at = ?, event_seq = coalesce(?, event_seq) WHERE id = ?')
    .run(complete ? now : null, event, deletion.id);
  context.acts.closed(act.id);
  return { complete };
}

function appendEvent(
  { connection, events }: WriterContext,
  act: ActState,
  deletion: DeletionRow,
  places: ReturnType<typeof custodyPlaces>,
  state: 'done' | 'cancelled',
  now: number,
): number {
  for (const place of places)
    if (place.state !== 'deleted' && place.state !== 'absent')
      recordOutcomes(connection, act, place.id, place.state === 'removing' ? 'pending' : place.state);
  const counts: Record<string, number> = {};
  for (const place of places) counts[place.state] = (counts[place.state] ?? 0) + place.files;
  const whole = places.every((place) => place.state === 'deleted' || place.state === 'absent');
  const said = Object.entries(counts).map(([outcome, files]) => `${files} ${outcome}`);
  return events.append(
    {
      type: 'deletion',
      outcome: whole ? 'success' : 'warning',
      agentId: act.agentId,
      actId: act.id,
      links: [
        { kind: 'accession', id: deletion.accession_id },
        ...[...new Set(places.map((place) => place.locationId))].map((id) => ({ kind: 'location', id })),
      ],
      facts: {
        deletion: deletion.id,
        accession: deletion.accession_id,
        agents: [deletion.agent_id, deletion.second_agent_id],
        state,
        copies: counts,
      },
      merkle: merkleOfAct(connection, act.id),
      details: {
        note: `Deletion of accession ${deletion.number}: copies ${said.join(', ') || 'none'}`,
        number: deletion.number,
        reason: deletion.reason,
        secondAgent: deletion.second_agent,
        places: places.map((place) => ({
          location: place.locationName,
          path: displayPath(
            below(place.locationRoot, place.bag?.path ?? (new Uint8Array(0) as Uint8Array as RawPath)),
          ),
          state: place.state,
          detail: place.detail,
        })),
      },
    },
    now,
  );
}
