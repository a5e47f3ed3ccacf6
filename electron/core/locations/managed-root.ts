import { randomUUID } from 'node:crypto';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath } from '../../../shared/domain/path.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';
import type { ManagedStore } from '../ports/managed-store.ts';
import { chooseLocations } from './choose-locations.ts';
import { reachLocation } from './reachability.ts';

/**
 * Marks a root as a managed location, or takes the marker that it has. Returns its id.
 * @param copied the marker came along with a copy of another place: it is replaced
 * @throws HoldfastError BAD_INPUT where the marker is that of a location which is registered at another root
 */
export async function prepareManagedRoot(
  reader: CatalogueReader,
  store: ManagedStore,
  root: RootIdentity,
  copied: boolean,
): Promise<string> {
  // Read once more: a damaged one must not be written over.
  const found = await store.readMarker(root.path);
  if (found !== undefined && !copied) {
    const known = (await reader.locationIdentities()).find(({ marker }) => marker === found.id);
    if (known === undefined) return found.id;
    throw new HoldfastError(
      'BAD_INPUT',
      `${displayPath(root.path)} bears the marker of the location "${known.name}" (${displayPath(known.root)}): was that moved here, or is this a copy? ` +
        `Nothing was changed. If it was moved: holdfast location relink "${known.name}" ${displayPath(root.path)}. If it is a copy: run this again with --copied.`,
    );
  }
  const id = randomUUID();
  const { fileSystem } = root;
  const madeAt = new Date().toISOString();
  await store.writeMarker(root.path, { id, madeAt, ...(fileSystem === undefined ? {} : { fileSystem }) });
  return id;
}

/**
 * A managed location by its name or id, found in its place.
 * @throws HoldfastError NOT_FOUND, BAD_INPUT for one in place, LOCATION_UNREACHABLE
 */
export async function requireManaged(
  reader: CatalogueReader,
  files: Files,
  named: string,
): Promise<LocationIdentity> {
  const [location] = await chooseLocations(reader, named);
  if (location === undefined) throw new HoldfastError('NOT_FOUND', `There is no location "${named}".`);
  if (location.writes !== 'managed') {
    throw new HoldfastError(
      'BAD_INPUT',
      `"${location.name}" holds files in place, where Holdfast writes nothing. Name a managed location, or make one: ` +
        'holdfast location add PATH --name NAME --writes managed',
    );
  }
  const reached = await reachLocation(files, location);
  if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
  return location;
}
