/**
 * Opening a file for listening: read-only, its access time left alone where the system permits, and nothing but a file that
 * really stands below its location, whatever links were laid on the way to it.
 */
import { constants } from 'node:fs';
import { lstat, open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, isInside, rawPath, type RawPath } from '../../../shared/domain/path.ts';
import { errnoOf } from '../../core/ports/errno.ts';

const CHUNK = 256 * 1024;

export interface OpenToListen {
  readonly size: number;
  /** Bytes `first` to `last`, both included; closes the file when it ends or is destroyed. */
  read(first: number, last: number): Readable;
  close(): Promise<void>;
}

/**
 * Opens `path`, which is absolute and below `root`. Asynchronous, since a network folder may be long in answering.
 * @throws HoldfastError NOT_FOUND where there is no such file, UNSUPPORTED where what stands there is not a file below the
 *   root, LOCATION_UNREACHABLE where it cannot be read.
 */
export async function openToListen(root: RawPath, path: RawPath): Promise<OpenToListen> {
  let handle: FileHandle | undefined;
  try {
    // Looked at first: merely opening a tape device rewinds it.
    if (!(await lstat(Buffer.from(path))).isFile()) throw notAFile(path);
    handle = await openQuietly(Buffer.from(path));
    const stats = await handle.stat();
    const inside = isInside(await realPath(root), await pathOfOpen(handle, path));
    if (!stats.isFile() || !inside) throw notAFile(path);
    const opened = handle;
    return {
      size: stats.size,
      read: (start, end) => opened.createReadStream({ start, end, highWaterMark: CHUNK, autoClose: true }),
      close: () => opened.close(),
    };
  } catch (error) {
    await handle?.close();
    throw refusal(error, path);
  }
}

async function openQuietly(path: Buffer): Promise<FileHandle> {
  // Undefined where the platform has no such flag (Windows, and O_NOATIME on macOS).
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOATIME } = constants as Partial<typeof constants> & {
    O_RDONLY: number;
  };
  const flags = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);
  try {
    return await open(path, flags | (O_NOATIME ?? 0));
  } catch (error) {
    // EPERM: only the owner of a file may read it without its access time being written.
    if (errnoOf(error) === 'EPERM' && O_NOATIME !== undefined) return open(path, flags);
    throw error;
  }
}

async function realPath(path: RawPath): Promise<RawPath> {
  return rawPath(await realpath(Buffer.from(path), { encoding: 'buffer' }));
}

/** Where the file that is open stands: a folder on the way may have become a link between looking and opening. */
async function pathOfOpen(handle: FileHandle, path: RawPath): Promise<RawPath> {
  if (process.platform === 'linux')
    return rawPath(await readlink(`/proc/self/fd/${handle.fd}`, { encoding: 'buffer' }));
  const real = await realPath(path);
  const [there, opened] = [await stat(Buffer.from(real)), await handle.stat()];
  if (there.ino !== opened.ino || there.dev !== opened.dev) throw notAFile(path);
  return real;
}

function notAFile(path: RawPath): HoldfastError {
  return new HoldfastError(
    'UNSUPPORTED',
    `At ${displayPath(path)} stands a link or something else than a file of its location. It was not opened.`,
  );
}

function refusal(error: unknown, path: RawPath): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  if (errno === 'ELOOP') return notAFile(path);
  if (errno === 'ENOENT' || errno === 'ENOTDIR')
    return new HoldfastError(
      'NOT_FOUND',
      `There is no file at ${displayPath(path)} now. An audit of its location tells what became of it.`,
      { cause: error },
    );
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${displayPath(path)} cannot be read (${errno}). Check its disk and its permissions, then try again.`,
    { cause: error },
  );
}
