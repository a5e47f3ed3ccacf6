import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Appraisal } from '../../../shared/contract/appraisals.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  PathText,
  ProblemNotice,
  SafeText,
  Section,
  Term,
  TextField,
  Time,
  formatBytes,
  formatCount,
  formatHours,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { isolated } from './formats.ts';

/** What was surveyed and kept, and waits for somebody to decide. Nothing is shown where nothing waits. */
export function WaitingAppraisals(): ReactNode {
  const { t } = useTexts('accessions');
  const { data } = useCall('appraisals', 'list', { state: 'surveyed', limit: 100 });
  const [declined, setDeclined] = useState<Appraisal>();
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Section
      title={t('appraisal.title')}
      description={
        <>
          {t('appraisal.description')} <Term id="appraisal">{t('appraisal.term')}</Term>
        </>
      }
    >
      <ul className={styles.waiting}>
        {data.rows.map((row) => (
          <WaitingRow key={row.id} appraisal={row} onDecline={setDeclined} />
        ))}
      </ul>
      {data.next !== null && <p className={styles.muted}>{t('appraisal.more')}</p>}
      {declined !== undefined && (
        <DeclineDialog
          appraisal={declined}
          onClose={() => {
            setDeclined(undefined);
          }}
        />
      )}
    </Section>
  );
}

function WaitingRow({
  appraisal,
  onDecline,
}: {
  readonly appraisal: Appraisal;
  readonly onDecline: (appraisal: Appraisal) => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const { title, files, bytes, hours, refused, problems, paths, source, agent, surveyedAt, id } = appraisal;
  return (
    <li className={styles.waitingRow}>
      <div className={styles.waitingWords}>
        <h3 className={styles.waitingTitle}>
          <SafeText value={title} maxLength={200} />
        </h3>
        <p>
          {t(hours > 0 ? 'survey.foundSound' : 'survey.found', {
            count: files,
            files: formatCount(files),
            bytes: formatBytes(bytes),
            hours: formatHours(hours),
          })}{' '}
          {refused > 0 && t('survey.refused', { count: refused, number: formatCount(refused) })}{' '}
          {problems > 0 && t('survey.problems', { count: problems, number: formatCount(problems) })}
        </p>
        <p className={styles.muted}>
          {t('appraisal.by', { agent: isolated(agent) })} <Time at={surveyedAt} />
          {source !== undefined && <> · {t('appraisal.from', { source: isolated(source) })}</>}
          {paths[0] !== undefined && (
            <>
              {' · '}
              <PathText path={paths[0]} />
            </>
          )}
          {paths.length > 1 && <> {t('appraisal.andMore', { count: paths.length - 1 })}</>}
        </p>
      </div>
      <div className={styles.acts}>
        <Button
          onPress={() => {
            navigate({ to: '/accessions/new', search: { appraisal: id, step: 'survey' } }).catch(
              () => undefined,
            );
          }}
        >
          {t('appraisal.accept')}
        </Button>
        <Button
          variant="quiet"
          onPress={() => {
            onDecline(appraisal);
          }}
        >
          {t('appraisal.decline')}
        </Button>
      </div>
    </li>
  );
}

export function DeclineDialog({
  appraisal,
  onClose,
  onDeclined,
}: {
  readonly appraisal: Pick<Appraisal, 'id' | 'title'>;
  readonly onClose: () => void;
  readonly onDeclined?: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [reason, setReason] = useState('');
  const decline = useAct('appraisals', 'decline', {
    onSuccess: () => {
      toast.tell(t('appraisal.declined', { title: appraisal.title }));
      onClose();
      onDeclined?.();
    },
  });
  return (
    <Dialog
      title={t('appraisal.declineTitle', { title: isolated(appraisal.title) })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={reason.trim() === '' || decline.isPending}
            onPress={() => {
              decline.mutate({ id: appraisal.id, reason });
            }}
          >
            {t('appraisal.decline')}
          </Button>
        </>
      }
    >
      <p>{t('appraisal.declineWhat')}</p>
      <TextField
        label={t('appraisal.reason')}
        description={t('appraisal.reasonWhy')}
        value={reason}
        onChange={setReason}
        isMultiline
        isRequired
        autoFocus
      />
      {decline.error !== null && <ProblemNotice error={decline.error} />}
    </Dialog>
  );
}
