import { mkdir, open, rename, rmdir, unlink } from 'node:fs/promises';
import { displayPath, joinRaw, parentOf, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import type { BagPlace, BagRemoval, BagRemoved, BagSeen } from '../../core/ports/bag-removal.ts';
import {
  entriesBelow,
  folderBelow,
  KnownEntries,
  NotOurs,
  requireBag,
  requireMarker,
  requireNothingElse,
} from './bag-folder.ts';
import { errnoOf } from '../../core/ports/errno.ts';

/** Unlinking is mostly waiting for the disk; more at once than this only fills its queue. */
const AT_ONCE = 32;

/** Removal of bags from the disks of this machine. */
export const bagRemoval: BagRemoval = {
  look: (place) => answered(() => look(place)),
  remove: (place, jobId, onFiles) => answered(() => remove(place, jobId, onFiles)),
};

/** What a disk or a stranger's file says no to is an answer; anything else is a fault of the program. */
async function answered<Answer extends BagSeen | BagRemoved>(
  work: () => Promise<Answer>,
): Promise<Answer | { readonly state: 'refused' | 'unreachable'; readonly reason: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotOurs) return { state: error.state, reason: error.message };
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    const path = error instanceof Error && 'path' in error ? pathOf(error.path) : 'The place';
    return { state: 'unreachable', reason: `${path} could not be read or changed (${errno}). ${ADVICE}` };
  }
}

const ADVICE =
  'Check that the volume is connected and writable and that this user may write there, then run this again.';

function pathOf(path: unknown): string {
  if (typeof path === 'string') return displayPath(utf8Path(path.toWellFormed().replaceAll('\0', '')));
  return path instanceof Uint8Array ? displayPath(path as RawPath) : 'The place';
}

async function look(place: BagPlace): Promise<{ readonly state: 'there' | 'absent' }> {
  await requireMarker(place.root, place.marker);
  const bag = await folderBelow(place.root, place.path);
  if (bag === undefined) return { state: 'absent' };
  await requireBag(bag, place.contents);
  await requireNothingElse(bag, new KnownEntries(place.contents.files));
  return { state: 'there' };
}

async function remove(place: BagPlace, jobId: number, onFiles: (count: number) => void): Promise<BagRemoved> {
  await requireMarker(place.root, place.marker);
  const known = new KnownEntries(place.contents.files);
  const own = utf8Path(`.holdfast/staging/${place.archiveId}/job-${String(jobId)}`);
  const name = utf8Path(`bag-${String(place.bagId)}`);
  const begun = await folderBelow(place.root, joinRaw(own, name));
  if (begun !== undefined) await clear(begun, known, onFiles);
  const seen = await look(place);
  if (seen.state === 'there') {
    const staging = await makeFolders(place.root, own);
    const [bag, staged] = [joinRaw(place.root, place.path), joinRaw(staging, name)];
    await renameBag(bag, staged);
    await syncFolder(parentOf(bag));
    await syncFolder(staging);
    await clear(staged, known, onFiles);
  }
  await leaveStaging(place.root, own);
  return { state: seen.state === 'there' || begun !== undefined ? 'deleted' : 'absent' };
}

async function renameBag(from: RawPath, to: RawPath): Promise<void> {
  try {
    await rename(Buffer.from(from), Buffer.from(to));
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') throw error;
    throw new NotOurs(
      'refused',
      `${displayPath(from)} stands on another volume than the location. Nothing of it was touched.`,
    );
  }
}

/** Unlinks what is known, and then the folders: what is not known stays, and is told. */
async function clear(folder: RawPath, known: KnownEntries, onFiles: (count: number) => void): Promise<void> {
  const kept = 'What is of this accession is removed; that stays.';
  let files: RawPath[] = [];
  const folders: RawPath[] = [];
  const unlinkAll = async (): Promise<void> => {
    await Promise.all(files.map((path) => unlink(Buffer.from(joinRaw(folder, path)))));
    onFiles(files.length);
    files = [];
  };
  for await (const entry of entriesBelow(folder)) {
    if (!known.has(entry)) continue;
    if (entry.kind === 'folder') folders.push(entry.path);
    else files.push(entry.path);
    if (files.length >= AT_ONCE) await unlinkAll();
  }
  await unlinkAll();
  for (const path of folders) await removeFolder(joinRaw(folder, path));
  if (!(await removeFolder(folder))) await requireNothingElse(folder, known, kept);
}

/** False where something stands in it. */
async function removeFolder(path: RawPath): Promise<boolean> {
  try {
    await rmdir(Buffer.from(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Makes the folders that are missing on the way, each durable before the next. */
async function makeFolders(root: RawPath, path: RawPath): Promise<RawPath> {
  const found = await folderBelow(root, path);
  if (found !== undefined) return found;
  const parent = parentOf(path);
  const above = parent.length === 0 ? root : await makeFolders(root, parent);
  const folder = joinRaw(root, path);
  await mkdir(Buffer.from(folder));
  await syncFolder(above);
  return folder;
}

/** The removal is durable before anybody says so; a staging folder that is used otherwise stays. */
async function leaveStaging(root: RawPath, own: RawPath): Promise<void> {
  const folder = await folderBelow(root, own);
  if (folder === undefined) return;
  await syncFolder((await removeFolder(folder)) ? parentOf(folder) : folder);
}

async function syncFolder(path: RawPath): Promise<void> {
  const handle = await open(Buffer.from(path), 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows syncs no folders; there the rename itself is durable.
    if (process.platform !== 'win32') throw error;
  } finally {
    await handle.close();
  }
}
