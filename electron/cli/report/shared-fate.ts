import type { SharedFate } from '../../../shared/domain/shared-fate.ts';
import { clean, listWords } from '../format/text.ts';

/** What one failure would take together with a location. */
export function fateSentences({ name, sameDevice, sameGroup, declaredApart }: SharedFate): string[] {
  return [
    ...(sameDevice.length === 0
      ? []
      : [
          `${clean(name)} is on the same device as ${names(sameDevice)}: one failure takes ${both(sameDevice)}.` +
            (declaredApart
              ? ' Their failure groups differ, so that copies on them count as independent, and they are not.'
              : ''),
        ]),
    ...(sameGroup.length === 0
      ? []
      : [
          `${clean(name)} is in one failure group with ${names(sameGroup)}: one failure takes ${both(sameGroup)}.`,
        ]),
  ];
}

/** The same of a list, each company told once. */
export function allFateSentences(fates: readonly SharedFate[]): string[] {
  const told = new Set<string>();
  return fates.flatMap((fate) => {
    const isNew = (kind: string, others: readonly { readonly id: string }[]): boolean => {
      const key = `${kind} ${[fate.location, ...others.map(({ id }) => id)].sort().join(' ')}`;
      return told.size < told.add(key).size;
    };
    return fateSentences({
      ...fate,
      sameDevice: isNew('device', fate.sameDevice) ? fate.sameDevice : [],
      sameGroup: isNew('group', fate.sameGroup) ? fate.sameGroup : [],
    });
  });
}

function names(others: readonly { readonly name: string }[]): string {
  return listWords(others.map(({ name }) => clean(name)));
}

function both(others: readonly unknown[]): string {
  return others.length === 1 ? 'both' : 'them all';
}
