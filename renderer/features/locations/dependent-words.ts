import type { Location } from '../../../shared/contract/locations.ts';
import type { SharedFate } from '../../../shared/domain/shared-fate.ts';
import { plainVisible, type Texts } from '../../ui/index.ts';
import { dependentOn } from './independence.ts';

/** What a location could be lost together with, by what was said of failure groups and by what is found of devices. */
export function dependentWords(
  location: Location,
  all: readonly Location[],
  fates: readonly SharedFate[],
  t: Texts,
): string {
  if (all.length < 2) return t('dependent.only');
  const said = new Set(dependentOn(location, all).map(({ id }) => id));
  const found = new Set(
    fates.find((fate) => fate.location === location.id)?.sameDevice.map(({ id }) => id) ?? [],
  );
  const others = all.filter(({ id }) => said.has(id) || found.has(id));
  if (others.length === 0) return t('dependent.none');
  const names = others.map(({ name }) => plainVisible(name, 80)).join(', ');
  return t(location.failureGroup === undefined ? 'dependent.unknown' : 'dependent.with', { names });
}
