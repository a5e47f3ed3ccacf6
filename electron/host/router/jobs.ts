import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { JobRunner } from '../../core/jobs/job-runner.ts';
import { writable, type HostContext } from '../context.ts';
import { PassingJobs } from '../passing-jobs.ts';
import { watchOpenJobs } from '../watch-jobs.ts';
import { resumeAccession } from './accession.ts';
import { host } from './base.ts';
import { resumeDeletion } from './custody.ts';
import { resumeDecision } from './decisions.ts';
import { resumeRun } from './fixity.ts';
import { numberOf } from './numbers.ts';
import { resumeReplication } from './replication.ts';

export const jobs = {
  list: host.jobs.list.handler(async ({ context, input }) => {
    const page = await context.reader.jobs(input);
    return { ...page, rows: page.rows.map((job) => context.jobs.asItStands(numberOf('job', job.id), job)) };
  }),

  get: host.jobs.get.handler(({ context, input }) =>
    runnerOf(context, input.id).get(numberOf('job', input.id)),
  ),

  watch: host.jobs.watch.handler(({ context, input, signal }) =>
    runnerOf(context, input.id).watch(numberOf('job', input.id), signal),
  ),

  watchOpen: host.jobs.watchOpen.handler(({ context, signal }) => watchOpenJobs(context, signal)),

  pause: host.jobs.pause.handler(({ context, input }) => stop(context, input.id, 'pause')),

  cancel: host.jobs.cancel.handler(({ context, input }) => stop(context, input.id, 'cancel')),

  resume: host.jobs.resume.handler(({ context, input }) => resume(context, input.id)),

  problems: host.jobs.problems.handler(({ context, input }) =>
    context.reader.problems(numberOf('job', input.id), input),
  ),
};

function runnerOf(context: HostContext, id: string): JobRunner {
  return PassingJobs.has(numberOf('job', id)) ? context.passingJobs.runner : context.jobs;
}

async function stop(context: HostContext, publicId: string, reason: 'pause' | 'cancel'): Promise<Job> {
  const runner = runnerOf(context, publicId);
  const id = numberOf('job', publicId);
  const job = await runner.get(id);
  if (runner.isRunning(id)) return runner.stop(id, reason);
  if (reason === 'pause' || job.state === 'done' || job.state === 'cancelled') return job;
  // An interrupted act is cancelled by closing it: what it recorded stays, with an event that says so.
  await resume(context, publicId);
  return runner.stop(id, 'cancel');
}

async function resume(context: HostContext, publicId: string): Promise<Job> {
  const id = numberOf('job', publicId);
  const runner = runnerOf(context, publicId);
  const job = await runner.get(id);
  if (runner.isRunning(id)) return job;
  if (job.state === 'done' || job.state === 'cancelled') {
    throw new HoldfastError('BAD_INPUT', `${publicId} is ${job.state}; there is nothing to resume.`);
  }
  writable(context);
  switch (job.kind) {
    case 'accession':
      return resumeAccession(context, id);
    case 'replication':
      return resumeReplication(context, id);
    case 'audit':
    case 'rescan':
      return resumeRun(context, job.kind, id);
    case 'deletion':
      return resumeDeletion(context, id);
    case 'resolution':
    case 'recovery':
      return resumeDecision(context, job.kind, id);
    case 'survey':
      throw new HoldfastError('BAD_INPUT', 'A survey keeps nothing to resume from. Run it again.');
    case 'exporting':
      throw new HoldfastError(
        'BAD_INPUT',
        'A hand-out that was stopped left nothing behind. Ask for it again.',
      );
    case 'validation':
      throw new HoldfastError('BAD_INPUT', 'A validation keeps nothing to resume from. Run it again.');
    case 'attestation':
      throw new HoldfastError('BAD_INPUT', 'An attestation keeps nothing to resume from. Run it again.');
  }
}
