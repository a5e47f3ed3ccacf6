import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { decisionResultSchema, type DecisionResult } from '../../../shared/contract/decisions.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import {
  Button,
  formatBytes,
  formatCount,
  Notice,
  plainVisible,
  SafeText,
  Spinner,
  useTexts,
} from '../../ui/index.ts';
import { groupedReasons, type Decided, type DecidedHere } from './decisions.ts';
import styles from './decide.module.css';
import { SweptTold } from './swept-told.tsx';
import { isOver, useJob } from './use-job.ts';

interface Props {
  readonly decided: Decided;
  readonly onClose: () => void;
}

/** What became of a decision, where it was made: it is under way, or what was done and what was refused. */
export function DecisionOutcome({ decided, onClose }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const job = useJob(decided.job);
  const close = (
    <Button variant="quiet" onPress={onClose}>
      {t('ended.close')}
    </Button>
  );
  if (job === undefined || !isOver(job))
    return (
      <div className={styles.outcome} aria-live="polite">
        <Spinner label={t(`way.${decided.way}.running`)} />{' '}
        <Link to="/jobs/$id" params={{ id: decided.job }}>
          {t('ended.job')}
        </Link>
      </div>
    );
  return (
    <div aria-live="polite">
      <Told job={job} way={decided.way} close={close} />
    </div>
  );
}

function Told({
  job,
  way,
  close,
}: {
  readonly job: Job;
  readonly way: DecidedHere;
  readonly close: ReactNode;
}): ReactNode {
  const { t } = useTexts('fixity');
  const { data } = decisionResultSchema.safeParse(job.result);
  if (data === undefined)
    return (
      <Notice tone="finding" title={t('ended.failed')} actions={close}>
        {job.error !== undefined && <SafeText value={job.error.message} maxLength={600} />}
      </Notice>
    );
  return (
    <Notice
      tone={data.refusedTotal > 0 ? 'due' : 'plain'}
      title={data.done === 0 ? t('ended.none') : doneWords(data, way, t)}
      actions={close}
    >
      {data.refusedTotal > 0 && (
        <>
          <p>{t('ended.refused', { count: data.refusedTotal, shown: formatCount(data.refusedTotal) })}</p>
          <ul className={styles.reasons}>
            {groupedReasons(data.refused).map(({ reason }) => (
              <li key={reason}>
                <SafeText value={reason} maxLength={600} />
              </li>
            ))}
          </ul>
        </>
      )}
      {data.swept !== undefined && <SweptTold swept={data.swept} />}
      <p className={styles.links}>
        {data.quarantined > 0 && <Link to="/fixity/quarantine">{t('ended.toQuarantine')}</Link>}
        <Link to="/jobs/$id" params={{ id: job.id }}>
          {t('ended.job')}
        </Link>
      </p>
    </Notice>
  );
}

function doneWords(
  { done, quarantined, bytes, successors = [] }: DecisionResult,
  way: DecidedHere,
  t: ReturnType<typeof useTexts>['t'],
): string {
  const sentence = t(`way.${way}.done`, { count: done, shown: formatCount(done), size: formatBytes(bytes) });
  const aside =
    quarantined === 0
      ? []
      : [t('ended.quarantined', { count: quarantined, shown: formatCount(quarantined) })];
  const made = successors.map(({ files, location, bytes: written }) =>
    t('ended.successor', {
      count: files,
      shown: formatCount(files),
      location: plainVisible(location.name, 80),
      size: formatBytes(written),
    }),
  );
  return [sentence, ...aside, ...made].join(' ');
}
