import type { Job, Problem } from '../../../../shared/contract/jobs.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { pathToJson } from '../../../../shared/domain/path.ts';
import type { JobState } from '../../../../shared/domain/vocabulary.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import { json, Paths, time, timeIf, valueIf } from './rows.ts';

interface JobRow {
  readonly id: number;
  readonly kind: Job['kind'];
  readonly title: string;
  readonly state: JobState;
  readonly progress: string;
  readonly result: string | null;
  readonly error: string | null;
  readonly agent: string;
  readonly version: number;
  readonly created_at: number;
  readonly finished_at: number | null;
}

const JOB = `
  SELECT j.id, j.kind, j.title, j.state, j.progress, j.result, j.error, a.name AS agent, j.version, j.created_at,
    j.finished_at
  FROM jobs j JOIN agents a ON a.id = j.agent_id`;

/** Newest first. */
export function jobsPage(connection: Connection, page: PageRequest): Page<Job> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'jobs', ['integer']);
  const found = connection
    .sql<JobRow>(`${JOB} ${after ? 'WHERE j.id < ?' : ''} ORDER BY j.id DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'jobs', jobOf);
}

export function job(connection: Connection, id: number): Job | undefined {
  const row = connection.sql<JobRow>(`${JOB} WHERE j.id = ?`).get(id);
  return row && jobOf(row);
}

export function jobParams(connection: Connection, id: number): unknown {
  return json(
    connection.sql<{ params: string }>('SELECT params FROM jobs WHERE id = ?').get(id)?.params ?? null,
  );
}

export function openJob(connection: Connection, resumeKey: string) {
  const row = connection
    .sql<{ id: number; state: JobState; params: string }>(
      `SELECT id, state, params FROM jobs
       WHERE resume_key = ? AND state IN ('queued', 'running', 'paused', 'interrupted') ORDER BY id DESC LIMIT 1`,
    )
    .get(resumeKey);
  return row && { id: row.id, state: row.state, params: json(row.params) };
}

interface ProblemRow {
  readonly id: number;
  readonly location_id: number | null;
  readonly path: Buffer;
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly message: string;
}

interface ActId {
  readonly id: number;
}

/** What went wrong or was left out in the act of a job. */
export function problemsPage(connection: Connection, jobId: number, page: PageRequest): Page<Problem> {
  const acts = connection.sql<ActId>('SELECT id FROM acts WHERE job_id = ?').all(jobId);
  return problemsOfActs(connection, `problems ${jobId}`, acts, page);
}

/** The same of all acts by which an accession and its accruals were taken into custody. */
export function accessionProblemsPage(
  connection: Connection,
  accessionId: number,
  page: PageRequest,
): Page<Problem> {
  const acts = connection
    .sql<ActId>('SELECT act_id AS id FROM accruals WHERE accession_id = ? AND act_id IS NOT NULL')
    .all(accessionId);
  return problemsOfActs(connection, `problems of accession ${accessionId}`, acts, page);
}

/** What a person must look at first, then what is worth knowing: a thousand advisories must not hide one problem. */
function problemsOfActs(
  connection: Connection,
  list: string,
  acts: readonly ActId[],
  page: PageRequest,
): Page<Problem> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, list, ['integer', 'integer']) ?? [0, 0];
  const paths = new Paths(connection);
  const found: ProblemRow[] = [];
  for (const act of acts)
    found.push(
      ...connection
        .sql<ProblemRow>(
          `SELECT id, location_id, path, code, severity, message FROM problems
           WHERE act_id = ? AND (severity = 'advisory', id) > (?, ?) ORDER BY severity = 'advisory', id LIMIT ?`,
        )
        .all(act.id, ...after, limit + 1),
    );
  found.sort((a, b) => rankOf(a) - rankOf(b) || a.id - b.id);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((row) => problemOf(row, paths)),
    next: last === undefined ? null : encodeCursor(list, [rankOf(last), last.id]),
  };
}

function rankOf({ severity }: ProblemRow): number {
  return severity === 'advisory' ? 1 : 0;
}

function problemOf(row: ProblemRow, paths: Paths): Problem {
  return {
    path: pathToJson(paths.inLocation(row.location_id, row.path)),
    ...valueIf('location', row.location_id === null ? null : publicId('location', row.location_id)),
    code: row.code,
    severity: row.severity,
    message: row.message,
  };
}

function jobOf(row: JobRow): Job {
  return {
    id: publicId('job', row.id),
    kind: row.kind,
    title: row.title,
    state: row.state,
    version: row.version,
    progress: json(row.progress) as Job['progress'],
    ...(row.result === null ? {} : { result: json(row.result) }),
    ...valueIf('error', json(row.error) as Job['error']),
    agent: row.agent,
    createdAt: time(row.created_at),
    ...timeIf('finishedAt', row.finished_at),
  };
}

/** Cuts the row too many off a list that is kept by id, and says where the next page begins. */
export function pageOf<Row extends { readonly id: number }, Value>(
  found: readonly Row[],
  limit: number,
  list: string,
  value: (row: Row) => Value,
): Page<Value> {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows: rows.map(value), next: last === undefined ? null : encodeCursor(list, [last.id]) };
}
