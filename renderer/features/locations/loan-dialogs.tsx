import { useState } from 'react';
import { useAct } from '../../client/index.ts';
import { Button, DateField, Dialog, ProblemNotice, TextField, useTexts, useToast } from '../../ui/index.ts';
import styles from './locations.module.css';
import type { ShelfDialogProps } from './shelf-dialogs.tsx';
import { loanWords } from './shelf.ts';

/** Notes who takes a medium with them. */
export function CheckOutDialog({ location, onClose }: ShelfDialogProps) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const [to, setTo] = useState('');
  const [purpose, setPurpose] = useState('');
  const [back, setBack] = useState('');
  const checkOut = useAct('locations', 'checkOut', {
    onSuccess: ({ name }, { to: who }) => {
      tell(t('checkOut.done', { name, to: who }));
      onClose();
    },
  });
  return (
    <Dialog
      title={t('checkOut.title', { name: location.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={to.trim() === '' || checkOut.isPending}
            onPress={() => {
              checkOut.mutate({
                location: location.id,
                to,
                purpose,
                ...(back === '' ? {} : { expectedBack: back }),
              });
            }}
          >
            {t('checkOut.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('checkOut.to')}
          description={t('checkOut.toWhy')}
          value={to}
          onChange={setTo}
          isRequired
          autoFocus
        />
        <TextField label={t('checkOut.purpose')} value={purpose} onChange={setPurpose} isMultiline />
        <DateField
          label={t('checkOut.back')}
          description={t('checkOut.backWhy')}
          value={back}
          onChange={setBack}
        />
        {checkOut.error !== null && <ProblemNotice error={checkOut.error} />}
      </div>
    </Dialog>
  );
}

/** Notes that it is back, and how. */
export function CheckInDialog({ location, onClose }: ShelfDialogProps) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const [condition, setCondition] = useState('');
  const loan = location.offline?.loan;
  const checkIn = useAct('locations', 'checkIn', {
    onSuccess: ({ name }) => {
      tell(t('checkIn.done', { name }));
      onClose();
    },
  });
  return (
    <Dialog
      title={t('checkIn.title', { name: location.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={checkIn.isPending}
            onPress={() => {
              const found = condition.trim();
              checkIn.mutate({ location: location.id, ...(found === '' ? {} : { condition: found }) });
            }}
          >
            {t('checkIn.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {loan !== undefined && <p>{loanWords(loan, t)}</p>}
        <TextField
          label={t('checkIn.condition')}
          description={t('checkIn.conditionWhy')}
          value={condition}
          onChange={setCondition}
          isMultiline
          autoFocus
        />
        {checkIn.error !== null && <ProblemNotice error={checkIn.error} />}
      </div>
    </Dialog>
  );
}
