import type { NewAccession, SurveyResult } from '../../../shared/contract/accession.ts';
import type { Acceptance, AppraisalDetail } from '../../../shared/contract/appraisals.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { runSurvey } from '../accession/run-survey.ts';
import type { JobContext, JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

/**
 * Surveys folders and records what was found as an open appraisal. A survey that was stopped records nothing: what it
 * would say of the rest is not known.
 */
export async function runAppraisal(
  { catalogue, files }: { readonly catalogue: Catalogue; readonly files: Files },
  roots: readonly RootIdentity[],
  wanted: { readonly title: string; readonly source?: string | undefined },
  agent: ActingAgent,
  context: JobContext,
): Promise<JobEnd> {
  const end = await runSurvey(files, catalogue.reader, roots, context);
  if (end.state !== 'done') return end;
  const survey = end.result as SurveyResult;
  const id = await catalogue.writer.openAppraisal(
    { ...wanted, paths: roots.map((root) => root.path), survey },
    agent,
  );
  return { ...end, result: { ...survey, appraisal: publicId('appraisal', id) } };
}

/**
 * What an acceptance takes into custody: what was surveyed, on the terms that are said now.
 * @throws HoldfastError BAD_INPUT for an appraisal that was declined
 */
export function accessionOf(appraisal: AppraisalDetail, terms: Acceptance): NewAccession {
  if (appraisal.state === 'declined')
    throw new HoldfastError(
      'BAD_INPUT',
      `${appraisal.id} was declined${appraisal.decision === undefined ? '' : ` (${appraisal.decision.reason})`}. ` +
        'Survey it again with appraise if that is to be reconsidered.',
    );
  const { id: _id, reason: _reason, title = appraisal.title, source = appraisal.source, ...rest } = terms;
  return {
    ...rest,
    title,
    ...(source === undefined ? {} : { source }),
    paths: appraisal.paths,
  };
}
