/**
 * Files that Holdfast keeps beside the bags of a managed location. Written in staging on the same volume, synced, read back
 * and compared, then moved to their place: whoever looks finds the old one or the new one, whole (design, invariant 2).
 */
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename } from 'node:path';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { displayPath, joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer } from '../connection.ts';

const STEP = 1024 * 1024;

export interface Written {
  readonly size: number;
  readonly sha256: Buffer;
}

/** Below a location's root; names are ours and plain, the root's bytes are whatever they are. */
export function below(root: RawPath, ...names: readonly string[]): Buffer {
  return asBuffer(names.reduce<RawPath>((path, name) => joinRaw(path, utf8Path(name)), root));
}

export class Destination {
  readonly #root: RawPath;
  readonly #archiveId: string;
  readonly #staging: Buffer;
  #files = 0;

  /**
   * Sweeps what a crash left of the same kind of work.
   * @param root of the managed location, which is reachable.
   */
  constructor(root: RawPath, archiveId: string) {
    this.#root = root;
    this.#archiveId = archiveId;
    // Not among the folders of jobs: a job that begins sweeps what it does not know there.
    this.#staging = below(root, '.holdfast', 'protection', archiveId);
    rmSync(this.#staging, { recursive: true, force: true });
    makeBelow(root, '.holdfast', 'protection', archiveId);
  }

  folder(name: 'snapshots' | 'supplements'): Buffer {
    return below(this.#root, this.#archiveId, name);
  }

  /**
   * Puts a file in its place, and beside it `<name>.sha256` as `sha256sum -c` reads it.
   * @param write gets a function that takes the next bytes.
   * @param digestFirst the digest stands before the file: a file without one is then never seen.
   */
  place(
    folder: 'snapshots' | 'supplements',
    name: string,
    write: (take: (bytes: Uint8Array) => void) => void,
    digestFirst: boolean,
  ): Written {
    const place = makeBelow(this.#root, this.#archiveId, folder);
    refuseLink(place);
    const staged = joined(this.#staging, String(++this.#files));
    const written = writeStaged(staged, write);
    const readBack = digestOf(staged);
    if (!readBack.sha256.equals(written.sha256))
      throw new HoldfastError(
        'INTERNAL',
        `What was written to ${displayPath(asRaw(place))} and read back differs. Check that disk; nothing there was replaced.`,
      );
    const digest = joined(this.#staging, String(++this.#files));
    writeFileSync(digest, `${written.sha256.toString('hex')}  ${name}\n`);
    syncFile(digest);
    const moves: [Buffer, string][] = [
      [staged, name],
      [digest, `${name}.sha256`],
    ];
    if (digestFirst) moves.reverse();
    for (const [from, to] of moves) renameSync(from, joined(place, to));
    syncFolder(place);
    return written;
  }

  /** What a folder of ours holds; nothing where it is not there yet. */
  names(folder: 'snapshots' | 'supplements'): string[] {
    try {
      return readdirSync(this.folder(folder));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Removes a file of ours and its digest, if they are there. */
  remove(folder: 'snapshots' | 'supplements', name: string): void {
    if (basename(name) !== name) throw new Error(`${name} is no name of a file`);
    const place = this.folder(folder);
    rmSync(joined(place, name), { force: true });
    rmSync(joined(place, `${name}.sha256`), { force: true });
    syncFolder(place);
  }

  has(folder: 'snapshots' | 'supplements', name: string): boolean {
    return lstatSync(joined(this.folder(folder), name), { throwIfNoEntry: false })?.isFile() === true;
  }

  close(): void {
    rmSync(this.#staging, { recursive: true, force: true });
  }
}

/** Only below a root that stands: one that was unplugged must not come back as an empty folder where it was mounted. */
function makeBelow(root: RawPath, ...names: readonly string[]): Buffer {
  let path: Buffer = asBuffer(root);
  for (const name of names) {
    path = joined(path, name);
    try {
      mkdirSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return path;
}

function writeStaged(path: Buffer, write: (take: (bytes: Uint8Array) => void) => void): Written {
  const descriptor = openSync(path, 'wx');
  const hash = createHash('sha256');
  let size = 0;
  try {
    write((bytes) => {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      hash.update(bytes);
      size += bytes.length;
    });
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return { size, sha256: hash.digest() };
}

/** Size and SHA-256 of a file; a link is not followed. */
export function digestOf(path: Buffer | string, onBytes?: (bytes: Uint8Array) => void): Written {
  const descriptor = openSync(path, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0));
  const hash: Hash = createHash('sha256');
  const memory = Buffer.allocUnsafe(STEP);
  let size = 0;
  try {
    for (;;) {
      const count = readSync(descriptor, memory, 0, STEP, null);
      if (count === 0) break;
      const bytes = memory.subarray(0, count);
      hash.update(bytes);
      onBytes?.(bytes);
      size += count;
    }
  } finally {
    closeSync(descriptor);
  }
  return { size, sha256: hash.digest() };
}

export function joined(folder: Buffer, name: string): Buffer {
  return Buffer.concat([folder, Buffer.from(`/${name}`)]);
}

function refuseLink(folder: Buffer): void {
  if (lstatSync(folder).isDirectory()) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `${displayPath(asRaw(folder))} is not a folder of its own. Nothing was written there; remove what stands in its place.`,
  );
}

function syncFile(path: Buffer): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(path: Buffer): void {
  // Windows syncs no folders; there the rename itself is durable.
  if (process.platform !== 'win32') syncFile(path);
}

function asRaw(path: Buffer): RawPath {
  return path as Uint8Array as RawPath;
}
