import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  formatCount,
  ProblemNotice,
  RadioGroup,
  Select,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { editChangeOf, editDraftOf, hasWritesToChoose, READERS, type EditDraft } from './edit-location.ts';
import styles from './locations.module.css';
import { PlaceFields } from './place-fields.tsx';

interface Props {
  readonly location: Location;
  readonly onClose: () => void;
}

/** Changes what is known of a location; the log keeps what was. */
export function EditLocationDialog({ location, onClose }: Props) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const known = useCall('locations', 'list').data?.rows ?? [];
  const [draft, setDraft] = useState(editDraftOf(location));
  const set = useAct('locations', 'set', {
    onSuccess: ({ location: { name }, nowReplicated, noLongerReplicated }) => {
      const items = (key: string, count: number): string[] =>
        count === 0 ? [] : [t(key, { count, shown: formatCount(count) })];
      tell(
        [
          t('edit.done', { name }),
          ...items('edit.nowReplicated', nowReplicated),
          ...items('edit.noLongerReplicated', noLongerReplicated),
        ].join(' '),
      );
      onClose();
    },
  });
  const input = editChangeOf(draft, location);
  const change = (part: Partial<EditDraft>): void => {
    set.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  return (
    <Dialog
      title={t('edit.title', { name: location.name })}
      size="large"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={set.isPending || input === undefined || Object.keys(input).length === 0}
            onPress={() => {
              if (input !== undefined) set.mutate({ location: location.id, ...input });
            }}
          >
            {t('edit.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('edit.means')}</p>
        <TextField
          label={t('add.name')}
          description={t('edit.nameWhy')}
          isRequired
          value={draft.name}
          onChange={(name) => {
            change({ name });
          }}
        />
        <PlaceFields draft={draft} known={known} onChange={change} />
        {hasWritesToChoose(location) && (
          <RadioGroup
            label={t('fact.writes')}
            value={draft.writes}
            onChange={(writes) => {
              change({ writes });
            }}
            options={(['recover', 'never'] as const).map((value) => ({
              value,
              label: t(`add.${value}`),
              description: t(`edit.${value}Means`),
            }))}
          />
        )}
        {location.root.display !== '' && (
          <Select
            label={t('edit.readers')}
            description={t('edit.readersWhy')}
            value={draft.readers}
            onChange={(readers) => {
              change({ readers });
            }}
            options={[
              { id: 'auto', label: t('edit.readersAuto') },
              ...READERS.map((id) => ({ id, label: formatCount(Number(id)) })),
            ]}
          />
        )}
        {set.error !== null && <ProblemNotice error={set.error} />}
      </div>
    </Dialog>
  );
}
