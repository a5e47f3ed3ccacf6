import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAct } from '../../client/index.ts';
import { Button, Notice, ProblemNotice, Spinner, useTexts, useToast } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { forgetDraft } from './draft-store.ts';
import { JobProgress } from './job-progress.tsx';
import { KeepDialog } from './keep-dialog.tsx';
import type { PathStep } from './path-step.ts';
import { SurveyReport } from './survey-report.tsx';
import { useStartSurvey } from './use-start-survey.ts';
import { isOver } from './use-job.ts';
import { DeclineDialog } from './waiting-appraisals.tsx';

/** What is in the folders, before anything is committed. */
export function StepSurvey(props: PathStep): ReactNode {
  const { draft, search, go, survey } = props;
  const { t } = useTexts('accessions');
  const { start, isPending, error } = useStartSurvey(props);
  const stop = useAct('jobs', 'cancel');
  const { job, result } = survey;
  const isRunning = job !== undefined && !isOver(job) && job.state !== 'interrupted';
  const again = (
    <Button onPress={start} isDisabled={isPending}>
      {t('survey.again')}
    </Button>
  );
  const onward = (
    <Button
      variant={isRunning ? 'quiet' : 'primary'}
      onPress={() => {
        go('rights');
      }}
    >
      {result === undefined ? t('survey.without') : t('survey.onward')}
    </Button>
  );
  return (
    <>
      <p className={styles.lead}>{t('survey.lead')}</p>
      {error !== null && <ProblemNotice error={error} />}
      {survey.error !== undefined && (
        <Notice
          tone="due"
          title={survey.error.code === 'NOT_FOUND' ? t('survey.forgotten') : survey.error.message}
          actions={again}
        />
      )}
      {search.appraisal !== undefined && result === undefined && survey.error === undefined && (
        <Spinner label={t('survey.reading')} />
      )}
      {search.appraisal === undefined && draft.survey === undefined && (
        <Notice
          title={t('survey.none')}
          actions={
            <Button variant="primary" onPress={start} isDisabled={isPending}>
              {t('folders.survey')}
            </Button>
          }
        >
          <p>{t('folders.surveyWhat')}</p>
        </Notice>
      )}
      {isRunning && (
        <>
          <JobProgress job={job} label={t('survey.running')} />
          <div className={styles.acts}>
            <Button
              isDisabled={stop.isPending}
              onPress={() => {
                stop.mutate({ id: job.id });
              }}
            >
              {t('survey.stop')}
            </Button>
          </div>
        </>
      )}
      {stop.error !== null && <ProblemNotice error={stop.error} />}
      {job?.state === 'interrupted' && (
        <Notice tone="finding" title={t('survey.failed')} actions={again}>
          <p>{job.error?.message ?? t('survey.failedWhy')}</p>
        </Notice>
      )}
      {job?.state === 'cancelled' && <Notice tone="due" title={t('survey.stopped')} actions={again} />}
      {survey.isStale && !isRunning && <Notice tone="due" title={t('survey.stale')} actions={again} />}
      {result !== undefined && <SurveyReport result={result} />}
      {survey.appraisal !== undefined ? (
        <AppraisalActs {...props} appraisal={survey.appraisal} />
      ) : (
        <div className={styles.onward}>
          {onward}
          {result !== undefined && search.again === undefined && <KeepSurvey {...props} />}
        </div>
      )}
    </>
  );
}

/** A survey that was kept is decided on: now, or by whoever opens the list of accessions. */
function AppraisalActs({
  draft,
  draftKey,
  search,
  go,
  appraisal,
}: PathStep & { readonly appraisal: string }): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const toast = useToast();
  const [isDeclining, setDeclining] = useState(false);
  const leave = (): void => {
    navigate({ to: '/accessions' })
      .then(() => {
        forgetDraft(draftKey);
      })
      .catch(() => undefined);
  };
  return (
    <>
      <Notice title={t('survey.kept', { appraisal })}>
        <p>{t('survey.keptWhat')}</p>
      </Notice>
      <div className={styles.onward}>
        <Button
          variant="primary"
          onPress={() => {
            if (search.appraisal === appraisal) go('rights');
            else go('rights', { appraisal });
          }}
        >
          {t('survey.accept')}
        </Button>
        <Button
          onPress={() => {
            setDeclining(true);
          }}
        >
          {t('survey.decline')}
        </Button>
        <Button
          variant="quiet"
          onPress={() => {
            toast.tell(t('survey.waits'));
            leave();
          }}
        >
          {t('survey.later')}
        </Button>
      </div>
      {isDeclining && (
        <DeclineDialog
          appraisal={{ id: appraisal, title: draft.title }}
          onClose={() => {
            setDeclining(false);
          }}
          onDeclined={leave}
        />
      )}
    </>
  );
}

function KeepSurvey(props: PathStep): ReactNode {
  const { t } = useTexts('accessions');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('survey.keep')}
      </Button>
      {isOpen && (
        <KeepDialog
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
