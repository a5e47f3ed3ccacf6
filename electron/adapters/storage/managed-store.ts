/** Managed locations on a file system: the marker, staging, and the move of a finished bag to its place. */
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, mkdir, open, readdir, readFile, rename, rm, rmdir, statfs } from 'node:fs/promises';
import type { ManagedStore, Marker } from '../../core/ports/managed-store.ts';
import type { TagFile } from '../../core/ports/replication.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, parentOf, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { makeFolders } from './make-folders.ts';
import { errnoOf } from '../../core/ports/errno.ts';

const MARKER = utf8Path('.holdfast/location.json');
const STAGING = utf8Path('.holdfast/staging');
const MARKER_FORMAT = 'holdfast-location';
/** A marker is a few hundred bytes; whatever is larger is none. */
const MARKER_MAX_BYTES = 64 * 1024;
// Undefined on Windows.
const { O_NONBLOCK, O_NOFOLLOW } = constants as Partial<typeof constants>;

async function makeRoot(root: RawPath): Promise<void> {
  await onPlace(root, () => mkdir(at(root), { recursive: true }));
}

export async function readMarker(root: RawPath): Promise<Marker | undefined> {
  const path = joinRaw(root, MARKER);
  let text: string;
  try {
    // Without O_NONBLOCK a FIFO of that name would hold the host for ever.
    const file = await open(at(path), constants.O_RDONLY | (O_NONBLOCK ?? 0) | (O_NOFOLLOW ?? 0));
    try {
      const stats = await file.stat();
      if (!stats.isFile() || stats.size > MARKER_MAX_BYTES) throw noMarker(path);
      text = await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    if (errnoOf(error) === 'ELOOP' || errnoOf(error) === 'ENXIO') throw noMarker(path);
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
    const folder = joinRaw(root, utf8Path('.holdfast'));
    await mkdir(at(folder), { recursive: true });
    await requireNamesKept(folder);
    await writeSafely(joinRaw(root, MARKER), text);
  });
}

async function freeBytes(root: RawPath): Promise<number> {
  return onPlace(root, async () => {
    const { bavail, bsize } = await statfs(at(root));
    return bavail * bsize;
  });
}

async function openStaging(root: RawPath, archiveId: string, jobId: number): Promise<RawPath> {
  const folder = joinRaw(joinRaw(root, STAGING), utf8Path(`${archiveId}/job-${jobId}`));
  await onPlace(root, async () => {
    // The marker's folder stands where the volume is.
    makeFolders(folder, joinRaw(root, utf8Path('.holdfast')));
    await requireNamesKept(folder);
  });
  return folder;
}

/**
 * A bag's files are found again by the names that they were given. Volumes that take `a` for `A` still list what was written;
 * one that lists another name is of no use.
 * @throws HoldfastError LOCATION_UNREACHABLE
 */
async function requireNamesKept(folder: RawPath): Promise<void> {
  const name = `Names-${randomUUID().toUpperCase()}`;
  const probe = joinRaw(folder, utf8Path(name));
  await mkdir(at(probe));
  const listed = await readdir(at(folder)).finally(() => rmdir(at(probe)));
  if (listed.includes(name)) return;
  throw new HoldfastError(
    'LOCATION_UNREACHABLE',
    `The volume of ${displayPath(folder)} does not list names as they were written ("${name}" comes back in other letters), so nobody could find the files of a bag there. ` +
      'Nothing was deposited. Mount it so that it keeps upper and lower case (lowntfs-3g without ignore_case), or name another place.',
  );
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

/** The tag manifests, a page each, vouch for the manifests, which list a million files: of those the size is enough. */
async function hasTagFiles(bag: RawPath, tagFiles: readonly TagFile[]): Promise<boolean> {
  for (const { path, size, sha256 } of tagFiles) {
    const file = at(joinRaw(bag, utf8Path(path)));
    try {
      const stats = await lstat(file);
      if (!stats.isFile() || stats.size !== size) return false;
      if (!path.startsWith('tagmanifest-')) continue;
      if (
        !createHash('sha256')
          .update(await readFile(file))
          .digest()
          .equals(Buffer.from(sha256))
      )
        return false;
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
    await writeSafely(path, readme(archive.name));
  });
}

/** More than a page of ours has. */
const PAGE_BYTES = 256 * 1024;

async function writePage(
  root: RawPath,
  name: string,
  content: string,
  isOlder: (standing: string) => boolean,
): Promise<void> {
  const path = joinRaw(root, utf8Path(name));
  await onPlace(root, async () => {
    const standing = await lstat(at(path)).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (standing !== undefined) {
      if (!standing.isFile() || standing.size > PAGE_BYTES) return;
      if (!isOlder(await readFile(at(path), 'utf8'))) return;
    }
    await writeSafely(path, content);
  });
}

function readme(name: string): string {
  return `Recordings of the archive "${name.replace(/[\p{Cc}]/gu, ' ')}", deposited by Holdfast.

bags/         one folder for each deposit: a BagIt 1.0 bag (RFC 8493). The recordings are in its data folder.
              A name that ends in -s2, -s3, … is of a bag that succeeds the one before it, in which a change was accepted.
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
  openStaging,
  sweepStaging,
  stands,
  removeStaged,
  placeBag,
  hasTagFiles,
  writeReadme,
  writePage,
};
