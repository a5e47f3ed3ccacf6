import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { AsideDetail } from '../../../shared/contract/quarantine.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  Dialog,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './quarantine.module.css';

interface Props {
  readonly aside: AsideDetail;
  /** Of its location: a file in quarantine stays on its own volume. */
  readonly root: PathValue;
  readonly isManaged: boolean;
  readonly onClose: () => void;
}

type Where = 'back' | 'elsewhere';

/** Where to and why; nothing is overwritten, whatever is said. */
export function RestoreDialog({ aside, root, isManaged, onClose }: Props): ReactNode {
  const { t } = useTexts('fixity');
  const toast = useToast();
  const isTaken = aside.placeTaken === true;
  const [where, setWhere] = useState<Where>(isTaken ? 'elsewhere' : 'back');
  const [to, setTo] = useState(`${root.display}/`);
  const [reason, setReason] = useState('');
  const restore = useAct('quarantine', 'restore', {
    onSuccess: (given) => {
      toast.tell(
        t('quarantine.restore.done', {
          path: plainVisible(given.released?.to ?? given.stoodAt.display, 300),
        }),
      );
      onClose();
    },
  });
  const isSaid = reason.trim() !== '' && (where === 'back' || to.trim() !== '');
  return (
    <Dialog
      title={t('quarantine.restore.title')}
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
            isDisabled={!isSaid || restore.isPending}
            onPress={() => {
              restore.mutate({
                id: aside.id,
                reason: reason.trim(),
                ...(where === 'back' ? {} : { to: { display: to.trim() } }),
              });
            }}
          >
            {t('quarantine.restore.act')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('quarantine.restore.what')}</p>
        <RadioGroup<Where>
          label={t('quarantine.restore.where')}
          value={where}
          onChange={setWhere}
          options={[
            {
              value: 'back',
              label: t('quarantine.restore.back'),
              description: isTaken
                ? t('quarantine.restore.taken')
                : plainVisible(aside.stoodAt.display, 1_000),
              isDisabled: isTaken,
            },
            {
              value: 'elsewhere',
              label: t('quarantine.restore.elsewhere', { location: plainVisible(aside.location.name, 80) }),
              description: t(isManaged ? 'quarantine.restore.sealed' : 'quarantine.restore.elsewhereHow'),
              isDisabled: isManaged,
            },
          ]}
        />
        {where === 'elsewhere' && (
          <TextField
            label={t('quarantine.restore.to')}
            description={t('quarantine.restore.toHow')}
            value={to}
            onChange={setTo}
            isRequired
            isMonospace
          />
        )}
        <TextField
          label={t('quarantine.restore.reason')}
          description={t('quarantine.restore.reasonWhy')}
          value={reason}
          onChange={setReason}
          isMultiline
          isRequired
        />
        {restore.error !== null && <ProblemNotice error={restore.error} />}
      </div>
    </Dialog>
  );
}
