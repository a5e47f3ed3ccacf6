import { identifyRoots } from '../../core/accession/plan-accession.ts';
import { accessionOf, runAppraisal } from '../../core/appraisal/appraise.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { writable, type HostContext } from '../context.ts';
import type { AppraisalDetail } from '../../../shared/contract/appraisals.ts';
import { startAccession } from './accession.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

export const appraisals = {
  survey: host.appraisals.survey.handler(async ({ context, input }) => {
    const catalogue = writable(context);
    const roots = await identifyRoots(context.files, input.paths);
    const id = context.passingJobs.open('survey', input.title, context.agent);
    return context.passingJobs.runner.start(id, (job) =>
      runAppraisal({ catalogue, files: context.files }, roots, input, context.agent, job),
    );
  }),

  list: host.appraisals.list.handler(({ context, input }) => context.reader.appraisals(input)),

  get: host.appraisals.get.handler(({ context, input }) => appraisalOf(context, input.id)),

  accept: host.appraisals.accept.handler(async ({ context, input, signal }) => {
    const { writer } = writable(context);
    const appraisal = await appraisalOf(context, input.id);
    await refuseFinished(context, appraisal);
    // Recorded with the accession that it opens, before anything is taken; after a crash between the two, or later, the same
    // word goes on with that accession.
    return startAccession(context, accessionOf(appraisal, input), {
      signal,
      whenOpened: async ({ accession, jobId }) => {
        if (appraisal.state !== 'surveyed') return;
        const decision = { reason: input.reason, accepted: { accessionId: accession.id, jobId } };
        await writer.decideAppraisal(numberOf('appraisal', input.id), decision, context.agent);
      },
    });
  }),

  decline: host.appraisals.decline.handler(async ({ context, input }) => {
    const { writer } = writable(context);
    await writer.decideAppraisal(numberOf('appraisal', input.id), { reason: input.reason }, context.agent);
    return appraisalOf(context, input.id);
  }),
};

async function appraisalOf(context: HostContext, id: string): Promise<AppraisalDetail> {
  return found('appraisal', id, await context.reader.appraisal(numberOf('appraisal', id)));
}

async function refuseFinished(context: HostContext, { id, decision }: AppraisalDetail): Promise<void> {
  if (decision?.accession === undefined) return;
  const { number, job } = decision.accession;
  const { state } = await context.jobs.get(numberOf('job', job));
  if (state === 'done' || state === 'cancelled')
    throw new HoldfastError('BAD_INPUT', `${id} was accepted already, as accession ${number}.`);
}
