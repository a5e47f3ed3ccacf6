import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { countsAsVerified, isFinding } from '../../../../shared/domain/audit-outcome.ts';
import { dueDay } from '../../../../shared/domain/overdue.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import type { CheckRecorded } from '../../../core/ports/auditing.ts';
import type { CatalogueWriter, OpenedRun } from '../../../core/ports/catalogue.ts';
import type { Statement } from '../connection.ts';
import type { ActState } from './acts.ts';
import { counted } from './counted.ts';
import type { WriterContext } from './context.ts';
import { actorId, softwareId } from './events.ts';
import { refreshItemsOfAct } from './item-facts.ts';
import { endJob, insertJob } from './jobs.ts';
import { merkleOfAct } from './leaves.ts';
import { noteMassChanges } from './mass-changes.ts';
import { reopenAct } from './open-accession.ts';

type RunInput = Parameters<CatalogueWriter['beginRun']>[0];
type RunSummary = Parameters<CatalogueWriter['closeRun']>[1];

export function beginRun({ connection }: WriterContext, input: RunInput): OpenedRun {
  const now = Date.now();
  const agent = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  const jobId = insertJob(connection, { ...input, agentId: agent });
  const actId = Number(
    connection.sql('INSERT INTO acts (kind, job_id, opened_at) VALUES (?, ?, ?)').run(input.kind, jobId, now)
      .lastInsertRowid,
  );
  // A run over several locations names none.
  const only = input.locationIds.length === 1 ? (input.locationIds[0] ?? null) : null;
  connection
    .sql('INSERT INTO runs (act_id, kind, location_id, asked, cached) VALUES (?, ?, ?, ?, ?)')
    .run(actId, input.kind, only, JSON.stringify(input.asked ?? {}), input.direct === true ? 0 : 1);
  return { actId, jobId };
}

export function reopenRun(context: WriterContext, jobId: number): OpenedRun {
  return { actId: reopenAct(context, jobId, ['audit', 'rescan']), jobId };
}

interface CheckedReplica {
  readonly size: number;
  readonly outcome: string;
  readonly verified_at: number | null;
  readonly accrued_at: number;
  readonly duration_ms: number;
}

/** Records what checks found of replicas: the hot path of an audit. */
export class CheckRecorder {
  readonly #context: WriterContext;
  readonly #replica: Statement<CheckedReplica>;
  readonly #removed: Statement;
  readonly #found: Statement;
  readonly #intact: Statement;
  readonly #restamp: Statement;
  readonly #finding: Statement;
  readonly #outcome: Statement;
  readonly #cached: Statement;

  constructor(context: WriterContext) {
    this.#context = context;
    const { connection } = context;
    this.#replica = connection.sql<CheckedReplica>(
      `SELECT r.size, r.outcome, r.verified_at, c.opened_at AS accrued_at, coalesce(t.duration_ms, 0) AS duration_ms
       FROM replicas r JOIN accruals c ON c.id = r.accrual_id LEFT JOIN technical_metadata t ON t.object_id = r.object_id WHERE r.id = ?`,
    );
    this.#removed = connection.sql('SELECT 1 FROM removed_replicas WHERE id = ?');
    this.#found = connection.sql('UPDATE replicas SET outcome = ?, checked_at = ? WHERE id = ?');
    this.#intact = connection.sql(
      'UPDATE replicas SET outcome = ?, checked_at = ?, verified_at = ? WHERE id = ?',
    );
    this.#restamp = connection.sql('UPDATE replicas SET mtime_ns = ?, ctime_ns = ?, inode = ? WHERE id = ?');
    this.#finding = connection.sql(
      `INSERT INTO findings (replica_id, act_id, outcome, detail, opened_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (replica_id) WHERE resolved_at IS NULL
       DO UPDATE SET act_id = excluded.act_id, outcome = excluded.outcome, detail = excluded.detail,
         last_seen_at = excluded.last_seen_at`,
    );
    this.#cached = connection.sql('UPDATE runs SET cached = 1 WHERE act_id = ? AND cached = 0');
    this.#outcome = connection.sql(
      'INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, ?)',
    );
  }

  record(act: ActState, checks: readonly CheckRecorded[]): void {
    const now = Date.now();
    for (const check of checks) this.#record(act, check, now);
    if (checks.some(({ cached }) => cached === true)) this.#cached.run(act.id);
    act.changed = true;
  }

  #record(act: ActState, { replicaId, outcome, detail, stamp, bytesRead }: CheckRecorded, now: number): void {
    const before = this.#replica.get(replicaId);
    // Custody of it ended while it was read: it is no longer this run's to judge.
    if (before === undefined && this.#removed.get(replicaId) !== undefined) return;
    if (before === undefined)
      throw new HoldfastError('NOT_FOUND', `There is no rep-${replicaId} in this archive.`);
    this.#outcome.run(act.id, act.nextOrdinal++, replicaId, outcome);
    act.tally.files++;
    act.tally.bytes += bytesRead;
    // Nothing was learnt of this replica: what was known of it stands.
    if (outcome === 'not_checked') return;
    const verified = countsAsVerified(outcome);
    if (verified) this.#intact.run(outcome, now, now, replicaId);
    else this.#found.run(outcome, now, replicaId);
    if (verified && stamp !== undefined)
      this.#restamp.run(stamp.mtimeNs, stamp.ctimeNs, stamp.inode, replicaId);
    if (isFinding(outcome)) {
      this.#finding.run(replicaId, act.id, outcome, detail ?? '{}', now, now);
      act.tally.problems++;
    }
    const { size, duration_ms: duration } = before;
    const { counters } = this.#context;
    this.#context.sawCheck();
    if (before.outcome !== outcome) {
      counters.add('outcome', before.outcome, -1, -size, -duration);
      counters.add('outcome', outcome, 1, size, duration);
    }
    const from = dueDay(before.verified_at, before.accrued_at);
    const to = verified ? dueDay(now, before.accrued_at) : from;
    if (from !== to) {
      counters.add('verified', String(from), -1, -size, -duration);
      counters.add('verified', String(to), 1, size, duration);
    }
  }
}

