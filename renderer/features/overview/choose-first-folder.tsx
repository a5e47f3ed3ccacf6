import { useNavigate } from '@tanstack/react-router';
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useCall, useClient, useDesktop } from '../../client/index.ts';
import { Button, FolderPicker, useTexts } from '../../ui/index.ts';

/** Asks for the folder and goes on with it: with the system's dialog where there is one, else with a picker of our own. */
export function ChooseFirstFolder() {
  const { t } = useTexts('overview');
  const client = useClient();
  const desktop = useDesktop();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const places = useCall('folders', 'places');
  const sample = places.data?.rows.find(({ kind }) => kind === 'sample');
  const goOn = ({ display, bytes }: PathValue) => {
    const search = { path: display, ...(bytes === undefined ? {} : { pathBytes: bytes }) };
    navigate({ to: '/accessions/new', search }).catch(() => undefined);
  };
  const choose = () => {
    desktop
      .chooseFolder(t('first.choose'))
      .then((answer) => {
        if (answer === undefined) return;
        if ('unsupported' in answer) setOpen(true);
        else goOn(answer.path);
      })
      .catch(() => {
        setOpen(true);
      });
  };
  return (
    <>
      <Button variant="primary" icon={FolderOpen} onPress={choose}>
        {t('first.choose')}
      </Button>
      {sample !== undefined && (
        <Button
          variant="quiet"
          onPress={() => {
            goOn(sample.path);
          }}
        >
          {t('first.sample')}
        </Button>
      )}
      {isOpen && (
        <FolderPicker
          isOpen
          onClose={() => {
            setOpen(false);
          }}
          onChoose={goOn}
          list={(path) => client.folders.list(path === undefined ? {} : { path })}
          places={places.data?.rows}
        />
      )}
    </>
  );
}
