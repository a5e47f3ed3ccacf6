import { useState, type ReactNode } from 'react';
import type { DecisionPreview } from '../../../shared/contract/decisions.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  formatBytes,
  formatCount,
  PathText,
  plainVisible,
  ProblemNotice,
  SafeText,
  Spinner,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { groupedReasons, type Deciding } from './decisions.ts';
import styles from './decide.module.css';

interface Props {
  readonly deciding: Deciding;
  readonly onClose: () => void;
  readonly onStarted: (job: Job) => void;
}

/** A preview is of what would be done, whatever the reason will be. */
const NOT_YET_SAID = '…';
const MOST_LISTED = 50;

/** What would be done with each finding, before anything is; then the act. */
export function DecideDialog({ deciding, onClose, onStarted }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const { way, selection, count } = deciding;
  const [reason, setReason] = useState('');
  const isRecovery = way === 'recover';
  const needsReason = way === 'accept';
  const recovery = useCall('decisions', 'previewRecovery', selection, { enabled: isRecovery, staleTime: 0 });
  const resolution = useCall(
    'decisions',
    'previewResolution',
    { ...selection, as: isRecovery ? 'false-alarm' : way, ...(needsReason ? { reason: NOT_YET_SAID } : {}) },
    { enabled: !isRecovery, staleTime: 0 },
  );
  const preview = isRecovery ? recovery : resolution;
  const recover = useAct('decisions', 'recover', { onSuccess: onStarted });
  const resolve = useAct('decisions', 'resolve', { onSuccess: onStarted });
  const isBusy = recover.isPending || resolve.isPending;
  const error = preview.error ?? recover.error ?? resolve.error;
  const willDo = preview.data?.willDo.length ?? 0;
  // Where nothing can be done the button still names what was wanted.
  const acted = willDo === 0 ? count : willDo;
  const begin = (): void => {
    if (isRecovery) recover.mutate(selection);
    else
      resolve.mutate({
        ...selection,
        as: way,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      });
  };
  return (
    <Dialog
      title={t(`way.${way}.title`, { count, shown: formatCount(count) })}
      isOpen
      size="large"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('decide.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={willDo === 0 || isBusy || (needsReason && reason.trim() === '')}
            onPress={begin}
          >
            {t(`way.${way}.act`, { count: acted, shown: formatCount(acted) })}
          </Button>
        </>
      }
    >
      <div className={styles.dialog}>
        <p>
          {t(`way.${way}.does`)} {needsReason && <Term id="baseline">{t('decide.baselineTerm')}</Term>}
          {isRecovery && <Term id="quarantine">{t('decide.quarantineTerm')}</Term>}
        </p>
        {needsReason && (
          <TextField
            label={t('decide.reason')}
            description={t('decide.reasonWhy')}
            value={reason}
            onChange={setReason}
            isMultiline
            isRequired
            autoFocus
          />
        )}
        {error !== null && (
          <ProblemNotice
            error={error}
            {...(preview.error === null
              ? {}
              : {
                  onRetry: () => {
                    preview.refetch().catch(() => undefined);
                  },
                })}
          />
        )}
        {preview.data === undefined
          ? preview.error === null && <Spinner label={t('decide.previewing')} />
          : preview.data !== undefined && <Preview preview={preview.data} way={way} />}
      </div>
    </Dialog>
  );
}

function Preview({
  preview: { willDo, refused, bytes, successors = [] },
  way,
}: {
  readonly preview: DecisionPreview;
  readonly way: Deciding['way'];
}): ReactNode {
  const { t } = useTexts('fixity');
  const shown = willDo.slice(0, MOST_LISTED);
  const left = willDo.length - shown.length;
  return (
    <div className={styles.preview}>
      <p className={styles.sum} role="status">
        {willDo.length === 0
          ? t('decide.nothing')
          : t(`way.${way}.will`, {
              count: willDo.length,
              shown: formatCount(willDo.length),
              size: formatBytes(bytes),
            })}
      </p>
      {shown.length > 0 && (
        <ul className={styles.paths} tabIndex={0} aria-label={t('decide.list')}>
          {shown.map((row) => (
            <li key={row.finding}>
              <PathText path={row.path} />
              {row.from !== undefined && (
                <p className={styles.from}>
                  <span>{t('decide.from')}</span> <PathText path={row.from} />
                </p>
              )}
            </li>
          ))}
          {left > 0 && <li>{t('decide.left', { count: left, shown: formatCount(left) })}</li>}
        </ul>
      )}
      {successors.map(({ path, supersedes, location, files, bytes: size }) => (
        <div key={path.display} className={styles.successor}>
          <p>
            {t('decide.successor', {
              count: files,
              shown: formatCount(files),
              location: plainVisible(location.name, 80),
              size: formatBytes(size),
            })}
          </p>
          <PathText path={path} />
          <p>{t('decide.successorWhy')}</p>
          <PathText path={supersedes} />
        </div>
      ))}
      {refused.length > 0 && (
        <>
          <p className={styles.sum}>
            {t('decide.refused', { count: refused.length, shown: formatCount(refused.length) })}
          </p>
          <ul className={styles.reasons}>
            {groupedReasons(refused).map(({ reason, count }) => (
              <li key={reason}>
                <SafeText value={reason} maxLength={600} />
                {refused.length > 1 && (
                  <span className={styles.muted}>
                    {' '}
                    {t('decide.times', { count, shown: formatCount(count) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