export function recordUntracked(
  context: WriterContext,
  locationId: number,
  folder: RawPath,
  files: readonly { readonly name: Uint8Array; readonly size: bigint }[],
): void {
  if (files.length === 0) return;
  const { id } = context.folders.at(locationId, folder);
  const upsert = context.connection.sql(
    `INSERT INTO untracked (folder_id, name, size, seen_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET size = excluded.size, seen_at = excluded.seen_at`,
  );
  const now = Date.now();
  for (const { name, size } of files) upsert.run(id, name, size, now);
  context.sawUntracked();
}

export function forgetUntracked(
  { connection }: WriterContext,
  act: ActState,
  locationIds: readonly number[],
): void {
  const forget = connection.sql(
    `DELETE FROM untracked WHERE seen_at < ? AND folder_id IN (SELECT id FROM folders WHERE location_id = ?)`,
  );
  for (const id of locationIds) forget.run(act.openedAt, id);
}

interface BegunRun {
  readonly location_id: number | null;
  readonly asked: string;
  readonly cached: number | null;
}

/** Closes a run with its event; one that read nothing proves nothing, and has none. */
export function closeRun(
  context: WriterContext,
  act: ActState,
  summary: RunSummary,
): { bytesRead: number; cached: boolean } {
  const { connection, counters } = context;
  const now = Date.now();
  const merkle = merkleOfAct(connection, act.id);
  // A resumed run read bytes before the interruption that its caller no longer knows of.
  const bytesRead = Math.max(summary.bytesRead, act.tally.bytes);
  const checked = connection
    .sql<{ n: number }>(
      `SELECT count(*) AS n FROM act_outcomes WHERE act_id = ? AND outcome <> 'not_checked'`,
    )
    .get(act.id);
  const begun = connection
    .sql<BegunRun>('SELECT location_id, asked, cached FROM runs WHERE act_id = ?')
    .get(act.id);
  const location = begun?.location_id ?? null;
  const cached = begun?.cached !== 0;
  refreshItemsOfAct(connection, counters, act.id);
  noteMassChanges(context, act, now);
  connection
    .sql(
      'UPDATE runs SET planned = ?, checked = ?, bytes_read = ?, complete = ?, outcomes = ? WHERE act_id = ?',
    )
    .run(
      summary.planned,
      checked?.n ?? 0,
      bytesRead,
      summary.complete ? 1 : 0,
      JSON.stringify(summary.outcomes),
      act.id,
    );
  endJob(connection, act.jobId, summary.cancelled === true ? 'cancelled' : 'done', now);
  let seq: number | null = null;
  // An audit that could read nothing is worth knowing of; a rescan that read nothing is not.
  if (merkle.leaves > 0 || act.kind === 'audit')
    seq = context.events.append(
      {
        type: 'fixity check',
        outcome: act.tally.problems > 0 ? 'fail' : summary.complete ? 'success' : 'warning',
        agentId: act.agentId,
        actId: act.id,
        links: [
          { kind: 'run', id: act.id },
          ...(location === null ? [] : [{ kind: 'location', id: location }]),
        ],
        facts: {
          run: act.id,
          kind: act.kind,
          digest: 'sha256',
          planned: summary.planned,
          checked: checked?.n ?? 0,
          complete: summary.complete,
          outcomes: { ...summary.outcomes },
          bytesRead,
          cached,
          ...askedFacts(begun?.asked),
          ...(summary.endedBy === undefined ? {} : { endedBy: summary.endedBy }),
        },
        merkle,
        details: {
          note:
            `${act.kind === 'audit' ? 'Audit' : 'Rescan'}: ${checked?.n ?? 0} of ${counted(summary.planned, 'replica')} read, ` +
            `${counted(act.tally.problems, 'finding')}${summary.complete ? '' : '; not complete'}`,
        },
      },
      now,
    );
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(act.tally), act.id);
  context.acts.closed(act.id);
  return { bytesRead, cached };
}

/** Of what was asked, only where it was less than everything. */
function askedFacts(asked: string | undefined): { readonly asked?: Json } {
  const budget = JSON.parse(asked ?? '{}') as Readonly<Record<string, number>>;
  return Object.keys(budget).length === 0 ? {} : { asked: budget };
}
