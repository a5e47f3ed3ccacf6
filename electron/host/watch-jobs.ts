import type { Job } from '../../shared/contract/jobs.ts';
import type { CatalogueReader } from '../core/ports/catalogue.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import { Pace, type Changes } from './changes.ts';
import type { PassingJobs } from './passing-jobs.ts';

export interface Watched {
  readonly reader: CatalogueReader;
  readonly jobs: JobRunner;
  readonly passingJobs: PassingJobs;
  readonly changes: Changes;
}

const OVER: ReadonlySet<Job['state']> = new Set(['done', 'failed', 'cancelled']);

/** All jobs that are not over, newest first: now, and again whenever one of them changes, at most four times a second. */
export async function* watchOpenJobs(
  { reader, jobs, passingJobs, changes }: Watched,
  signal?: AbortSignal,
): AsyncGenerator<{ rows: Job[] }> {
  const pace = new Pace(signal);
  // Which jobs rest unfinished is asked of the catalogue only when one comes to rest: progress is told by the runner.
  let resting: readonly Job[] | undefined;
  const observed = ({ state }: Job): void => {
    if (state !== 'running') resting = undefined;
    pace.wake();
  };
  const stops = [
    jobs.observe(observed),
    passingJobs.runner.observe(observed),
    changes.listen((topics) => {
      if (!topics.includes('jobs')) return;
      resting = undefined;
      pace.wake();
    }),
  ];
  pace.wake();
  try {
    while (await pace.next()) {
      resting ??= await restingJobs(reader, jobs);
      const running = [...jobs.running(), ...passingJobs.runner.running()];
      const known = new Set(running.map(({ id }) => id));
      const rows = [...running, ...resting.filter(({ id }) => !known.has(id))];
      yield { rows: rows.sort((a, b) => numberOf(b) - numberOf(a)) };
    }
  } finally {
    for (const stop of stops) stop();
    pace.end();
  }
}

async function restingJobs(reader: CatalogueReader, jobs: JobRunner): Promise<Job[]> {
  const ids = await reader.openJobs();
  const found = await Promise.all(
    ids.map(async (id) => {
      const stored = await reader.job(id);
      return stored && jobs.asItStands(id, stored);
    }),
  );
  return found.filter((job) => job !== undefined && !OVER.has(job.state)) as Job[];
}

function numberOf({ id }: Job): number {
  return Number(id.slice(id.indexOf('-') + 1));
}
