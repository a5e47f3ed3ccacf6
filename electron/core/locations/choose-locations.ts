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
  if (found.length > 0) return found;
  const shelved = (await reader.locations()).find(
    (row) => row.offline !== undefined && (row.name === location || row.id === location),
  );
  throw shelved === undefined ? unknownLocation(location) : offlineAsPlanned(shelved.name);
}

/** Nothing there can be read, and that is no fault of it. */
function offlineAsPlanned(name: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `"${name}" is offline as planned: nothing there can be read. Nothing was done. Once it is connected: holdfast location unshelve "${name}"`,
  );
}

export function unknownLocation(location: string): HoldfastError {
  return new HoldfastError(
    'NOT_FOUND',
    `There is no location "${location}". See the known ones with: holdfast location list`,
  );
}
