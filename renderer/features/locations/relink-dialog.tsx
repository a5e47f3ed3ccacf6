import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { Location } from '../../../shared/contract/locations.ts';
import { useAct, useFolderChoice } from '../../client/index.ts';
import { Button, Dialog, Facts, PathText, ProblemNotice, useTexts, useToast } from '../../ui/index.ts';

interface Props {
  readonly location: Location;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Says where a location stands now. */
export function RelinkDialog({ location, isOpen, onClose }: Props) {
  const { t } = useTexts('locations');
  const { tell } = useToast();
  const [path, setPath] = useState<PathValue>();
  const relink = useAct('locations', 'relink', {
    onSuccess: (moved) => {
      tell(t('relink.done', { name: moved.name, path: moved.root.display }));
      close();
    },
  });
  const choice = useFolderChoice(t('relink.choose', { name: location.name }), (chosen) => {
    relink.reset();
    setPath(chosen);
  });
  function close(): void {
    setPath(undefined);
    relink.reset();
    onClose();
  }
  return (
    <>
      <Dialog
        title={t('relink.title', { name: location.name })}
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t('act.cancel')}</Button>
            <Button
              variant="primary"
              isDisabled={path === undefined || relink.isPending}
              onPress={() => {
                if (path !== undefined) relink.mutate({ location: location.id, path });
              }}
            >
              {t('relink.confirm')}
            </Button>
          </>
        }
      >
        <p>{t(location.writes === 'managed' ? 'relink.howManaged' : 'relink.how')}</p>
        <Facts
          rows={[
            { term: t('relink.before'), value: <PathText path={location.root} /> },
            {
              term: t('relink.now'),
              value: path === undefined ? t('relink.notChosen') : <PathText path={path} />,
            },
          ]}
        />
        <div>
          <Button icon={FolderOpen} onPress={choice.ask}>
            {t('act.chooseFolder')}
          </Button>
        </div>
        {relink.error !== null && <ProblemNotice error={relink.error} />}
      </Dialog>
      {choice.picker}
    </>
  );
}
