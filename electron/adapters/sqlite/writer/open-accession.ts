import type { Accession, NewAccession } from '../../../../shared/contract/accession.ts';
import { formatAccessionNumber, nextInYear } from '../../../../shared/domain/accession-number.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import type { CatalogueWriter, OpenedAccession, RootPlan } from '../../../core/ports/catalogue.ts';
import { accrualOf } from './acts.ts';
import { collectionForAccession } from './collections.ts';
import type { WriterContext } from './context.ts';
import { closeGaps, stateRights } from './close-gaps.ts';
import { actorId, softwareId } from './events.ts';
import { refuseDeaccessioned } from './held-objects.ts';
import { insertJob } from './jobs.ts';
import { insertLocation } from './locations.ts';

type Input = Parameters<CatalogueWriter['beginAccession']>[0];

/** Opens an accession or its next accrual, with its job, its act and the locations that are new. */
export function beginAccession(context: WriterContext, input: Input): OpenedAccession {
  const { accessionId, actId, agent } = openAccrual(context, { ...input, mode: 'in-place' });
  for (const root of input.roots) insertRoot(context, accessionId, root, agent);
  return openedAccession(context, actId);
}

/** The next accrual of an accession, or the first of a new one, with its job and its act. */
export function openAccrual(
  context: WriterContext,
  input: Pick<Input, 'accession' | 'accessionId' | 'resumeKey' | 'agent'> & {
    readonly mode: Accession['mode'];
  },
): { accessionId: number; accrualId: number; actId: number; jobId: number; agent: number } {
  const { connection } = context;
  const now = Date.now();
  const agent = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  const accessionId = input.accessionId ?? insertAccession(context, input.accession, input.mode, agent, now);
  if (input.accessionId !== undefined) closeGaps(context, accessionId, input.accession, agent);
  const accrual = nextAccrual(context, accessionId);
  const jobId = insertJob(connection, {
    kind: 'accession',
    title: input.accession.title,
    resumeKey: input.resumeKey,
    params: input.accession,
    agentId: agent,
  });
  const actId = Number(
    connection.sql(`INSERT INTO acts (kind, job_id, opened_at) VALUES ('accession', ?, ?)`).run(jobId, now)
      .lastInsertRowid,
  );
  const accrualId = Number(
    connection
      .sql('INSERT INTO accruals (accession_id, number, act_id, opened_at) VALUES (?, ?, ?, ?)')
      .run(accessionId, accrual, actId, now).lastInsertRowid,
  );
  return { accessionId, accrualId, actId, jobId, agent };
}

/** The ids of an accession that is open, by its job. */
export function reopenAccession(context: WriterContext, jobId: number): OpenedAccession {
  return openedAccession(context, reopenAct(context, jobId, ['accession']));
}

/** Finds the open act of a job, and forgets what broke it. */
export function reopenAct(context: WriterContext, jobId: number, kinds: readonly string[]): number {
  const act = context.connection
    .sql<{ id: number; kind: string }>('SELECT id, kind FROM acts WHERE job_id = ? AND closed_at IS NULL')
    .get(jobId);
  if (act === undefined || !kinds.includes(act.kind))
    throw new HoldfastError(
      'NOT_FOUND',
      `job-${jobId} has nothing open that could be resumed. Start it anew.`,
    );
  context.acts.reopen(act.id);
  return act.id;
}

function openedAccession(context: WriterContext, actId: number): OpenedAccession {
  const act = context.acts.use(actId);
  const accrual = accrualOf(act);
  const roots = context.connection
    .sql<{ location_id: number; root: Buffer; path: Buffer }>(
      `SELECT r.location_id, l.root, r.path FROM accession_roots r JOIN locations l ON l.id = r.location_id
       WHERE r.accession_id = ? ORDER BY r.location_id, r.path`,
    )
    .all(accrual.accessionId);
  return {
    accession: { id: accrual.accessionId, number: accrual.accessionNumber, accrual: accrual.number },
    accrualId: accrual.id,
    actId,
    jobId: act.jobId,
    roots: roots.map((row) => ({
      locationId: row.location_id,
      locationRoot: row.root as Uint8Array as RawPath,
      path: row.path as Uint8Array as RawPath,
    })),
  };
}

function insertAccession(
  context: WriterContext,
  wanted: NewAccession,
  mode: Accession['mode'],
  agent: number,
  now: number,
): number {
  const { connection } = context;
  const archive = connection
    .sql<{ pattern: string }>('SELECT accession_pattern AS pattern FROM archive')
    .get();
  if (archive === undefined)
    throw new HoldfastError('CATALOGUE_CORRUPT', 'The catalogue does not say which archive it is.');
  const year = new Date(now).getUTCFullYear();
  const taken = connection.sql<{ number: string }>('SELECT number FROM accessions').all();
  const number = formatAccessionNumber(
    archive.pattern,
    year,
    nextInYear(
      archive.pattern,
      year,
      taken.map((row) => row.number),
    ),
  );
  const id = Number(
    connection
      .sql(
        `INSERT INTO accessions (number, collection_id, title, source, acquired, agreement, mode, agent_id, opened_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        number,
        wanted.collection === undefined ? null : collectionForAccession(context, wanted.collection, agent),
        wanted.title,
        wanted.source ?? null,
        wanted.acquired ?? null,
        wanted.agreement ?? null,
        mode,
        agent,
        now,
      ).lastInsertRowid,
  );
  stateRights(connection, id, wanted, agent, now);
  return id;
}

/** The number of the next accrual; refused while one is open. */
function nextAccrual({ connection }: WriterContext, accessionId: number): number {
  const last = connection
    .sql<{ number: number; sealed_at: number | null }>(
      'SELECT number, sealed_at FROM accruals WHERE accession_id = ? ORDER BY number DESC LIMIT 1',
    )
    .get(accessionId);
  if (last === undefined) {
    if (connection.sql('SELECT 1 FROM accessions WHERE id = ?').get(accessionId) === undefined)
      throw new HoldfastError('NOT_FOUND', `There is no acc-${accessionId} in this archive.`);
    return 1;
  }
  refuseDeaccessioned(connection, accessionId);
  if (last.sealed_at === null)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `acc-${accessionId} is still open. Resume or cancel its job first.`,
    );
  return last.number + 1;
}

function insertRoot(context: WriterContext, accessionId: number, root: RootPlan, agent: number): void {
  const { location } = root;
  const locationId =
    'id' in location ? location.id : insertLocation(context, { ...location, writes: 'recover' }, agent);
  context.connection
    .sql(
      'INSERT INTO accession_roots (accession_id, location_id, path) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    .run(accessionId, locationId, root.path);
}
