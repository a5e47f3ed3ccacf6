import { z } from 'zod';
import { saidOf } from '../../../shared/domain/audit-budget.ts';
import { auditBudgetSchema } from '../../../shared/contract/fixity.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { openRun, type RunAsked } from '../../core/fixity/open-run.ts';
import { runAudit } from '../../core/fixity/run-audit.ts';
import { runRescan } from '../../core/fixity/run-rescan.ts';
import { chooseLocations } from '../../core/locations/choose-locations.ts';
import { offlineLocations } from '../../core/locations/offline.ts';
import type { StoredSchedule } from '../../core/ports/scheduling.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

const paramsSchema = z.object({
  location: z.string().optional(),
  budget: auditBudgetSchema.optional(),
  direct: z.boolean().optional(),
});

export const fixity = {
  audit: host.fixity.audit.handler(({ context, input }) => startRun(context, 'audit', input)),
  rescan: host.fixity.rescan.handler(({ context, input }) => startRun(context, 'rescan', input)),
  findings: host.fixity.findings.handler(({ context, input }) => context.reader.findings(input)),
  checks: host.fixity.checks.handler(async ({ context, input }) => ({
    rows: await context.reader.checksSince(Date.parse(input.since)),
  })),
};

/** Resumes an audit or a rescan by its job alone. */
export async function resumeRun(context: HostContext, kind: 'audit' | 'rescan', jobId: number): Promise<Job> {
  return startRun(context, kind, paramsSchema.parse(await context.reader.jobParams(jobId)));
}

/** What a schedule asks for. */
export function startScheduled(
  context: HostContext,
  { kind, locationName, budget }: StoredSchedule,
): Promise<Job> {
  return startRun(context, kind, { location: locationName, budget });
}

async function startRun(context: HostContext, kind: 'audit' | 'rescan', asked: RunAsked): Promise<Job> {
  const catalogue = writable(context);
  const locations = await chooseLocations(catalogue.reader, asked.location);
  const { location, direct = false } = asked;
  const budget = saidOf(asked.budget ?? {});
  const opened = await openRun(catalogue, kind, locations, { location, budget, direct }, context.agent);
  // Who named a location asked for nothing else.
  const offline =
    location === undefined
      ? (await offlineLocations(catalogue.reader)).map(({ id, name, replicas }) => ({
          location: id,
          name,
          replicas,
        }))
      : [];
  const run = { catalogue, files: context.files, opened, locations, offline };
  return context.jobs.start(opened.jobId, (job) =>
    kind === 'audit' ? runAudit({ ...run, budget, direct }, job) : runRescan(run, job),
  );
}
