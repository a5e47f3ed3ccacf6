import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';

/** All locations, or the one that a person named by its name or its id. */
export async function chooseLocations(
  reader: CatalogueReader,
  location: string | undefined,
): Promise<LocationIdentity[]> {
  const all = await reader.locationIdentities();
  if (location === undefined) return all;
  const id = parsePublicId(location);
  const found = all.filter(
    (identity) => identity.name === location || (id?.kind === 'location' && id.id === identity.id),
  );
  if (found.length === 0) throw unknownLocation(location);
  return found;
}

export function unknownLocation(location: string): HoldfastError {
  return new HoldfastError(
    'NOT_FOUND',
    `There is no location "${location}". See the known ones with: holdfast location list`,
  );
}
