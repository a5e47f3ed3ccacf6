import { CircleX, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useAct } from '../../client/index.ts';
import { Button, ConfirmDialog, plainVisible, ProblemNotice, useTexts } from '../../ui/index.ts';
import { isPassing } from './words.ts';

const CONSEQUENCES: Readonly<Record<Job['kind'], readonly string[]>> = {
  accession: ['accession', 'accessionCopy', 'accessionFiles', 'noResume'],
  audit: ['audit', 'noResume'],
  rescan: ['rescan', 'noResume'],
  replication: ['replication', 'noResume'],
  deletion: ['deletion', 'deletionRest'],
  resolution: ['decision', 'noResume'],
  recovery: ['recovery', 'noResume'],
  survey: ['passing'],
  validation: ['passing'],
  attestation: ['passing'],
  exporting: ['passing'],
};

interface JobActsProps {
  readonly job: Job;
}

/** What can be done with a job as it stands. Nothing with one that is over. */
export function JobActs({ job }: JobActsProps) {
  const { t } = useTexts('jobs');
  const [isAsking, setAsking] = useState(false);
  const pause = useAct('jobs', 'pause');
  const resume = useAct('jobs', 'resume');
  const cancel = useAct('jobs', 'cancel');
  const { id, state } = job;
  const isBusy = pause.isPending || resume.isPending || cancel.isPending;
  const isRunning = state === 'running' || state === 'queued';
  const rests = state === 'paused' || state === 'interrupted';
  if (!isRunning && !rests) return null;
  return (
    <>
      {isRunning && !isPassing(job) && (
        <Button
          icon={Pause}
          isDisabled={isBusy}
          onPress={() => {
            pause.mutate({ id });
          }}
        >
          {t(pause.isPending ? 'act.pausing' : 'act.pause')}
        </Button>
      )}
      {rests && !isPassing(job) && (
        <Button
          variant="primary"
          icon={Play}
          isDisabled={isBusy}
          onPress={() => {
            resume.mutate({ id });
          }}
        >
          {t('act.resume')}
        </Button>
      )}
      {(isRunning || !isPassing(job)) && (
        <Button
          variant="quiet"
          icon={CircleX}
          isDisabled={isBusy}
          onPress={() => {
            setAsking(true);
          }}
        >
          {t(cancel.isPending ? 'act.pausing' : 'act.cancel')}
        </Button>
      )}
      <ConfirmDialog
        title={t('cancel.title', { title: plainVisible(job.title, 200) })}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        consequences={CONSEQUENCES[job.kind].map((key) => t(`cancel.${key}`))}
        confirmLabel={t('cancel.confirm')}
        tone="danger"
        onConfirm={() => {
          setAsking(false);
          cancel.mutate({ id });
        }}
      />
      {[pause, resume, cancel].map(
        ({ error }, at) => error !== null && <ProblemNotice key={at} error={error} />,
      )}
    </>
  );
}
