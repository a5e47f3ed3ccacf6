import { publicId } from '../../../shared/domain/ids.ts';
import { sharedFates, type SharedFate } from '../../../shared/domain/shared-fate.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

/** A share that does not answer must not keep a list waiting: then what is recorded of it speaks alone. */
const PATIENCE_MS = 3000;

/**
 * Which locations one failure would take together: by the file system that was recorded of them, by what they are found to stand on
 * now, and by their failure groups.
 */
export async function fatesOfLocations(reader: CatalogueReader, files: Files): Promise<SharedFate[]> {
  const [rows, identities] = await Promise.all([reader.locations(), reader.locationIdentities()]);
  const known = new Map(identities.map((identity) => [publicId('location', identity.id), identity]));
  return sharedFates(
    await Promise.all(
      rows.map(async ({ id, name, fileSystem, failureGroup }) => {
        const identity = known.get(id);
        const recorded = fileSystem === undefined ? [] : [fileSystemKey(fileSystem)];
        const found = identity === undefined ? undefined : await within(identify(files, identity));
        return {
          id,
          name,
          failureGroup,
          devices: [...recorded, ...(found === undefined ? [] : devicesOf(found))],
        };
      }),
    ),
  );
}

/** The root, where it is the one that was recorded: an empty mount point stands on another device than what belongs there. */
async function identify(files: Files, location: LocationIdentity): Promise<RootIdentity | undefined> {
  const found = await files.identifyRoot(location.root).catch(() => undefined);
  if (found === undefined || found.marker?.id !== (location.marker ?? found.marker?.id)) return undefined;
  const isOther =
    location.fileSystem !== undefined &&
    found.fileSystem !== undefined &&
    location.fileSystem !== found.fileSystem;
  const isKnown = location.marker !== undefined || location.rootInode === found.inode;
  return isKnown && !isOther ? found : undefined;
}

function devicesOf({ device, fileSystem, standsOn }: RootIdentity): string[] {
  return [
    `volume ${String(device)}`,
    ...(fileSystem === undefined ? [] : [fileSystemKey(fileSystem)]),
    ...standsOn,
  ];
}

function fileSystemKey(id: string): string {
  return `file system ${id}`;
}

async function within<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
