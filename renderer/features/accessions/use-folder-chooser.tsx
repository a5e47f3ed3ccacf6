import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useCall, useClient, useDesktop } from '../../client/index.ts';
import { FolderPicker } from '../../ui/index.ts';

/** Asks for a folder: with the system's own dialog where there is one, else by looking through the host's folders. */
export function useFolderChooser(
  title: string,
  onChosen: (path: PathValue) => void,
): { readonly choose: () => void; readonly picker: ReactNode } {
  const desktop = useDesktop();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const places = useCall('folders', 'places', undefined, { enabled: isOpen });
  const choose = (): void => {
    desktop
      .chooseFolder(title)
      .then((answer) => {
        if (answer === undefined) return;
        if ('unsupported' in answer) setOpen(true);
        else onChosen(answer.path);
      })
      .catch(() => {
        setOpen(true);
      });
  };
  const picker = isOpen && (
    <FolderPicker
      isOpen
      onClose={() => {
        setOpen(false);
      }}
      onChoose={(path) => {
        setOpen(false);
        onChosen(path);
      }}
      list={(path) => client.folders.list(path === undefined ? {} : { path })}
      places={places.data?.rows ?? []}
    />
  );
  return { choose, picker };
}
