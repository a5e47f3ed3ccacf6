import { z } from 'zod';
import type { Job } from '../../../shared/contract/jobs.ts';
import { openRun } from '../../core/fixity/open-run.ts';
import { runAudit } from '../../core/fixity/run-audit.ts';
import { runRescan } from '../../core/fixity/run-rescan.ts';
import { chooseLocations } from '../../core/locations/choose-locations.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

const paramsSchema = z.object({ location: z.string().optional() });

export const fixity = {
  audit: host.fixity.audit.handler(({ context, input }) => startRun(context, 'audit', input.location)),
  rescan: host.fixity.rescan.handler(({ context, input }) => startRun(context, 'rescan', input.location)),
  findings: host.fixity.findings.handler(({ context, input }) => context.reader.findings(input)),
};

/** Resumes an audit or a rescan by its job alone. */
export async function resumeRun(context: HostContext, kind: 'audit' | 'rescan', jobId: number): Promise<Job> {
  const { location } = paramsSchema.parse(await context.reader.jobParams(jobId));
  return startRun(context, kind, location);
}

async function startRun(
  context: HostContext,
  kind: 'audit' | 'rescan',
  location: string | undefined,
): Promise<Job> {
  const catalogue = writable(context);
  const locations = await chooseLocations(catalogue.reader, location);
  const opened = await openRun(catalogue, kind, locations, location, context.agent);
  const run = { catalogue, files: context.files, opened, locations };
  return context.jobs.start(opened.jobId, (job) =>
    kind === 'audit' ? runAudit(run, job) : runRescan(run, job),
  );
}
