/**
 * Listing one folder: the regular files with their stamps, the folders below it, and a note for everything else. Names
 * are bytes. Nothing is opened but folders, no link is followed.
 */
import { type BigIntStats, lstatSync, opendirSync, readlinkSync, statSync } from 'node:fs';
import type { FileProblem } from '../../core/ports/readings.ts';
import { decodeUtf8, displayPath, rawPath } from '../../../shared/domain/path.ts';
import { leaveOut } from '../../../shared/domain/scan-policy.ts';
import { entryProblem, errnoOf, folderProblem } from './problems.ts';

/** Entries of a folder that are handed on at once. Bounds what a folder of a million files costs. */
const sliceEntries = 4096;
/** Linux counts the final NUL in PATH_MAX (4,096). */
export const longestPath = 4095;
const slash = 0x2f;

export interface Subfolder {
  readonly name: Uint8Array;
  readonly device: bigint;
  readonly inode: bigint;
}

export interface FolderSlice {
  readonly names: readonly Uint8Array[];
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
  readonly names: Uint8Array[] = [];
  readonly subfolders: Subfolder[] = [];
  readonly notes: { name: Uint8Array; problem: FileProblem }[] = [];
  entries = 0;

  file(name: Uint8Array, stats: BigIntStats): void {
    const at = this.names.push(name) * 4 - 4;
    columns[at] = stats.size;
    columns[at + 1] = stats.mtimeNs;
    columns[at + 2] = stats.ctimeNs;
    columns[at + 3] = stats.ino;
  }

  note(name: Uint8Array, problem: FileProblem): void {
    this.notes.push({ name, problem });
  }

  done(how: 'more' | 'last' | 'broken'): FolderSlice {
    const stamps = columns.slice(0, this.names.length * 4);
    const { names, subfolders, notes } = this;
    return { names, stamps, subfolders, notes, last: how === 'last', broken: how === 'broken' };
  }
}

/**
 * Lists a folder by its absolute path, in slices. Never throws: what cannot be read is a note.
 * @param ancestors (device, inode) of the folder itself and of every folder above it up to the root; one of them met
 * again below is a loop (a bind mount), which would otherwise never end.
 */
export function* listFolder(folder: Uint8Array, ancestors: BigInt64Array): Generator<FolderSlice, void> {
  // One buffer holds every path of this folder in turn: only the last segment changes.
  const prefix = folder[folder.length - 1] === slash ? folder.length : folder.length + 1;
  const scratch = Buffer.alloc(prefix + 1024);
  scratch.set(folder);
  scratch[prefix - 1] = slash;
  const twins = new TwinFinder(scratch, prefix);
  let slice = new Slice();
  try {
    // Not readdir: it would hold all names of a folder at once.
    const directory = opendirSync(asBuffer(folder), {
      encoding: 'buffer' as BufferEncoding,
      bufferSize: 512,
    });
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        const name = entry.name as unknown as Buffer;
        scratch.set(name, prefix);
        visit(name, scratch.subarray(0, prefix + name.length), ancestors, slice);
        twins.visit(name, slice);
        if (++slice.entries === sliceEntries) {
          yield slice.done('more');
          slice = new Slice();
        }
      }
    } finally {
      directory.closeSync();
    }
  } catch (error) {
    slice.note(new Uint8Array(0), folderProblem(error));
    yield slice.done('broken');
    return;
  }
  yield slice.done('last');
}

function visit(name: Uint8Array, path: Buffer, ancestors: BigInt64Array, slice: Slice): void {
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
    else if (!isFolder) slice.file(name, stats);
    else if (isAncestor(stats, ancestors)) slice.note(name, { code: 'loop' });
    else slice.subfolders.push({ name, device: stats.dev, inode: stats.ino });
  } else if (stats.isSymbolicLink()) {
    slice.note(name, linkProblem(path));
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
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
  isBlockDevice(): boolean;
}): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice()) return 'a character device';
  if (stats.isBlockDevice()) return 'a block device';
  return 'not a regular file';
}

function linkProblem(path: Buffer): FileProblem {
  try {
    const target = displayPath(rawPath(readlinkSync(path, { encoding: 'buffer' })));
    return { code: 'symlink_not_followed', other: `${target}${linkState(path)}` };
  } catch (error) {
    return entryProblem(error);
  }
}

function linkState(path: Buffer): string {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined ? ', which does not exist' : '';
  } catch (error) {
    return errnoOf(error) === 'ELOOP' ? ', which is a loop of links' : ', which cannot be reached';
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

  visit(name: Uint8Array, slice: Slice): void {
    if (isAscii(name)) return;
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
