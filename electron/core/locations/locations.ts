import type { Location, NewLocation, Reachability } from '../../../shared/contract/locations.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  parentOf,
  pathFromJson,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';
import type { Folders } from '../ports/folders.ts';
import { overlapsLocation } from './overlap.ts';
import { reachLocation, sentinelsHold } from './reachability.ts';
import { chooseLocations, unknownLocation } from './choose-locations.ts';
import { prepareManagedRoot } from './managed-root.ts';
import type { ManagedStore } from '../ports/managed-store.ts';

/** Registers a folder as a place that holds replicas; nothing is written there but the marker of a managed one. */
export async function addLocation(
  { reader, writer }: Catalogue,
  files: Files,
  store: ManagedStore,
  wanted: NewLocation,
  agent: ActingAgent,
): Promise<Location> {
  const isManaged = wanted.writes === 'managed';
  const path = pathFromJson(wanted.path);
  await refuseTaken(
    reader,
    files,
    wanted.name,
    await (isManaged ? futureRoot(files, path) : files.identifyRoot(path)),
  );
  if (isManaged) await store.makeRoot(path);
  const root = await files.identifyRoot(path);
  const marker = isManaged
    ? await prepareManagedRoot(reader, store, root, wanted.copied)
    : refuseMarker(root, wanted.name);
  const id = await writer.addLocation({
    name: wanted.name,
    ...(marker === undefined ? {} : { marker }),
    root: root.path,
    inode: root.inode,
    writes: wanted.writes,
    agent,
    ...(root.fileSystem === undefined ? {} : { fileSystem: root.fileSystem }),
    ...(wanted.site === undefined ? {} : { site: wanted.site }),
    ...(wanted.medium === undefined ? {} : { medium: wanted.medium }),
    ...(wanted.failureGroup === undefined ? {} : { failureGroup: wanted.failureGroup }),
  });
  return requireLocation(reader, id);
}

/** A folder that is not made yet, as it will be: on the volume of the nearest one above it that stands. */
async function futureRoot(files: Files, path: RawPath): Promise<RootIdentity> {
  try {
    return await files.identifyRoot(path);
  } catch (error) {
    const parent = parentOf(path);
    const isAbsent = error instanceof HoldfastError && error.code === 'FOLDER_NOT_FOUND';
    if (!isAbsent || parent.length === 0 || parent.length === path.length) throw error;
    const above = await futureRoot(files, parent);
    return { ...above, path: joinRaw(above.path, baseName(path)) };
  }
}

/** @throws HoldfastError BAD_INPUT for a name in use, LOCATIONS_OVERLAP */
async function refuseTaken(
  reader: CatalogueReader,
  files: Files,
  name: string,
  root: RootIdentity,
): Promise<void> {
  for (const known of await reader.locationIdentities()) {
    if (known.name === name) {
      throw new HoldfastError('BAD_INPUT', `There is a location "${name}" already. Choose another name.`);
    }
    if (await overlapsLocation(files, root, known)) {
      throw new HoldfastError(
        'LOCATIONS_OVERLAP',
        `${displayPath(root.path)} and the location "${known.name}" (${displayPath(known.root)}) overlap. ` +
          'A file must belong to one location only.',
      );
    }
  }
}

/** In a managed location files are looked after as bags: it is no place to leave where it is. */
function refuseMarker(root: RootIdentity, name: string): undefined {
  if (root.marker === undefined) return undefined;
  throw new HoldfastError(
    'BAD_INPUT',
    `${displayPath(root.path)} is a managed location. Add it as one: holdfast location add ${displayPath(root.path)} --name "${name}" --writes managed`,
  );
}

/** Says of each location whether the place that the catalogue knows stands at its root now. */
export async function checkLocations(
  reader: CatalogueReader,
  files: Files,
  space: Folders['space'],
  location: string | undefined,
): Promise<Reachability[]> {
  const rows: Reachability[] = [];
  for (const identity of await chooseLocations(reader, location)) {
    const reached = await reachLocation(files, identity);
    rows.push({
      location: publicId('location', identity.id),
      name: identity.name,
      state: reached.reachable ? 'reachable' : 'unreachable',
      ...(reached.reachable ? await space(identity.root) : { reason: reached.reason }),
    });
  }
  return rows;
}

/** Records that a location's files now stand at another root, once files that vouch for it were found there unchanged. */
export async function relinkLocation(
  { reader, writer }: Catalogue,
  files: Files,
  location: string,
  to: NewLocation['path'],
  agent: ActingAgent,
): Promise<Location> {
  const all = await reader.locationIdentities();
  const [identity] = await chooseLocations(reader, location);
  if (identity === undefined) throw unknownLocation(location);
  const root = await files.identifyRoot(pathFromJson(to));
  for (const other of all) {
    if (other.id === identity.id || !(await overlapsLocation(files, root, other))) continue;
    throw new HoldfastError(
      'LOCATIONS_OVERLAP',
      `${displayPath(root.path)} overlaps the location "${other.name}" (${displayPath(other.root)}). Nothing was changed.`,
    );
  }
  if (identity.marker !== undefined && root.marker?.id !== identity.marker) {
    throw new HoldfastError(
      'BAD_INPUT',
      `${displayPath(root.path)} does not bear the marker of "${identity.name}", so it is not taken for that location. Nothing was changed. Check the path.`,
    );
  }
  if (identity.sentinels.length > 0 && !(await sentinelsHold(files, root.path, identity.sentinels))) {
    throw new HoldfastError(
      'BAD_INPUT',
      `None of the ${String(identity.sentinels.length)} files that vouch for "${identity.name}" stands unchanged under ` +
        `${displayPath(root.path)}, so it is not taken for that location. Nothing was changed. Check the path.`,
    );
  }
  await writer.relinkLocation(
    identity.id,
    {
      root: root.path,
      inode: root.inode,
      ...(root.fileSystem === undefined ? {} : { fileSystem: root.fileSystem }),
    },
    agent,
  );
  return requireLocation(reader, identity.id);
}

async function requireLocation(reader: CatalogueReader, id: number): Promise<Location> {
  const found = (await reader.locations()).find((row) => row.id === publicId('location', id));
  if (found === undefined) throw new Error(`location ${String(id)} was recorded and cannot be read back`);
  return found;
}
