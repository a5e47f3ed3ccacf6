/**
 * Listing one folder: the regular files with their stamps, the folders below it, and a note for everything else. Names
 * are bytes. Nothing is opened but folders, no link is followed.
 */
import { type BigIntStats, lstatSync, opendirSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import type { FileProblem } from '../../core/ports/readings.ts';
import { decodeUtf8, displayPath, isInside, rawPath } from '../../../shared/domain/path.ts';
import { leaveOut } from '../../../shared/domain/scan-policy.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { entryProblem, folderProblem } from './problems.ts';

/** Entries of a folder that are handed on at once. Bounds what a folder of a million files costs. */
const sliceEntries = 4096;
/**
 * A folder whose own size is no larger (a few thousand names) is listed at once, which takes a third less time; those that
 * are larger, and those whose file system does not tell (0), piece by piece, as their names together may be more than memory.
 */
const listedAtOnce = 256n * 1024n;
/** Linux counts the final NUL in PATH_MAX (4,096). */
export const longestPath = 4095;
const slash = 0x2f;

export interface Subfolder {
  readonly name: Uint8Array;
  readonly device: bigint;
  readonly inode: bigint;
  /** Bytes that the folder itself takes, not what is in it; 0 where it is unknown. */
  readonly size: bigint;
}

export interface FolderSlice {
  /** In latin1: a character is a byte. */
  readonly names: readonly string[];
  /** Four values a file: size, mtimeNs, ctimeNs, inode (as signed 64 bits). */
  readonly stamps: BigInt64Array;
  readonly subfolders: readonly Subfolder[];
  /** An empty name stands for the folder itself: its listing broke off, and no last slice will come. */
  readonly notes: readonly { readonly name: Uint8Array; readonly problem: FileProblem }[];
  readonly last: boolean;
  /** The folder could not be listed to its end, or not at all: what is in it is unknown, not gone. */
  readonly broken: boolean;
}

/** Filled by one slice after another, of which none yields before it has taken its copy. */
const columns = new BigInt64Array(sliceEntries * 4);

class Slice {
  readonly names: string[] = [];
  readonly subfolders: Subfolder[] = [];
  readonly notes: { name: Uint8Array; problem: FileProblem }[] = [];
  entries = 0;

  file(name: string, stats: BigIntStats): void {
    const at = this.names.push(name) * 4 - 4;
    columns[at] = stats.size;
    columns[at + 1] = stats.mtimeNs;
    columns[at + 2] = stats.ctimeNs;
    columns[at + 3] = stats.ino;
  }

  note(name: Uint8Array, problem: FileProblem): void {
    // Copied: it is a view of what the next name is written into.
    this.notes.push({ name: Uint8Array.from(name), problem });
  }

  done(how: 'more' | 'last' | 'broken'): FolderSlice {
    const stamps = columns.slice(0, this.names.length * 4);
    const { names, subfolders, notes } = this;
    return { names, stamps, subfolders, notes, last: how === 'last', broken: how === 'broken' };
  }
}

/** Where in a walk a folder stands. */
export interface Place {
  /** Absolute, links resolved. */
  readonly root: Uint8Array;
  /**
   * (device, inode) of the folder itself and of every folder above it, from the root on, whose volume is not left. One of
   * them met again below is a loop (a bind mount), which would otherwise never end.
   */
  readonly ancestors: BigInt64Array;
}

/**
 * Lists a folder by its absolute path, in slices. Never throws: what cannot be read is a note.
 * @param size bytes that the folder itself takes; 0 where it is unknown
 */
export function* listFolder(folder: Uint8Array, size: bigint, place: Place): Generator<FolderSlice, void> {
  // One buffer holds every path of this folder in turn: only the last segment changes.
  const prefix = folder[folder.length - 1] === slash ? folder.length : folder.length + 1;
  const scratch = Buffer.alloc(prefix + 1024);
  scratch.set(folder);
  scratch[prefix - 1] = slash;
  const twins = new TwinFinder(scratch, prefix);
  let slice = new Slice();
  try {
    for (const name of namesIn(asBuffer(folder), size)) {
      // Its character codes are its bytes: text would not survive a name that is not UTF-8.
      const end = prefix + scratch.write(name, prefix, 'latin1');
      visit(name, scratch.subarray(0, end), prefix, place, slice);
      twins.visit(scratch.subarray(prefix, end), slice);
      if (++slice.entries === sliceEntries) {
        yield slice.done('more');
        slice = new Slice();
      }
    }
  } catch (error) {
    slice.note(new Uint8Array(0), folderProblem(error));
    yield slice.done('broken');
    return;
  }
  yield slice.done('last');
}

/** Names in latin1. */
function namesIn(folder: Buffer, size: bigint): Iterable<string> {
  if (size === 0n || size > listedAtOnce) return namesOneByOne(folder);
  return readdirSync(folder, { encoding: 'latin1' });
}

function* namesOneByOne(folder: Buffer): Generator<string, void> {
  const directory = opendirSync(folder, { encoding: 'latin1', bufferSize: 512 });
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry.name;
  } finally {
    directory.closeSync();
  }
}

