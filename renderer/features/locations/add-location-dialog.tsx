import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useAct, useFolderChoice } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  Dialog,
  ProblemNotice,
  RadioGroup,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './locations.module.css';
import { EMPTY_DRAFT, folderName, inputOf, offlineInputOf, type LocationDraft } from './new-location.ts';
import { PlaceFields } from './place-fields.tsx';
import { ShelfFields } from './shelf-fields.tsx';

/** The form is longer than a small window, and what was refused stands at its end. */
function intoView(node: HTMLElement | null): void {
  node?.scrollIntoView({ block: 'nearest' });
}

const WRITES = ['managed', 'recover', 'never', 'offline'] as const;

interface Props {
  readonly known: readonly Location[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function AddLocationDialog({ known, isOpen, onClose }: Props) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const [draft, setDraft] = useState<LocationDraft>({ ...EMPTY_DRAFT, writes: 'managed' });
  const add = useAct('locations', 'add', {
    onSuccess: (made) => {
      tell(t('add.done', { name: made.name }));
      close();
    },
  });
  const addOffline = useAct('locations', 'addOffline', {
    onSuccess: (made) => {
      tell(t('add.doneOffline', { name: made.name }));
      close();
    },
  });
  const change = (part: Partial<LocationDraft>): void => {
    add.reset();
    addOffline.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const choice = useFolderChoice(t('add.choose'), (path) => {
    change({ path });
  });
  function close(): void {
    add.reset();
    addOffline.reset();
    setDraft({ ...EMPTY_DRAFT, writes: 'managed' });
    onClose();
  }
  const isOffline = draft.writes === 'offline';
  const input = inputOf(draft);
  const offlineInput = offlineInputOf(draft);
  const error = add.error ?? addOffline.error;
  return (
    <>
      <Dialog
        title={t('add.title')}
        size="large"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t('act.cancel')}</Button>
            <Button
              variant="primary"
              isDisabled={(input ?? offlineInput) === undefined || add.isPending || addOffline.isPending}
              onPress={() => {
                if (input !== undefined) add.mutate(input);
                if (offlineInput !== undefined) addOffline.mutate(offlineInput);
              }}
            >
              {t('add.confirm')}
            </Button>
          </>
        }
      >
        <div className={styles.form}>
          <RadioGroup
            label={t('add.writes')}
            value={draft.writes}
            onChange={(value) => {
              change({ writes: WRITES.find((each) => each === value) ?? 'recover' });
            }}
            options={WRITES.map((value) => ({
              value,
              label: t(`add.${value}`),
              description: t(`add.${value}Means`),
            }))}
          />
          {!isOffline && (
            <div className={styles.folder}>
              <TextField
                label={t('add.folder')}
                description={t(draft.writes === 'managed' ? 'add.folderManaged' : 'add.folderInPlace')}
                value={draft.path.display}
                onChange={(display) => {
                  change({ path: { display } });
                }}
                isMonospace
                isRequired
              />
              <Button icon={FolderOpen} onPress={choice.ask}>
                {t('act.chooseFolder')}
              </Button>
            </div>
          )}
          <TextField
            label={t('add.name')}
            description={t(isOffline ? 'add.nameOffline' : 'add.nameWhy')}
            isRequired={isOffline}
            placeholder={isOffline ? '' : folderName(draft.path)}
            value={draft.name}
            onChange={(name) => {
              change({ name });
            }}
          />
          {isOffline && (
            <ShelfFields
              draft={draft.shelf}
              onChange={(part) => {
                change({ shelf: { ...draft.shelf, ...part } });
              }}
            />
          )}
          <PlaceFields draft={draft} known={known} onChange={change} />
          {draft.writes === 'managed' && (
            <Checkbox
              isSelected={draft.copied}
              onChange={(copied) => {
                change({ copied });
              }}
            >
              {t('add.copied')}
            </Checkbox>
          )}
          {error !== null && (
            <div ref={intoView}>
              <ProblemNotice error={error} />
            </div>
          )}
        </div>
      </Dialog>
      {choice.picker}
    </>
  );
}
