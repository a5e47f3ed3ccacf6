import { FolderOpen } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useAct, useFolderChoice } from '../../client/index.ts';
import { Button, Card, PathText, pastedPaths, ProblemNotice, TextField, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { lastName } from './paths.ts';

/** Makes a managed location without leaving the path. What else is known of it can be said on its own page. */
export function NewPlace({
  onMade,
  onClose,
}: {
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTexts('accessions');
  const [chosen, setChosen] = useState<PathValue>();
  const [typed, setTyped] = useState('');
  const [name, setName] = useState('');
  const [group, setGroup] = useState('');
  const take = (path: PathValue): void => {
    setChosen(path);
    setTyped('');
    if (name === '') setName(lastName(path));
  };
  const { ask: choose, picker } = useFolderChoice(t('newPlace.choose'), take);
  const add = useAct('locations', 'add', {
    onSuccess: (location) => {
      onMade(location.id);
    },
  });
  const path = typed.trim() === '' ? chosen : pastedPaths(typed)[0];
  return (
    <Card title={t('newPlace.title')}>
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (path === undefined || name.trim() === '') return;
          const failureGroup = group.trim();
          add.mutate({
            path,
            name,
            writes: 'managed',
            ...(failureGroup === '' ? {} : { failureGroup }),
          });
        }}
      >
        <p>{t('newPlace.what')}</p>
        <div className={styles.chosen}>
          <Button icon={FolderOpen} onPress={choose}>
            {t('newPlace.choose')}
          </Button>
          {chosen !== undefined && typed.trim() === '' && <PathText path={chosen} />}
        </div>
        {picker}
        <TextField
          label={t('newPlace.path')}
          description={t('newPlace.pathWhy')}
          value={typed}
          onChange={setTyped}
          isMonospace
        />
        <TextField
          label={t('newPlace.name')}
          description={t('newPlace.nameWhy')}
          value={name}
          onChange={setName}
          isRequired
        />
        <TextField
          label={t('newPlace.group')}
          description={t('newPlace.groupWhy')}
          value={group}
          onChange={setGroup}
        />
        {add.error !== null && <ProblemNotice error={add.error} />}
        <div className={styles.acts}>
          <Button
            variant="primary"
            type="submit"
            isDisabled={path === undefined || name.trim() === '' || add.isPending}
          >
            {t('newPlace.act')}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
