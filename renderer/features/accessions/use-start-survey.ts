import { useAct, type CallError } from '../../client/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { pathsKey } from './paths.ts';
import type { PathStep } from './path-step.ts';

/** Starts a survey of the draft's folders, kept as an appraisal where that is wanted, and goes to it. */
export function useStartSurvey({ draft, change, go }: Pick<PathStep, 'draft' | 'change' | 'go'>): {
  readonly start: () => void;
  readonly keep: () => void;
  readonly isPending: boolean;
  readonly error: CallError | null;
} {
  const onSuccess = ({ id }: Job): void => {
    change({ survey: { job: id, of: pathsKey(draft.paths) } });
    go('survey');
  };
  const survey = useAct('accession', 'survey', { onSuccess });
  const appraise = useAct('appraisals', 'survey', { onSuccess });
  const paths = [...draft.paths];
  const keep = (): void => {
    const source = draft.source.trim();
    appraise.mutate({ paths, title: draft.title, ...(source === '' ? {} : { source }) });
  };
  return {
    start: () => {
      if (draft.keepAppraisal) keep();
      else survey.mutate({ paths });
    },
    keep,
    isPending: survey.isPending || appraise.isPending,
    error: survey.error ?? appraise.error,
  };
}
