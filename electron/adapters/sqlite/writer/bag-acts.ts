import { bagPath } from '../../../../shared/domain/bag-path.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import type { OpenedBag, ReplicationWriter } from '../../../core/ports/replication.ts';
import type { WriterContext } from './context.ts';
import { closeBag } from './close-bag.ts';
import { actorId, softwareId } from './events.ts';
import { refuseDeaccessioned } from './held-objects.ts';
import { endJob, insertJob } from './jobs.ts';
import { openAccrual, reopenAct } from './open-accession.ts';

type Input<Name extends keyof ReplicationWriter> = Parameters<ReplicationWriter[Name]>[0];

/** Opens an accession, or its next accrual, whose files will be copied into a managed location. */
export function beginDeposit(context: WriterContext, input: Input<'beginDeposit'>): OpenedBag {
  const { connection } = context;
  const { accessionId, accrualId, actId, jobId } = openAccrual(context, { ...input, mode: 'managed' });
  const source = connection.sql(
    'INSERT INTO deposit_sources (accession_id, path) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  for (const path of input.sources) source.run(accessionId, path);
  stageBag(context, actId, accrualId, input.locationId);
  return openedBag(context, actId, jobId);
}

export function reopenDeposit(context: WriterContext, jobId: number): OpenedBag {
  return openedBag(context, reopenAct(context, jobId, ['accession']), jobId);
}

export function beginReplication(
  { connection }: WriterContext,
  input: Input<'beginReplication'>,
): { readonly jobId: number } {
  const agent = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  return { jobId: insertJob(connection, { ...input, kind: 'replication', agentId: agent }) };
}

export function endReplication(
  { connection }: WriterContext,
  jobId: number,
  state: 'done' | 'cancelled',
): void {
  endJob(connection, jobId, state, Date.now());
}

/** The act that fills one bag of a replication: the open one of the job, or a new one. */
export function openReplica(
  context: WriterContext,
  jobId: number,
  accrualId: number,
  locationId: number,
): OpenedBag {
  const { connection } = context;
  const open = connection
    .sql<{ id: number; accrual_id: number; location_id: number }>(
      `SELECT a.id, b.accrual_id, b.location_id FROM acts a JOIN staged_bags b ON b.act_id = a.id
       WHERE a.job_id = ? AND a.closed_at IS NULL`,
    )
    .get(jobId);
  if (open !== undefined) {
    context.acts.reopen(open.id);
    if (open.accrual_id === accrualId && open.location_id === locationId)
      return openedBag(context, open.id, jobId);
    // Custody of what it was in the middle of has ended meanwhile.
    closeBag(context, context.acts.use(open.id), 'cancelled');
  }
  refuseWhileSucceeded(context, accrualId);
  const actId = Number(
    connection
      .sql(`INSERT INTO acts (kind, job_id, opened_at) VALUES ('replication', ?, ?)`)
      .run(jobId, Date.now()).lastInsertRowid,
  );
  stageBag(context, actId, accrualId, locationId);
  return openedBag(context, actId, jobId);
}

/** What is copied must not change in the middle: the paths of a bag's files, and what they hold. */
function refuseWhileSucceeded({ connection }: WriterContext, accrualId: number): void {
  const job = connection
    .sql<number>(
      `SELECT a.job_id FROM staged_bags b JOIN acts a ON a.id = b.act_id WHERE b.accrual_id = ? AND a.kind = 'succession'`,
    )
    .pluck(true)
    .get(accrualId);
  if (job === undefined) return;
  throw new HoldfastError(
    'JOB_DIFFERS',
    `job-${job} is making a bag that succeeds one of what is to be copied. Go on with it or call it off first: ` +
      `holdfast jobs resume job-${job}, holdfast jobs cancel job-${job}`,
  );
}

function stageBag({ connection }: WriterContext, actId: number, accrualId: number, locationId: number): void {
  const accession = connection
    .sql<{ id: number; number: string; accrual: number; archive: string }>(
      `SELECT n.id, n.number, c.number AS accrual, (SELECT id FROM archive) AS archive
       FROM accruals c JOIN accessions n ON n.id = c.accession_id WHERE c.id = ?`,
    )
    .get(accrualId);
  if (accession === undefined) throw new HoldfastError('NOT_FOUND', `There is no accrual ${accrualId}.`);
  refuseDeaccessioned(connection, accession.id);
  connection
    .sql('INSERT INTO staged_bags (act_id, accrual_id, location_id, path) VALUES (?, ?, ?, ?)')
    .run(actId, accrualId, locationId, bagPath(accession.archive, accession));
}

interface OpenedRow {
  readonly accrual_id: number;
  readonly location_id: number;
  readonly path: Buffer;
  readonly accession_id: number;
  readonly number: string;
  readonly title: string;
  readonly accrual: number;
}

export function openedBag({ connection }: WriterContext, actId: number, jobId: number): OpenedBag {
  const row = connection
    .sql<OpenedRow>(
      `SELECT b.accrual_id, b.location_id, b.path, n.id AS accession_id, n.number, n.title, c.number AS accrual
       FROM staged_bags b JOIN accruals c ON c.id = b.accrual_id JOIN accessions n ON n.id = c.accession_id
       WHERE b.act_id = ?`,
    )
    .get(actId);
  if (row === undefined)
    throw new HoldfastError(
      'NOT_FOUND',
      `job-${jobId} fills no bag; it cannot be gone on with as a deposit.`,
    );
  const sources = connection
    .sql<{ path: Buffer }>('SELECT path FROM deposit_sources WHERE accession_id = ? ORDER BY path')
    .all(row.accession_id);
  return {
    jobId,
    actId,
    accrualId: row.accrual_id,
    locationId: row.location_id,
    accession: { id: row.accession_id, number: row.number, title: row.title, accrual: row.accrual },
    path: row.path as Uint8Array as RawPath,
    sources: sources.map(({ path }) => path as Uint8Array as RawPath),
  };
}
