import type { SurveyResult } from '../../../shared/contract/accession.ts';
import type { AppraisalResult } from '../../../shared/contract/appraisals.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useCall, type CallError } from '../../client/index.ts';
import type { Draft } from './draft.ts';
import { pathsKey } from './paths.ts';
import { isOver, useJob } from './use-job.ts';

export interface Survey {
  readonly job: Job | undefined;
  /** What was found; of a survey that was stopped, as far as it had come. */
  readonly result: SurveyResult | undefined;
  /** The folders are others than those that were surveyed. */
  readonly isStale: boolean;
  /** The appraisal that it was kept as. */
  readonly appraisal: string | undefined;
  readonly error: CallError | undefined;
}

const NONE: Survey = {
  job: undefined,
  result: undefined,
  isStale: false,
  appraisal: undefined,
  error: undefined,
};

/** The survey that a draft rests on: its own, or that of the appraisal that is to be accepted. */
export function useSurvey(draft: Draft, appraisal: string | undefined): Survey {
  const kept = useCall(
    'appraisals',
    'get',
    { id: appraisal ?? 'appraisal-1' },
    { enabled: appraisal !== undefined },
  );
  const { job, error } = useJob(appraisal === undefined ? draft.survey?.job : undefined);
  if (appraisal !== undefined)
    return { ...NONE, result: kept.data?.survey, appraisal, error: kept.error ?? undefined };
  if (draft.survey === undefined) return NONE;
  const rests = job !== undefined && isOver(job);
  const result = rests ? (job.result as (SurveyResult & Partial<AppraisalResult>) | undefined) : undefined;
  return {
    job,
    result,
    isStale: draft.survey.of !== pathsKey(draft.paths),
    appraisal: result?.appraisal,
    error,
  };
}
