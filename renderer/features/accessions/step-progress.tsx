import { Link } from '@tanstack/react-router';
import { Pause, Play, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { useAct } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  Notice,
  ProblemNotice,
  Spinner,
  plainVisible,
  useTexts,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { JobProgress } from './job-progress.tsx';
import { isOver, useJob } from './use-job.ts';

/** The act while it runs. It belongs to the host: leaving this page changes nothing of it. */
export function StepProgress({
  job: id,
  onOver,
}: {
  readonly job: string;
  readonly onOver: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const { job, error } = useJob(id);
  const [isAsking, setAsking] = useState(false);
  const pause = useAct('jobs', 'pause');
  const resume = useAct('jobs', 'resume');
  const cancel = useAct('jobs', 'cancel');
  const over = job !== undefined && isOver(job);
  const whenOver = useEffectEvent(onOver);
  useEffect(() => {
    if (over) whenOver();
  }, [over]);
  if (error !== undefined) return <ProblemNotice error={error} />;
  if (job === undefined) return <Spinner label={t('progress.asking')} />;
  const failed = pause.error ?? resume.error ?? cancel.error;
  const isPending = pause.isPending || resume.isPending || cancel.isPending;
  const rests = job.state === 'paused' || job.state === 'interrupted' || job.state === 'failed';
  return (
    <>
      {!rests && <p className={styles.lead}>{t('progress.leave')}</p>}
      <JobProgress job={job} label={plainVisible(job.title, 200)} />
      {job.state === 'paused' && <Notice tone="due" title={t('progress.paused')} />}
      {(job.state === 'interrupted' || job.state === 'failed') && (
        <Notice tone="finding" title={t('progress.interrupted')}>
          <p>{job.error?.message ?? t('progress.interruptedWhy')}</p>
        </Notice>
      )}
      {failed !== null && <ProblemNotice error={failed} />}
      <div className={styles.acts}>
        {rests ? (
          <Button
            variant="primary"
            icon={Play}
            isDisabled={isPending}
            onPress={() => {
              resume.mutate({ id });
            }}
          >
            {t('progress.resume')}
          </Button>
        ) : (
          <Button
            icon={Pause}
            isDisabled={isPending}
            onPress={() => {
              pause.mutate({ id });
            }}
          >
            {t('progress.pause')}
          </Button>
        )}
        <Button
          icon={X}
          isDisabled={isPending}
          onPress={() => {
            setAsking(true);
          }}
        >
          {t('progress.cancel')}
        </Button>
        <Link to="/jobs/$id" params={{ id }} className={styles.link}>
          {t('progress.page')}
        </Link>
      </div>
      <ConfirmDialog
        title={t('progress.cancelTitle')}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        consequences={[t('progress.cancelRecorded'), t('progress.cancelCopied'), t('progress.cancelFiles')]}
        confirmLabel={t('progress.cancel')}
        onConfirm={() => {
          cancel.mutate({ id });
        }}
      />
    </>
  );
}
