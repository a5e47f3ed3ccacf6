import type { ReactNode } from 'react';
import { useAct } from '../../client/index.ts';
import { Button, Dialog, ProblemNotice, Spinner, useTexts } from '../../ui/index.ts';
import styles from './quarantine.module.css';
import { SweptTold } from './swept-told.tsx';

/** Settles what interrupted recoveries left, and says what became of it. */
export function SweepDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts('fixity');
  const sweep = useAct('quarantine', 'sweep');
  return (
    <Dialog
      title={t('quarantine.sweep.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t(sweep.data === undefined ? 'decide.cancel' : 'quarantine.sweep.close')}
          </Button>
          {sweep.data === undefined && (
            <Button
              variant="primary"
              isDisabled={sweep.isPending}
              onPress={() => {
                sweep.mutate(undefined);
              }}
            >
              {t('quarantine.sweep.act')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form} aria-live="polite">
        {sweep.data === undefined && (
          <>
            <p>{t('quarantine.sweep.what')}</p>
            <ul className={styles.list}>
              <li>{t('quarantine.sweep.staged')}</li>
              <li>{t('quarantine.sweep.unrecorded')}</li>
              <li>{t('quarantine.sweep.stories')}</li>
              <li>{t('quarantine.sweep.keeps')}</li>
            </ul>
          </>
        )}
        {sweep.isPending && <Spinner label={t('quarantine.sweep.running')} />}
        {sweep.error !== null && <ProblemNotice error={sweep.error} />}
        {sweep.data !== undefined && <SweptTold swept={sweep.data} />}
      </div>
    </Dialog>
  );
}
