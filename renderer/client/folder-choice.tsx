import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../shared/contract/common.ts';
import { FolderPicker } from '../ui/index.ts';
import { useCall, useClient, useDesktop } from './hooks.tsx';

/** The system's own dialog where there is one, else a list of the host's folders; `picker` must be drawn by the caller. */
export function useFolderChoice(
  title: string,
  onChoose: (path: PathValue) => void,
): { readonly ask: () => void; readonly picker: ReactNode } {
  const desktop = useDesktop();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const places = useCall('folders', 'places', undefined, { enabled: isOpen });

  const ask = async (): Promise<void> => {
    const answer = await desktop.chooseFolder(title);
    if (answer === undefined) return;
    if ('unsupported' in answer) setOpen(true);
    else onChoose(answer.path);
  };
  return {
    ask: () => {
      ask().catch(() => {
        setOpen(true); // the dialog failed; the list of folders does not need it
      });
    },
    picker: isOpen && (
      <FolderPicker
        isOpen
        onClose={() => {
          setOpen(false);
        }}
        onChoose={(path) => {
          setOpen(false);
          onChoose(path);
        }}
        list={(path) => client.folders.list(path === undefined ? {} : { path })}
        places={places.data?.rows ?? []}
      />
    ),
  };
}
