import type { JobProgress } from '../../../../shared/contract/jobs.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { JobKind } from '../../../../shared/domain/vocabulary.ts';
import type { CatalogueWriter } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';

interface NewJob {
  readonly kind: JobKind;
  readonly title: string;
  readonly resumeKey: string;
  readonly params: unknown;
  readonly agentId: number;
}

const NOT_STARTED: JobProgress = {
  phase: 'waiting',
  files: 0,
  bytes: 0,
  bytesPerSecond: 0,
  filesPerSecond: 0,
  problems: 0,
};

export function insertJob(connection: Connection, job: NewJob): number {
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO jobs (kind, title, state, resume_key, params, progress, agent_id, created_at)
       VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)`,
    )
    .run(
      job.kind,
      job.title,
      job.resumeKey,
      JSON.stringify(job.params ?? null),
      JSON.stringify(NOT_STARTED),
      job.agentId,
      Date.now(),
    );
  return Number(lastInsertRowid);
}

export function saveJob(
  connection: Connection,
  id: number,
  change: Parameters<CatalogueWriter['saveJob']>[1],
): void {
  const rests = change.state === 'done' || change.state === 'failed' || change.state === 'cancelled';
  const { changes } = connection
    .sql(
      `UPDATE jobs SET state = ?, progress = ?, result = ?, error = ?, finished_at = ?, version = max(version, ?)
       WHERE id = ?`,
    )
    .run(
      change.state,
      JSON.stringify(change.progress),
      change.result === undefined ? null : JSON.stringify(change.result),
      change.error === undefined ? null : JSON.stringify(change.error),
      rests ? Date.now() : null,
      change.version,
      id,
    );
  if (changes === 0) throw new HoldfastError('NOT_FOUND', `There is no job-${id} in this archive.`);
}

/** Ends a job in the transaction that closes its act, so that a crash right after it finds nothing left to resume. */
export function endJob(connection: Connection, id: number, state: 'done' | 'cancelled', at: number): void {
  connection
    .sql('UPDATE jobs SET state = ?, finished_at = ?, version = version + 1 WHERE id = ?')
    .run(state, at, id);
}

/** Queued ones too: whoever would have started them died with the process. */
export function markInterrupted(connection: Connection): number[] {
  return connection
    .sql<{ id: number }>(
      `UPDATE jobs SET state = 'interrupted', version = version + 1 WHERE state IN ('running', 'queued') RETURNING id`,
    )
    .all()
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}
