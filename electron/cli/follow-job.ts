/** Follows a job to where it rests, showing how it gets on and passing on a request to stop. */
import type { Job } from '../../shared/contract/jobs.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';
import type { Invocation } from './command.ts';
import { Interrupted, isErrorCode, JobStopped } from './errors.ts';
import type { Client } from './host-port.ts';
import { progressView } from './progress.ts';

/**
 * Starts a job and waits until it is done.
 * @throws Interrupted when a person stopped it, HoldfastError or JobStopped when it could not be completed.
 */
export async function runJob(
  { io, output, interrupts }: Pick<Invocation, 'io' | 'output' | 'interrupts'>,
  client: Pick<Client, 'jobs'>,
  start: () => Promise<Job>,
): Promise<Job> {
  const view = progressView(io, output.form, output.quiet);
  let id: string | undefined;
  let pausing: Promise<unknown> | undefined;
  const stop = (): void => {
    if (id === undefined || pausing !== undefined) return;
    view.note('Stopping cleanly; Ctrl-C again stops at once.');
    // The job may end by itself before it hears of this: its own state tells.
    pausing = client.jobs.pause({ id }).catch(() => undefined);
  };
  const leave = interrupts.during(stop);
  try {
    const started = await start();
    id = started.id;
    if (interrupts.requested) stop();
    view.show(started.progress);
    for await (const snapshot of await client.jobs.watch({ id })) view.show(snapshot.progress);
    await pausing;
    const job = await client.jobs.get({ id });
    view.end();
    return finished(job, interrupts.requested);
  } finally {
    view.end();
    leave();
  }
}

function finished(job: Job, stopRequested: boolean): Job {
  if (job.state === 'done') return job;
  if (stopRequested && job.state !== 'failed') {
    const goOn = job.state === 'cancelled' ? 'nothing of it is kept' : 'run the same command again to go on';
    throw new Interrupted(`Stopped; ${goOn}.`);
  }
  if (job.error !== undefined) {
    const { code, message, trace } = job.error;
    const error = isErrorCode(code) ? new HoldfastError(code, message) : new JobStopped(code, message);
    if (trace !== undefined) error.stack = trace;
    throw error;
  }
  throw new JobStopped(
    'JOB_STOPPED',
    `The job ${job.id} is ${job.state}; holdfast jobs resume ${job.id} goes on with it.`,
  );
}
