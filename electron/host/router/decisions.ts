import {
  findingSelectionSchema,
  newResolutionSchema,
  type FindingSelection,
  type NewResolution,
} from '../../../shared/contract/decisions.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { quarantinePlace } from '../../adapters/storage/quarantine-place.ts';
import { recoveryPlace } from '../../adapters/storage/recovery-place.ts';
import { chooseFindings } from '../../core/fixity/choose-findings.ts';
import { openDecision } from '../../core/fixity/open-decision.ts';
import { runRecovery } from '../../core/fixity/recover.ts';
import { previewRecovery } from '../../core/fixity/recovery-plan.ts';
import { previewResolution, requireReason } from '../../core/fixity/resolution-plan.ts';
import { runResolution } from '../../core/fixity/resolve-findings.ts';
import type { OpenedDecision } from '../../core/ports/deciding.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';
import { bagTools } from './replication.ts';

export const decisions = {
  finding: host.decisions.finding.handler(async ({ context, input }) =>
    found('finding', input.id, await context.reader.finding(numberOf('finding', input.id))),
  ),
  previewResolution: host.decisions.previewResolution.handler(({ context, input }) =>
    previewResolution(context, input),
  ),
  resolve: host.decisions.resolve.handler(({ context, input }) => startResolution(context, input)),
  previewRecovery: host.decisions.previewRecovery.handler(({ context, input }) =>
    previewRecovery(context, input),
  ),
  recover: host.decisions.recover.handler(({ context, input }) => startRecovery(context, input)),
  massChanges: host.decisions.massChanges.handler(async ({ context, input }) => ({
    rows: await context.reader.massChanges(input.all),
    next: null,
  })),
  massChange: host.decisions.massChange.handler(async ({ context, input }) =>
    found('massChange', input.id, await context.reader.massChange(numberOf('massChange', input.id))),
  ),
  decideMassChange: host.decisions.decideMassChange.handler(async ({ context, input }) => {
    const { reader, writer } = writable(context);
    const id = numberOf('massChange', input.id);
    await writer.decideMassChange(id, { decision: input.as, reason: input.reason }, context.agent);
    return found('massChange', input.id, await reader.massChange(id));
  }),
};

/** Resumes a resolution or a recovery by its job alone. */
export async function resumeDecision(
  context: HostContext,
  kind: 'resolution' | 'recovery',
  jobId: number,
): Promise<Job> {
  const { reader, writer } = writable(context);
  const opened = await writer.reopenDecision(jobId);
  if (kind === 'recovery') return recover(context, opened);
  return resolve(context, opened, newResolutionSchema.parse(await reader.jobParams(jobId)));
}

const RESOLVED = {
  accept: 'Findings accepted as new baselines',
  moved: 'Findings of moved files',
  'false-alarm': 'Findings read again as false alarms',
} as const;

async function startResolution(context: HostContext, input: NewResolution): Promise<Job> {
  const catalogue = writable(context);
  requireReason(input);
  const params = newResolutionSchema.parse(input);
  const opened = await openDecision(
    catalogue,
    'resolution',
    { title: RESOLVED[input.as], params },
    () => chooseFindings(catalogue.reader, input),
    context.agent,
  );
  return resolve(context, opened, params);
}

async function resolve(context: HostContext, opened: OpenedDecision, { as }: NewResolution): Promise<Job> {
  const catalogue = writable(context);
  const { policy } = await catalogue.reader.archive();
  const { files } = context;
  const bags = await bagTools(context);
  const run = { catalogue, files, opened, as, furtherDigests: policy.furtherDigests, bags };
  return context.jobs.start(opened.jobId, (job) => runResolution(run, job));
}

async function startRecovery(context: HostContext, input: FindingSelection): Promise<Job> {
  const catalogue = writable(context);
  const opened = await openDecision(
    catalogue,
    'recovery',
    { title: 'Recovery of damaged copies', params: findingSelectionSchema.parse(input) },
    () => chooseFindings(catalogue.reader, input),
    context.agent,
  );
  return recover(context, opened);
}

async function recover(context: HostContext, opened: OpenedDecision): Promise<Job> {
  const catalogue = writable(context);
  const { id: archiveId } = await catalogue.reader.archive();
  const { files, agent } = context;
  const run = {
    catalogue,
    files,
    place: recoveryPlace,
    quarantine: quarantinePlace,
    opened,
    archiveId,
    agent,
  };
  return context.jobs.start(opened.jobId, (job) => runRecovery(run, job));
}
