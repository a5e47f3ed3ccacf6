/** Which places could be lost together. */
import type { Location } from '../../../shared/contract/locations.ts';
import type { SharedFate } from '../../../shared/domain/shared-fate.ts';

export interface FailureGroup {
  readonly name: string;
  readonly locations: readonly Location[];
}

export interface Independence {
  /** By name. */
  readonly groups: readonly FailureGroup[];
  /** Nobody said what they share, so each counts as dependent on every other. */
  readonly unknown: readonly Location[];
}

/** Two locations are independent only if their failure groups are known and differ. */
export function independenceOf(locations: readonly Location[]): Independence {
  const groups = new Map<string, Location[]>();
  const unknown: Location[] = [];
  for (const location of locations) {
    const name = location.failureGroup?.trim() ?? '';
    if (name === '') unknown.push(location);
    else groups.set(name, [...(groups.get(name) ?? []), location]);
  }
  return {
    groups: [...groups]
      .map(([name, members]) => ({ name, locations: members }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    unknown,
  };
}

/** The other locations that would be lost together with this one; all of them where its group is not known. */
export function dependentOn(location: Location, all: readonly Location[]): readonly Location[] {
  const others = all.filter(({ id }) => id !== location.id);
  const group = location.failureGroup?.trim() ?? '';
  if (group === '') return others;
  return others.filter((other) => {
    const theirs = other.failureGroup?.trim() ?? '';
    return theirs === '' || theirs === group;
  });
}

/** Places that stand on one device, each company once; those of a company that know each other only by a third are companies of their own. */
export function devicesOf(
  fates: readonly SharedFate[],
  locations: readonly Location[],
): readonly (readonly Location[])[] {
  const companies = new Map<string, readonly Location[]>();
  for (const { location, sameDevice } of fates) {
    const ids = new Set([location, ...sameDevice.map(({ id }) => id)]);
    if (ids.size < 2) continue;
    const company = locations.filter(({ id }) => ids.has(id));
    companies.set(company.map(({ id }) => id).join(' '), company);
  }
  return [...companies.values()];
}