function visit(text: string, path: Buffer, prefix: number, place: Place, slice: Slice): void {
  const { root, ancestors } = place;
  const name = path.subarray(prefix);
  if (path.length > longestPath) {
    slice.note(name, {
      code: 'path_too_long',
      detail: `${path.length} bytes; the system takes ${longestPath}`,
    });
    return;
  }
  let stats: BigIntStats;
  try {
    stats = lstatSync(path, { bigint: true });
  } catch (error) {
    slice.note(name, entryProblem(error));
    return;
  }
  const isFolder = stats.isDirectory();
  if (isFolder || stats.isFile()) {
    const reason = leaveOut(name, isFolder);
    if (reason !== undefined) slice.note(name, { code: 'left_out', detail: reason });
    else if (!isFolder) slice.file(text, stats);
    else if (isAncestor(stats, ancestors)) slice.note(name, { code: 'loop' });
    // Unmounted, it would leave an empty folder behind: what lies on it must be known as a place of its own.
    else if (BigInt.asIntN(64, stats.dev) !== ancestors[0]) slice.note(name, { code: 'on_other_volume' });
    else
      slice.subfolders.push({
        name: Uint8Array.from(name),
        device: stats.dev,
        inode: stats.ino,
        size: stats.size,
      });
  } else if (stats.isSymbolicLink()) {
    slice.note(name, linkProblem(path, root));
  } else {
    slice.note(name, { code: 'special_file', detail: specialKind(stats) });
  }
}

function isAncestor(stats: BigIntStats, ancestors: BigInt64Array): boolean {
  // Some network and FUSE file systems give every file the inode 0: nothing can be told from it.
  if (stats.ino === 0n) return false;
  const device = BigInt.asIntN(64, stats.dev);
  const inode = BigInt.asIntN(64, stats.ino);
  for (let i = 0; i < ancestors.length; i += 2) {
    if (ancestors[i + 1] === inode && ancestors[i] === device) return true;
  }
  return false;
}

export function specialKind(stats: {
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
}): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice()) return 'a character device';
  if (stats.isBlockDevice()) return 'a block device';
  return 'not a regular file';
}

/** A link is not kept. What it leads to matters: within the root it is met by itself, elsewhere it is left behind. */
function linkProblem(path: Buffer, root: Uint8Array): FileProblem {
  try {
    const target = displayPath(rawPath(readlinkSync(path, { encoding: 'buffer' })));
    const real = realTarget(path);
    if (typeof real === 'string') return { code: 'symlink_not_followed', other: target, detail: real };
    if (isInside(rawPath(root), rawPath(real)))
      return { code: 'left_out', detail: `a symbolic link to ${target}, which is looked at where it stands` };
    return { code: 'symlink_not_followed', other: target };
  } catch (error) {
    return entryProblem(error);
  }
}

/** Where a link ends; or why it does not, in words. */
function realTarget(path: Buffer): Buffer | string {
  try {
    return realpathSync(path, { encoding: 'buffer' });
  } catch (error) {
    switch (errnoOf(error)) {
      case 'ENOENT':
        return 'which does not exist';
      case 'ELOOP':
        return 'which leads in a circle';
      default:
        return 'which cannot be reached';
    }
  }
}

/** Advisories on names: not UTF-8, and two names in one folder that differ in Unicode normalisation only. */
class TwinFinder {
  readonly #scratch: Buffer;
  readonly #prefix: number;

  constructor(scratch: Buffer, prefix: number) {
    this.#scratch = scratch;
    this.#prefix = prefix;
  }

  /** @param seen a view of the scratch buffer, which looking for its twin writes over */
  visit(seen: Uint8Array, slice: Slice): void {
    if (isAscii(seen)) return;
    const name = Uint8Array.from(seen);
    const text = decodeUtf8(name);
    if (text === undefined) {
      slice.note(name, { code: 'name_not_utf8' });
      return;
    }
    // Of two twins at least one is not in NFC. Asking the file system for its NFC form costs no memory, however
    // large the folder.
    const composed = text.normalize('NFC');
    if (composed === text) return;
    const twin = Buffer.from(composed);
    const own = this.#inodeOf(name);
    const other = this.#inodeOf(twin);
    // macOS finds a file under both forms; there the "twin" is the file itself.
    if (other === undefined || other === own) return;
    slice.note(name, { code: 'name_twin', other: displayPath(rawPath(twin)) });
    slice.note(twin, { code: 'name_twin', other: displayPath(rawPath(name)) });
  }

  #inodeOf(name: Uint8Array): bigint | undefined {
    const end = this.#prefix + name.length;
    if (end > Math.min(longestPath, this.#scratch.length)) return undefined;
    this.#scratch.set(name, this.#prefix);
    try {
      return lstatSync(this.#scratch.subarray(0, end), { bigint: true, throwIfNoEntry: false })?.ino;
    } catch {
      return undefined; // an advisory is not worth a failure; the entry itself has been looked at already
    }
  }
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 0x7f) return false;
  return true;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
