/** What a recovery writes: staged copies, damaged files set aside, and names that are given without ever overwriting. */
import type { BigIntStats } from 'node:fs';
import {
  link,
  lstat,
  mkdir,
  open,
  rename,
  rm,
  rmdir,
  statfs,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  parentOf,
  relativeTo,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { placeFailed } from '../../core/fixity/place-failed.ts';
import type { FileStamp } from '../../core/ports/readings.ts';
import type {
  Placed,
  RecoveryAt,
  RecoveryFolders,
  RecoveryPlace,
  Standing,
} from '../../core/ports/recovery-place.ts';
import { folderBelow, NotOurs } from './bag-folder.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { stampOf } from './read-file.ts';
import { specialKind } from './walk.ts';

/** In a location that is somebody's own; the scan policy leaves it out. */
const IN_PLACE = '.holdfast-quarantine';

function folders({ root, managed, archiveId, jobId }: RecoveryAt): RecoveryFolders {
  const job = `${archiveId}/job-${String(jobId)}`;
  const below = (path: string): RawPath => joinRaw(root, utf8Path(path));
  return managed
    ? { staging: below(`.holdfast/staging/${job}`), quarantine: below(`.holdfast/quarantine/${job}`) }
    : { staging: below(`${IN_PLACE}/staging/${job}`), quarantine: below(`${IN_PLACE}/${job}`) };
}

async function look(root: RawPath, path: RawPath): Promise<Standing> {
  return onPlace(path, async () => {
    const above = relativeTo(root, parentOf(path));
    if (above === undefined || (await standing(root, above)) === undefined) return { kind: 'nothing' };
    const stats = await statOf(path);
    if (stats === undefined) return { kind: 'nothing' };
    return stats.isFile()
      ? { kind: 'file', stamp: stampOf(stats) }
      : { kind: 'other', what: stats.isDirectory() ? 'a folder' : specialKind(stats) };
  });
}

/** Each folder durable before what is in it. */
async function makeFolder(root: RawPath, folder: RawPath): Promise<void> {
  await onPlace(folder, async () => {
    const relative = relativeTo(root, folder);
    if (relative === undefined)
      throw new HoldfastError('BAD_INPUT', `${displayPath(folder)} is not below ${displayPath(root)}.`);
    if ((await standing(root, relative)) !== undefined) return;
    const parent = parentOf(folder);
    await makeFolder(root, parent);
    try {
      await mkdir(asBuffer(folder));
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    await syncFolder(parent);
  });
}

async function settleStaged(staged: RawPath, mtimeNs: bigint): Promise<FileStamp> {
  return onPlace(staged, async () => {
    const seconds = Number(mtimeNs) / 1e9;
    await utimes(asBuffer(staged), seconds, seconds);
    const handle = await open(asBuffer(staged), 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(parentOf(staged));
    return stampOf(await lstat(asBuffer(staged), { bigint: true }));
  });
}

async function setAside(
  root: RawPath,
  path: RawPath,
  seen: FileStamp,
  { folder, story }: { readonly folder: RawPath; readonly story: string },
): Promise<boolean> {
  return onPlace(folder, async () => {
    await makeFolder(root, folder);
    const target = joinRaw(folder, baseName(path));
    // What an interrupted run has set aside stands there; another file of this name is none of this folder's.
    if ((await statOf(target)) !== undefined) return true;
    const stats = await statOf(path);
    const same =
      stats?.isFile() === true &&
      stats.size === seen.size &&
      stats.mtimeNs === seen.mtimeNs &&
      BigInt.asIntN(64, stats.ino) === seen.inode;
    if (!same) return false;
    await writeStory(
      joinRaw(parentOf(folder), Buffer.concat([asBuffer(baseName(folder)), Buffer.from('.txt')])),
      story,
    );
    // Before the file goes where only its story tells what it is, the story's name must have reached the medium.
    await syncFolder(parentOf(folder));
    await rename(asBuffer(path), asBuffer(target));
    await syncFolder(folder);
    await syncFolder(parentOf(path));
    return true;
  });
}

export async function writeStory(path: RawPath, story: string): Promise<void> {
  await writeFile(asBuffer(path), story);
  const handle = await open(asBuffer(path), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A hard link is given a name only where none is. Where a file system has no links, an empty file of ours holds the name first. */
async function place(root: RawPath, staged: RawPath, path: RawPath): Promise<Placed> {
  return onPlace(path, async () => {
    await makeFolder(root, parentOf(path));
    try {
      await link(asBuffer(staged), asBuffer(path));
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'EEXIST') return taken(staged, path);
      if (errno === undefined || !NO_LINKS.has(errno)) throw error;
      const instead = await placeWithoutLink(staged, path);
      if (instead !== undefined) return instead;
    }
    await syncFolder(parentOf(path));
    await unlink(asBuffer(staged)).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
    return { placed: true, stamp: stampOf(await lstat(asBuffer(path), { bigint: true })) };
  });
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function placeWithoutLink(staged: RawPath, path: RawPath): Promise<Placed | undefined> {
  let holds: BigIntStats;
  try {
    const handle = await open(asBuffer(path), 'wx');
    try {
      holds = await handle.stat({ bigint: true });
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return taken(staged, path);
    throw error;
  }
  const now = await statOf(path);
  if (now?.ino !== holds.ino || now.size !== 0n) return taken(staged, path);
  await rename(asBuffer(staged), asBuffer(path));
  return undefined;
}

/** An interrupted run may have come as far as the name: then both are one file. */
async function taken(staged: RawPath, path: RawPath): Promise<Placed> {
  const [there, ours] = [await statOf(path), await statOf(staged)];
  if (there !== undefined && ours !== undefined && there.ino === ours.ino && there.dev === ours.dev) {
    await syncFolder(parentOf(path));
    await unlink(asBuffer(staged));
    return { placed: true, stamp: stampOf(await lstat(asBuffer(path), { bigint: true })) };
  }
  return {
    placed: false,
    reason: `Something has come to stand at ${displayPath(path)} meanwhile. It was not overwritten. Look at it, then recover again.`,
  };
}

async function clear(where: RecoveryAt): Promise<void> {
  const { staging, quarantine } = folders(where);
  await onPlace(staging, async () => {
    const folder = await folderBelow(where.root, relativeTo(where.root, staging) ?? staging);
    if (folder !== undefined) await rm(asBuffer(folder), { recursive: true, force: true });
    const top = joinRaw(where.root, utf8Path(where.managed ? '.holdfast' : IN_PLACE));
    // Upwards, for as long as nothing else stands there; a managed location keeps its own folders.
    for (const empty of [staging, quarantine])
      for (let path = empty; path.length >= top.length; path = parentOf(path)) {
        if (where.managed && path.length <= top.length + '/quarantine'.length) break;
        try {
          await rmdir(asBuffer(path));
        } catch {
          if ((await statOf(path)) !== undefined) break;
        }
      }
  });
}

/** The folder at a path below the root, or the root itself; through no link. */
async function standing(root: RawPath, path: RawPath): Promise<RawPath | undefined> {
  return path.length === 0 ? root : folderBelow(root, path);
}

export async function statOf(path: RawPath): Promise<BigIntStats | undefined> {
  try {
    return await lstat(asBuffer(path), { bigint: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

export async function syncFolder(path: RawPath): Promise<void> {
  // Windows cannot open a folder; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(asBuffer(path), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function onPlace<Value>(path: RawPath, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    if (error instanceof NotOurs)
      throw new HoldfastError(
        error.state === 'refused' ? 'BAD_INPUT' : 'LOCATION_UNREACHABLE',
        error.message,
      );
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw placeFailed(path, errno, error);
  }
}

export function asBuffer(path: Uint8Array): Buffer {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

/** The port of core. */
export const recoveryPlace: RecoveryPlace = {
  folders,
  freeBytes: (root) =>
    onPlace(root, async () => {
      const { bavail, bsize } = await statfs(asBuffer(root));
      return bavail * bsize;
    }),
  look,
  makeFolder,
  settleStaged,
  setAside,
  place,
  clear,
};
