/** Managed locations on a file system: the marker, staging, and the move of a finished bag to its place. */
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import type { ManagedStore, Marker } from '../../core/ports/managed-store.ts';
import type { TagFile } from '../../core/ports/replication.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, parentOf, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { errnoOf } from './problems.ts';

const MARKER = utf8Path('.holdfast/location.json');
const STAGING = utf8Path('.holdfast/staging');
const MARKER_FORMAT = 'holdfast-location';
/** A marker is a few hundred bytes; whatever is larger is none. */
const MARKER_MAX_BYTES = 64 * 1024;

async function makeRoot(root: RawPath): Promise<void> {
  await onPlace(root, () => mkdir(at(root), { recursive: true }));
}

export async function readMarker(root: RawPath): Promise<Marker | undefined> {
  const path = joinRaw(root, MARKER);
  let text: string;
  try {
    const file = await open(at(path), 'r');
    try {
      const { size } = await file.stat();
      if (size > MARKER_MAX_BYTES) throw noMarker(path);
      text = await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw error instanceof HoldfastError ? error : placeError(root, error);
  }
  let found: Partial<Record<'format' | 'id' | 'fileSystem' | 'madeAt', unknown>> | null;
  try {
    found = JSON.parse(text) as typeof found;
  } catch {
    throw noMarker(path);
  }
  const { format, id, fileSystem, madeAt } = found ?? {};
  if (format !== MARKER_FORMAT || typeof id !== 'string' || typeof madeAt !== 'string') throw noMarker(path);
  return { id, madeAt, ...(typeof fileSystem === 'string' && { fileSystem }) };
}

async function writeMarker(root: RawPath, marker: Marker): Promise<void> {
  const text = `${JSON.stringify({ format: MARKER_FORMAT, version: 1, ...marker }, undefined, 2)}\n`;
  await onPlace(root, async () => {
    await mkdir(at(joinRaw(root, utf8Path('.holdfast'))), { recursive: true });
    await writeSafely(joinRaw(root, MARKER), text);
  });
}

async function freeBytes(root: RawPath): Promise<number> {
  return onPlace(root, async () => {
    const { bavail, bsize } = await statfs(at(root));
    return bavail * bsize;
  });
}

async function foldsCase(root: RawPath): Promise<boolean> {
  const name = `case-${randomUUID()}`;
  const folder = joinRaw(root, utf8Path('.holdfast'));
  const probe = joinRaw(folder, utf8Path(name));
  return onPlace(root, async () => {
    await mkdir(at(folder), { recursive: true });
    await writeFile(at(probe), '', { flag: 'wx' });
    try {
      return await stands(joinRaw(folder, utf8Path(name.toUpperCase())));
    } finally {
      await rm(at(probe), { force: true });
    }
  });
}

async function openStaging(root: RawPath, archiveId: string, jobId: number): Promise<RawPath> {
  const folder = joinRaw(joinRaw(root, STAGING), utf8Path(`${archiveId}/job-${jobId}`));
  await onPlace(root, () => mkdir(at(folder), { recursive: true }));
  return folder;
}

async function sweepStaging(root: RawPath, archiveId: string, keep: readonly number[]): Promise<void> {
  const folder = joinRaw(joinRaw(root, STAGING), utf8Path(archiveId));
  const kept = new Set(keep.map((id) => `job-${id}`));
  await onPlace(root, async () => {
    const names = await readdir(at(folder)).catch(() => []);
    for (const name of names)
      if (!kept.has(name)) await rm(at(joinRaw(folder, utf8Path(name))), { recursive: true, force: true });
  });
}

async function stands(path: RawPath): Promise<boolean> {
  try {
    await access(at(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
    throw placeError(path, error);
  }
}

async function removeStaged(path: RawPath): Promise<void> {
  await onPlace(path, () => rm(at(path), { recursive: true, force: true }));
}

/** The order of invariant 2: the folders of the bag reach the medium, then the move, then the folder moved into. */
async function placeBag(staged: RawPath, place: RawPath): Promise<void> {
  await onPlace(place, async () => {
    await syncFolders(staged);
    const parent = parentOf(place);
    await mkdir(at(parent), { recursive: true });
    if (await stands(place))
      throw new HoldfastError(
        'LOCATION_UNREACHABLE',
        `${displayPath(place)} stands there already, and not by this archive's doing. Nothing was overwritten. Move it elsewhere, then run this again.`,
      );
    await rename(at(staged), at(place));
    await syncFolder(parent);
    await syncFolder(parentOf(parent));
    await syncFolder(parentOf(parentOf(parent)));
  });
}

async function hasTagFiles(bag: RawPath, tagFiles: readonly TagFile[]): Promise<boolean> {
  for (const { path, size, sha256 } of tagFiles) {
    try {
      const bytes = await readFile(at(joinRaw(bag, utf8Path(path))));
      if (bytes.length !== size) return false;
      if (!createHash('sha256').update(bytes).digest().equals(Buffer.from(sha256))) return false;
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return false;
    }
  }
  return tagFiles.length > 0;
}

async function writeReadme(
  root: RawPath,
  archive: { readonly id: string; readonly name: string },
): Promise<void> {
  const folder = joinRaw(root, utf8Path(archive.id));
  const path = joinRaw(folder, utf8Path('README.txt'));
  if (await stands(path)) return;
  await onPlace(root, async () => {
    await mkdir(at(folder), { recursive: true });
    await writeSafely(path, readme(archive.name));
  });
}

function readme(name: string): string {
  return `Recordings of the archive "${name.replace(/[\p{Cc}]/gu, ' ')}", deposited by Holdfast.

bags/         one folder for each deposit: a BagIt 1.0 bag (RFC 8493). The recordings are in its data folder.
supplements/  what is known of each deposit beside the files: description, rights, events.
snapshots/    copies of the archive's catalogue.

Do not change, rename or add anything inside a bag: it is sealed.

To check a bag without Holdfast, in the folder of the bag:

    sha256sum -c tagmanifest-sha256.txt
    sha256sum -c manifest-sha256.txt

To make the archive's catalogue again from this place:

    holdfast rebuild NEW-FOLDER --from THIS-PLACE
`;
}

/** Replaces a small file so that it is either the old or the new one, whatever happens. */
async function writeSafely(path: RawPath, text: string): Promise<void> {
  const temporary = Buffer.concat([path, Buffer.from(`.${randomUUID()}.partial`)]);
  const file = await open(temporary, 'wx', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, at(path));
  await syncFolder(parentOf(path));
}

/** The deepest first, so that what a folder names is there before it is. */
async function syncFolders(folder: RawPath): Promise<void> {
  const entries = await readdir(at(folder), {
    withFileTypes: true,
    encoding: 'buffer' as BufferEncoding,
  });
  for (const entry of entries)
    if (entry.isDirectory()) await syncFolders(joinRaw(folder, entry.name as unknown as Uint8Array));
  await syncFolder(folder);
}

async function syncFolder(folder: RawPath): Promise<void> {
  // Windows cannot open a folder; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(at(folder), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function onPlace<Value>(place: RawPath, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof HoldfastError ? error : placeError(place, error);
  }
}

/** What a failure to write in a managed location means to a person. */
function placeError(place: RawPath, error: unknown): Error {
  const errno = errnoOf(error);
  if (errno === undefined) return error instanceof Error ? error : new Error(String(error));
  return destinationError(displayPath(place), errno, error);
}

function destinationError(shown: string, errno: string, cause: unknown): HoldfastError {
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `There is no room left at ${shown}. What was copied stays staged; nothing of it is recorded. Make room there, then run this again to go on.`,
      { cause },
    );
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${shown} cannot be written to (${errno}). Nothing that is not there was recorded. Check that it is connected and writable, then run this again to go on.`,
    { cause },
  );
}

function noMarker(path: RawPath): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `${displayPath(path)} is not the marker of a managed location, or is damaged. Nothing was written there. Look at it; if the place is a new one, remove that file.`,
  );
}

function at(path: Uint8Array): Buffer {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

/** The port of core. */
export const managedStore: ManagedStore = {
  makeRoot,
  readMarker,
  writeMarker,
  freeBytes,
  foldsCase,
  openStaging,
  sweepStaging,
  stands,
  removeStaged,
  placeBag,
  hasTagFiles,
  writeReadme,
};
