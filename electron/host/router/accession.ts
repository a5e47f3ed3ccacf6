import { newAccessionSchema } from '../../../shared/contract/accession.ts';
import { identifyRoots } from '../../core/accession/plan-accession.ts';
import { runAccession } from '../../core/accession/run-accession.ts';
import { runSurvey } from '../../core/accession/run-survey.ts';
import { openAccession } from '../../core/accession/start-accession.ts';
import type { OpenedAccession } from '../../core/ports/catalogue.ts';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

export const accession = {
  survey: host.accession.survey.handler(async ({ context, input }) => {
    const roots = await identifyRoots(context.files, input.paths);
    const id = context.passingJobs.open('survey', 'Survey', context.agent);
    return context.passingJobs.runner.start(id, (job) =>
      runSurvey(context.files, context.reader, roots, job),
    );
  }),

  start: host.accession.start.handler(async ({ context, input }) => {
    const opened = await openAccession(writable(context), context.files, input, context.agent);
    return goOn(context, opened, input);
  }),

  list: host.accession.list.handler(({ context, input }) => context.reader.accessions(input)),

  get: host.accession.get.handler(async ({ context, input }) =>
    found('accession', input.id, await context.reader.accession(numberOf('accession', input.id))),
  ),
};

/** Resumes an accession by its job alone. */
export async function resumeAccession(context: HostContext, jobId: number): Promise<Job> {
  const { reader, writer } = writable(context);
  const wanted = newAccessionSchema.parse(await reader.jobParams(jobId));
  return goOn(context, await writer.reopenAccession(jobId), wanted);
}

async function goOn(context: HostContext, opened: OpenedAccession, wanted: NewAccession): Promise<Job> {
  const catalogue = writable(context);
  const { policy } = await catalogue.reader.archive();
  return context.jobs.start(opened.jobId, (job) =>
    runAccession(
      { catalogue, files: context.files, opened, furtherDigests: policy.furtherDigests, wanted },
      job,
    ),
  );
}
