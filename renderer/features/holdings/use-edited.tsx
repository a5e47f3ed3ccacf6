import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { callErrorOf, useAct } from '../../client/index.ts';
import { useTexts, useToast } from '../../ui/index.ts';
import { quietly } from './quietly.ts';

/** Asks again for everything that shows what was just written: titles stand in lists, trees and items. */
export function useRefreshed(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    for (const service of ['holdings', 'description', 'items', 'collections'])
      queries.invalidateQueries({ queryKey: [service] }).catch(() => undefined);
  }, [queries]);
}

/** Says what was written, and offers to take it back. */
export function useEdited(): (text: string, edit: string | null) => void {
  const { t } = useTexts('holdings');
  const { tell } = useToast();
  const refresh = useRefreshed();
  // Awaited, and not told by callbacks: what wrote the value is often gone from the screen by the time it is taken back.
  const { mutateAsync: undo } = useAct('description', 'undo');
  return useCallback(
    (text, edit) => {
      refresh();
      if (edit === null) {
        tell(t('edit.nothing'));
        return;
      }
      tell(text, {
        action: {
          label: t('undo'),
          onPress: () =>
            quietly(
              undo({ edit })
                .then(({ total }) => {
                  refresh();
                  tell(t('edit.undone', { count: total }));
                })
                .catch((error: unknown) => tell(callErrorOf(error).message)),
            ),
        },
      });
    },
    [undo, refresh, t, tell],
  );
}
