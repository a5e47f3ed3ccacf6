/** Everything in a bag, by its own entries: no link is followed, nothing is opened but folders. */
import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { joinRaw, type RawPath, rawPath, utf8Path } from '../../../shared/domain/path.ts';
import { PAYLOAD } from './bag-files.ts';

/** How many entries are looked at together. */
const SLICE = 256;

export interface BagEntry {
  /** Below the bag. */
  readonly path: RawPath;
  /** `folder` only where it is empty. */
  readonly kind: 'file' | 'folder' | 'symlink' | 'special' | 'unreadable';
  readonly size: bigint;
  /** The kind of a special file, or the system's error code. */
  readonly detail?: string;
}

/**
 * Walks a folder of a bag to any depth; order is not promised.
 * @param below where to begin, relative to the bag; empty for all of it
 * @param sizes `unasked`: sizes are 0, and a file is one by what its folder says of it, which takes half the time
 */
export async function* walkBag(
  bag: RawPath,
  below: RawPath,
  sizes: 'asked' | 'unasked' = 'asked',
): AsyncGenerator<BagEntry[], void> {
  const folders = [below];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let isEmpty = true;
    try {
      for await (const entries of slices(joinRaw(bag, folder))) {
        isEmpty = false;
        const at = folder;
        const found = await Promise.all(
          entries.map((entry) => look(bag, joinRaw(at, Buffer.from(entry.name, 'latin1')), entry, sizes)),
        );
        for (const entry of found) if (entry.kind === 'folder') folders.push(entry.path);
        yield found.filter((entry) => entry.kind !== 'folder');
      }
      if (isEmpty && folder.length > 0) yield [{ path: folder, kind: 'folder', size: 0n }];
    } catch (error) {
      yield [{ path: folder, kind: 'unreadable', size: 0n, detail: codeOf(error) }];
    }
  }
}

async function* slices(folder: RawPath): AsyncGenerator<Dirent[], void> {
  // In latin1 a character is a byte: names need not be UTF-8.
  const directory = await opendir(Buffer.from(folder), { encoding: 'latin1', bufferSize: SLICE });
  let slice: Dirent[] = [];
  for await (const entry of directory) {
    slice.push(entry);
    if (slice.length === SLICE) {
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}

async function look(
  bag: RawPath,
  path: RawPath,
  entry: Dirent,
  sizes: 'asked' | 'unasked',
): Promise<BagEntry> {
  if (entry.isDirectory()) return { path, kind: 'folder', size: 0n };
  if (sizes === 'unasked' && entry.isFile()) return { path, kind: 'file', size: 0n };
  try {
    const stats = await lstat(Buffer.from(joinRaw(bag, path)), { bigint: true });
    if (stats.isFile()) return { path, kind: 'file', size: stats.size };
    if (stats.isDirectory()) return { path, kind: 'folder', size: 0n };
    if (stats.isSymbolicLink()) return { path, kind: 'symlink', size: 0n };
    const detail = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
    return { path, kind: 'special', size: 0n, detail };
  } catch (error) {
    return { path, kind: 'unreadable', size: 0n, detail: codeOf(error) };
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : String(error);
}

export const WHOLE_BAG = rawPath(new Uint8Array(0));
export const DATA_FOLDER = utf8Path(PAYLOAD.slice(0, -1));

const payloadPrefix = Buffer.from(PAYLOAD);

export function isPayload(path: Uint8Array): boolean {
  return payloadPrefix.every((byte, i) => path[i] === byte);
}
