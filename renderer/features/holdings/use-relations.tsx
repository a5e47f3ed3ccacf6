import { useCallback } from 'react';
import type { Relation } from '../../../shared/contract/items.ts';
import { callErrorOf, useAct } from '../../client/index.ts';
import { useTexts, useToast } from '../../ui/index.ts';
import { quietly } from './quietly.ts';
import { useRefreshed } from './use-edited.tsx';

export interface Relations {
  readonly relate: (relation: Relation) => void;
  readonly unrelate: (relation: Relation) => void;
}

/** Records a relation or takes it back; each says so, and offers the other. */
export function useRelations(): Relations {
  const { t } = useTexts('holdings');
  const { tell } = useToast();
  const refresh = useRefreshed();
  const { mutateAsync: relateIt } = useAct('items', 'relate');
  const { mutateAsync: unrelateIt } = useAct('items', 'unrelate');
  const run = useCallback(
    (relation: Relation, isAdded: boolean) => {
      const [act, back] = isAdded ? [relateIt, unrelateIt] : [unrelateIt, relateIt];
      quietly(
        act(relation)
          .then(({ changed }) => {
            refresh();
            if (!changed) {
              tell(t('relations.known'));
              return;
            }
            tell(t(isAdded ? 'relations.added' : 'relations.removed'), {
              action: {
                label: t('undo'),
                onPress: () =>
                  quietly(
                    back(relation)
                      .then(refresh)
                      .catch((error: unknown) => tell(callErrorOf(error).message)),
                  ),
              },
            });
          })
          .catch((error: unknown) => tell(callErrorOf(error).message)),
      );
    },
    [relateIt, unrelateIt, refresh, t, tell],
  );
  return {
    relate: useCallback((relation) => run(relation, true), [run]),
    unrelate: useCallback((relation) => run(relation, false), [run]),
  };
}
