import { useState, type ReactNode } from 'react';
import type { AsideDetail } from '../../../shared/contract/quarantine.ts';
import { namesSomebody, sameAgent } from '../../../shared/domain/letting-go.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  ConfirmDialog,
  Dialog,
  formatBytes,
  PathText,
  plainVisible,
  ProblemNotice,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './quarantine.module.css';

interface Props {
  readonly aside: AsideDetail;
  readonly onClose: () => void;
}

/** Why and who stands for it first, then what follows from it. */
export function DiscardDialog({ aside, onClose }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [second, setSecond] = useState('');
  const [isAsking, setAsking] = useState(false);
  const me = useCall('archive', 'me').data?.name ?? '';
  const isAlone = namesSomebody(second) && sameAgent(me, second);
  const isSaid = reason.trim() !== '' && namesSomebody(second) && !isAlone;
  const discard = useAct('quarantine', 'discard', {
    onSuccess: ({ id }) => {
      toast.tell(t('quarantine.discard.done', { id }));
      onClose();
    },
  });
  return (
    <>
      <Dialog
        title={t('quarantine.discard.title', { id: aside.id })}
        isOpen={!isAsking}
        onClose={onClose}
        actions={
          <>
            <Button variant="quiet" onPress={onClose}>
              {t('decide.cancel')}
            </Button>
            <Button
              variant="danger"
              isDisabled={me === '' || !isSaid || discard.isPending}
              onPress={() => {
                setAsking(true);
              }}
            >
              {t('quarantine.discard.next')}
            </Button>
          </>
        }
      >
        <div className={styles.form}>
          <p>{t('quarantine.discard.what')}</p>
          <p className={styles.path}>
            <PathText path={aside.path} />
          </p>
          <TextField
            label={t('quarantine.discard.reason')}
            description={t('quarantine.discard.reasonWhy')}
            value={reason}
            onChange={setReason}
            isMultiline
            isRequired
            autoFocus
          />
          <TextField
            label={t('quarantine.discard.second')}
            description={t('quarantine.discard.secondWhy', { name: plainVisible(me, 120) })}
            errorMessage={isAlone ? t('quarantine.discard.same') : undefined}
            value={second}
            onChange={setSecond}
            isRequired
          />
          {discard.error !== null && <ProblemNotice error={discard.error} />}
        </div>
      </Dialog>
      <ConfirmDialog
        title={t('quarantine.discard.confirm', { id: aside.id })}
        isOpen={isAsking}
        onClose={() => {
          setAsking(false);
        }}
        tone="danger"
        consequences={[
          t('quarantine.discard.goes', { size: formatBytes(aside.size) }),
          t('quarantine.discard.evidence'),
          t('quarantine.discard.others'),
          t('quarantine.discard.record', {
            names: new Intl.ListFormat(undefined).format(
              [me, second.trim()].map((name) => plainVisible(name, 120)),
            ),
          }),
          t('quarantine.discard.forever'),
        ]}
        confirmLabel={t('quarantine.discard.act')}
        onConfirm={() => {
          discard.mutate({ id: aside.id, reason: reason.trim(), secondAgent: second.trim() });
        }}
      />
    </>
  );
}
