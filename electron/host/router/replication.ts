import { newReplicationSchema, type NewReplication } from '../../../shared/contract/replication.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { BagRun } from '../../core/replication/finish-bag.ts';
import { runReplication } from '../../core/replication/run-replication.ts';
import { openReplication } from '../../core/replication/start-replication.ts';
import type { LocationIdentity } from '../../core/ports/catalogue.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

export const replication = {
  start: host.replication.start.handler(({ context, input }) => startReplication(context, input)),
};

/** Resumes a replication by its job alone. */
export async function resumeReplication(context: HostContext, jobId: number): Promise<Job> {
  return startReplication(context, newReplicationSchema.parse(await context.reader.jobParams(jobId)));
}

async function startReplication(context: HostContext, wanted: NewReplication): Promise<Job> {
  const catalogue = writable(context);
  const { jobId, location, accruals } = await openReplication(
    catalogue,
    context.files,
    wanted,
    context.agent,
  );
  const { bytesPerSecond } = wanted;
  const run = {
    ...(await bagRun(context, location)),
    jobId,
    accruals,
    ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  };
  return context.jobs.start(jobId, (job) => runReplication(run, job));
}

/** What an act that fills a bag works with. */
export async function bagRun(context: HostContext, location: LocationIdentity): Promise<BagRun> {
  return { ...(await bagTools(context)), location };
}

/** The same where the bags of one act stand in several locations. */
export async function bagTools(context: HostContext): Promise<Omit<BagRun, 'location'>> {
  const catalogue = writable(context);
  const { id, name } = await catalogue.reader.archive();
  const { files, store, bags, validator, agent } = context;
  return {
    catalogue,
    files,
    store,
    bags,
    validator,
    archive: { id, name },
    software: `Holdfast ${agent.softwareVersion}`,
  };
}
