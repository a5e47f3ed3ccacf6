import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useAct } from '../../client/index.ts';
import { Button, Dialog, ProblemNotice, useTexts, useToast } from '../../ui/index.ts';
import styles from './locations.module.css';
import { ShelfFields } from './shelf-fields.tsx';
import { isOffline, shelfChangeOf, shelfDraftOf } from './shelf.ts';

export interface ShelfDialogProps {
  readonly location: Location;
  readonly onClose: () => void;
}

/** Puts a location on the shelf; of one that is there, what it is found by. */
export function ShelveDialog({ location, onClose }: ShelfDialogProps) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const isThere = isOffline(location);
  const kind = isThere ? 'again' : 'first';
  const [draft, setDraft] = useState(shelfDraftOf(location.offline));
  const change = shelfChangeOf(draft, location.offline);
  const shelve = useAct('locations', 'shelve', {
    onSuccess: ({ name }) => {
      tell(t(`shelving.${kind}.done`, { name }));
      onClose();
    },
  });
  return (
    <Dialog
      title={t(`shelving.${kind}.title`, { name: location.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={shelve.isPending || (isThere && Object.keys(change).length === 0)}
            onPress={() => {
              shelve.mutate({ location: location.id, ...change });
            }}
          >
            {t(`shelving.${kind}.confirm`)}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {!isThere && <p>{t('shelving.means')}</p>}
        <ShelfFields
          draft={draft}
          onChange={(part) => {
            shelve.reset();
            setDraft((before) => ({ ...before, ...part }));
          }}
        />
        {shelve.error !== null && <ProblemNotice error={shelve.error} />}
      </div>
    </Dialog>
  );
}

/** Says that it is connected again. */
export function UnshelveDialog({ location, onClose }: ShelfDialogProps) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const unshelve = useAct('locations', 'unshelve', {
    onSuccess: ({ name }) => {
      tell(t('unshelve.done', { name }));
      onClose();
    },
  });
  return (
    <Dialog
      title={t('unshelve.title', { name: location.name })}
      size="small"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={unshelve.isPending}
            onPress={() => {
              unshelve.mutate({ location: location.id });
            }}
          >
            {t('unshelve.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('unshelve.looked', { root: location.root.display })}</p>
        <p>{t('unshelve.planned')}</p>
        {unshelve.error !== null && <ProblemNotice error={unshelve.error} />}
      </div>
    </Dialog>
  );
}
