import { useCallback } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import type { RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import { useAct } from '../../client/index.ts';
import { plainVisible, useTexts, useToast } from '../../ui/index.ts';
import { useRefreshed } from './use-edited.tsx';
import { quietly } from './quietly.ts';

const TITLE = 80;

/** What an act says when it is done, and the act that takes it back. */
interface Done {
  readonly text: string;
  readonly undo?: () => Promise<unknown>;
}

export interface Structure {
  readonly setRole: (part: Holding, role: RepresentationRole) => void;
  readonly split: (parts: readonly Holding[], title: string) => void;
  readonly move: (parts: readonly Holding[], to: { readonly id: string; readonly title: string }) => void;
  readonly merge: (items: readonly { readonly id: string; readonly title: string }[]) => void;
  readonly order: (item: string, parts: readonly string[]) => void;
}

/** Acts on the structure of items: each says what it did, and where it can be taken back, offers that. */
export function useStructure(): Structure {
  const { t } = useTexts('holdings');
  const { tell } = useToast();
  const refresh = useRefreshed();
  const role = useAct('items', 'role').mutateAsync;
  const split = useAct('items', 'split').mutateAsync;
  const move = useAct('items', 'move').mutateAsync;
  const merge = useAct('items', 'merge').mutateAsync;
  const order = useAct('items', 'order').mutateAsync;

  const run = useCallback(
    async (act: () => Promise<Done | undefined>): Promise<void> => {
      try {
        const done = await act();
        refresh();
        if (done === undefined) return;
        const { text, undo } = done;
        if (undo === undefined) tell(text);
        else
          tell(text, {
            action: {
              label: t('undo'),
              onPress: () => quietly(run(async () => (await undo(), { text: t('structure.undone') }))),
            },
          });
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
      }
    },
    [refresh, t, tell],
  );

  return {
    setRole: (part, wanted) =>
      quietly(
        run(async () => {
          await role({ id: part.id, role: wanted });
          return {
            text: t('structure.hasRole', {
              title: plainVisible(part.title, TITLE),
              role: t(`role.${wanted}`),
            }),
            undo: () => role({ id: part.id, role: part.role as RepresentationRole }),
          };
        }),
      ),
    split: (parts, title) =>
      quietly(
        run(async () => {
          const [first] = parts;
          if (first === undefined) return undefined;
          const { item, from } = await split({
            item: first.item,
            parts: parts.map(({ id }) => id),
            ...(title.trim() !== '' && { title: title.trim() }),
          });
          return {
            text: t('structure.split', {
              title: plainVisible(item.title, TITLE),
              from: plainVisible(from.title, TITLE),
            }),
            undo: () => merge({ into: from.id, items: [item.id] }),
          };
        }),
      ),
    move: (parts, to) =>
      quietly(
        run(async () => {
          await move({ parts: parts.map(({ id }) => id), to: to.id });
          return {
            text: t('structure.moved', { count: parts.length, title: plainVisible(to.title, TITLE) }),
          };
        }),
      ),
    merge: (items) =>
      quietly(
        run(async () => {
          const [into, ...others] = items;
          if (into === undefined || others.length === 0) return undefined;
          await merge({ into: into.id, items: others.map(({ id }) => id) });
          return {
            text: t('structure.merged', { count: items.length, title: plainVisible(into.title, TITLE) }),
          };
        }),
      ),
    order: (item, parts) =>
      quietly(
        run(async () => {
          await order({ item, parts: [...parts] });
          return undefined;
        }),
      ),
  };
}
