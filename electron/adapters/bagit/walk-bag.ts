/** Everything in a bag, by its own entries: no link is followed, nothing is opened but folders. */
import { type BigIntStats, type Dirent, lstat } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';
import { joinRaw, type RawPath, rawPath, utf8Path } from '../../../shared/domain/path.ts';
import { PAYLOAD } from './bag-files.ts';

/** How many entries are looked at together. */
const SLICE = 256;
/**
 * A folder whose own size is no larger (a few thousand names) is listed at once, which takes a third of the time; those that are
 * larger, or do not tell (0), piece by piece, as their names together may be more than memory.
 */
const LISTED_AT_ONCE = 256n * 1024n;

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
 * Walks a folder of a bag to any depth; order is not promised. While whoever asked looks at some entries, the next are asked for.
 * @param below where to begin, relative to the bag; empty for all of it
 * @param sizes `unasked`: sizes are 0, and a file is one by what its folder says of it, which takes half the time
 */
export async function* walkBag(
  bag: RawPath,
  below: RawPath,
  sizes: 'asked' | 'unasked' = 'asked',
): AsyncGenerator<BagEntry[], void> {
  const walk = entriesBelow(bag, below, sizes);
  let next = walk.next();
  try {
    for (let slice = await next; slice.done !== true; slice = await next) {
      next = walk.next();
      yield slice.value;
    }
  } finally {
    // Left in the middle, it closes its folder once that answers.
    await walk.return();
  }
}

async function* entriesBelow(
  bag: RawPath,
  below: RawPath,
  sizes: 'asked' | 'unasked',
): AsyncGenerator<BagEntry[], void> {
  const folders = [below];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let isEmpty = true;
    try {
      for await (const entries of slices(joinRaw(bag, folder))) {
        isEmpty = false;
        const found = await look(bag, folder, entries, sizes);
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
  const path = Buffer.from(folder);
  // In latin1 a character is a byte: names need not be UTF-8.
  const encoding = 'latin1';
  const [own] = await statAll([path]);
  if (own instanceof Error) throw own;
  if (own !== undefined && own.size > 0n && own.size <= LISTED_AT_ONCE) {
    const entries = await readdir(path, { encoding, withFileTypes: true });
    for (let at = 0; at < entries.length; at += SLICE) yield entries.slice(at, at + SLICE);
    return;
  }
  const directory = await opendir(path, { encoding, bufferSize: SLICE });
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
  folder: RawPath,
  entries: readonly Dirent[],
  sizes: 'asked' | 'unasked',
): Promise<BagEntry[]> {
  const found: BagEntry[] = [];
  const unknown: RawPath[] = [];
  for (const entry of entries) {
    const path = joinRaw(folder, Buffer.from(entry.name, 'latin1'));
    if (entry.isDirectory()) found.push({ path, kind: 'folder', size: 0n });
    else if (sizes === 'unasked' && entry.isFile()) found.push({ path, kind: 'file', size: 0n });
    else unknown.push(path);
  }
  const stats = await statAll(unknown.map((path) => Buffer.from(joinRaw(bag, path))));
  for (const [i, path] of unknown.entries()) {
    const its = stats[i];
    if (its !== undefined) found.push(entryOf(path, its));
  }
  return found;
}

function entryOf(path: RawPath, stats: BigIntStats | Error): BagEntry {
  if (stats instanceof Error) return { path, kind: 'unreadable', size: 0n, detail: codeOf(stats) };
  if (stats.isFile()) return { path, kind: 'file', size: stats.size };
  if (stats.isDirectory()) return { path, kind: 'folder', size: 0n };
  if (stats.isSymbolicLink()) return { path, kind: 'symlink', size: 0n };
  const detail = stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
  return { path, kind: 'special', size: 0n, detail };
}

/** By callback: a promise for each of 100,000 files costs more than asking for them does. */
function statAll(paths: readonly Buffer[]): Promise<(BigIntStats | Error)[]> {
  return new Promise((resolve) => {
    const all: (BigIntStats | Error)[] = [];
    let left = paths.length;
    if (left === 0) resolve(all);
    for (const [i, path] of paths.entries())
      lstat(path, { bigint: true }, (error, stats) => {
        all[i] = error ?? stats;
        if (--left === 0) resolve(all);
      });
  });
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
