/** Packages that are handed out, on the disk: made beside their place, synced, and named only when they are whole. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  statfs,
  unlink,
} from 'node:fs/promises';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  parentOf,
  rawPath,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import type { PackagePlace } from '../../core/ports/package-place.ts';

/** In the folder in which a package is made: whose it is. */
const TOKEN_FILE = utf8Path('being-made-by-holdfast.txt');

async function resolve(folder: RawPath): Promise<RawPath> {
  try {
    return rawPath(await realpath(at(folder), { encoding: 'buffer' }));
  } catch (error) {
    const parent = parentOf(folder);
    if (errnoOf(error) !== 'ENOENT' || !isAbove(parent, folder)) throw placeError(folder, error);
    return joinRaw(await resolve(parent), baseName(folder));
  }
}

async function freeBytes(folder: RawPath): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(at(folder));
    return bavail * bsize;
  } catch (error) {
    const parent = parentOf(folder);
    if (errnoOf(error) !== 'ENOENT' || !isAbove(parent, folder)) throw placeError(folder, error);
    return freeBytes(parent);
  }
}

async function requireFree(folder: RawPath, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = joinRaw(folder, utf8Path(name));
    if (!(await stands(path))) continue;
    throw new HoldfastError(
      'BAD_INPUT',
      `${displayPath(path)} is there already, and is not written over. Choose another --name or folder. Nothing was written.`,
    );
  }
}

async function openPartial(partial: RawPath, token: string): Promise<void> {
  await onPlace(parentOf(partial), async () => {
    await makeFolder(parentOf(partial));
    await mkdir(at(partial)).catch(async (error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
      await requireFree(parentOf(partial), [new TextDecoder().decode(baseName(partial))]);
    });
    const file = await open(at(joinRaw(partial, TOKEN_FILE)), 'wx', 0o644);
    try {
      await file.writeFile(
        `A package is being made here. Where nothing is at work, it was interrupted: Holdfast takes it away.\n${token}\n`,
      );
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

async function makeBag(bag: RawPath): Promise<void> {
  await onPlace(parentOf(parentOf(bag)), async () => {
    await mkdir(at(bag));
    await mkdir(at(joinRaw(bag, utf8Path('data'))));
  });
}

/** Not with `recursive`: where the system refuses a folder (/proc), Node then tries for ever. */
async function makeFolder(folder: RawPath): Promise<void> {
  try {
    await mkdir(at(folder));
  } catch (error) {
    const parent = parentOf(folder);
    if (errnoOf(error) === 'EEXIST') return;
    if (errnoOf(error) !== 'ENOENT' || !isAbove(parent, folder)) throw error;
    await makeFolder(parent);
    await mkdir(at(folder));
  }
}

async function publish(made: RawPath, as: RawPath): Promise<void> {
  await onPlace(parentOf(as), async () => {
    const isFolder = (await lstat(at(made))).isDirectory();
    if (isFolder) await syncFolders(made);
    await requireFree(parentOf(as), [new TextDecoder().decode(baseName(as))]);
    if (isFolder) await rename(at(made), at(as));
    else await nameFile(made, as);
    await syncFolder(parentOf(as));
  });
}

/** A link fails on a name that is taken, where a rename would replace it. FAT and its kin know no links. */
async function nameFile(made: RawPath, as: RawPath): Promise<void> {
  try {
    await link(at(made), at(as));
  } catch (error) {
    if (!NO_LINKS.has(errnoOf(error) ?? '')) throw error;
    await rename(at(made), at(as));
    return;
  }
  await unlink(at(made));
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function digestOf(file: RawPath): Promise<Uint8Array | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(at(file)) as AsyncIterable<Uint8Array>) hash.update(chunk);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw placeError(parentOf(file), error);
  }
  return hash.digest();
}

async function clear(partial: RawPath, token: string): Promise<boolean> {
  return onPlace(parentOf(partial), async () => {
    // A disk that is not there: what was made lies on it still.
    if (!(await stands(parentOf(partial)))) return false;
    if (!(await stands(partial))) return true;
    const said = await readFile(at(joinRaw(partial, TOKEN_FILE)), 'utf8').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return '';
      throw error;
    });
    if (!said.includes(token) && !(await isEmptyFolder(partial))) return false;
    // What tells whose it is goes last: where this is interrupted, the next run can still tell.
    for (const name of await readdir(at(partial), { encoding: 'buffer' }))
      if (Buffer.compare(name, TOKEN_FILE) !== 0)
        await rm(at(joinRaw(partial, name)), { recursive: true, force: true });
    await rm(at(partial), { recursive: true, force: true });
    return true;
  });
}

/** Interrupted between the folder and the file in it. */
async function isEmptyFolder(folder: RawPath): Promise<boolean> {
  const stats = await lstat(at(folder));
  return stats.isDirectory() && (await readdir(at(folder))).length === 0;
}

async function stands(path: RawPath): Promise<boolean> {
  try {
    await lstat(at(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw placeError(parentOf(path), error);
  }
}

/** The deepest first, so that what a folder names is there before it is. */
async function syncFolders(folder: RawPath): Promise<void> {
  const entries = await readdir(at(folder), { withFileTypes: true, encoding: 'buffer' as BufferEncoding });
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

async function onPlace<Value>(folder: RawPath, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof HoldfastError ? error : placeError(folder, error);
  }
}

function placeError(folder: RawPath, error: unknown): unknown {
  const shown = displayPath(folder);
  const errno = errnoOf(error);
  switch (errno) {
    case undefined:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoldfastError(
        'DISK_FULL',
        `The volume of ${shown} is full. Nothing is left there of the package. Make room, or name another folder with --to.`,
        { cause: error },
      );
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new HoldfastError(
        'NOT_A_FOLDER',
        `${shown} is no folder. Name a folder to make the package in.`,
        { cause: error },
      );
    default:
      return new HoldfastError(
        'BAD_INPUT',
        `Nothing can be made in ${shown} (${errno}). Give this user permission, or name another folder with --to.`,
        { cause: error },
      );
  }
}

function isAbove(parent: RawPath, path: RawPath): boolean {
  return parent.length > 0 && parent.length < path.length;
}

function at(path: Uint8Array): Buffer {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength);
}

/** The port of core. */
export const packagePlace: PackagePlace = {
  resolve,
  freeBytes,
  requireFree,
  open: openPartial,
  makeBag,
  publish,
  digestOf,
  clear,
};
