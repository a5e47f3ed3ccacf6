/**
 * Reading one file in one full pass: opened without following links and without touching its access time, hashed as it
 * is read, and looked at before and after, so that a file that changes meanwhile is never taken for a state it had.
 */
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as rest } from 'node:timers/promises';
import type { DigestValue, FailedReading, FileProblem, FileStamp } from '../../core/ports/readings.ts';
import { DirectMemory, openDirect } from './direct-memory.ts';
import { digesterOf, digestOf } from './digesters.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { entryProblem } from './problems.ts';
import { longestPath, specialKind } from './walk.ts';

const headBytes = 1024 * 1024;
/** After an I/O error the rest is read in steps of this size, so that the offset told is that of the bad place. */
const probeBytes = 4096;
/**
 * Between finding a file changed and reading it again: one truncation of a large file takes the system tens of milliseconds,
 * and sets the size at their beginning, the times at their end.
 */
const settleMs = 150;

type Further = DigestValue['algorithm'];

/** A file while it is open: valid only until the promise of `inspect` is settled. */
export interface OpenContent {
  readonly size: number;
  /** The first bytes, up to 1 MiB. The buffer is used again for the next file. */
  readonly head: Uint8Array;
  /** Reads further bytes into `target`; returns how many there were. Throws as read(2) fails. */
  read(position: number, target: Uint8Array): number;
}

export interface ReadOptions<T> {
  readonly further: readonly Further[];
  /** Called with the number of bytes of every read; throwing from it ends the reading (that is how it is aborted). */
  readonly onBytes: (bytes: number) => void;
  readonly inspect: (content: OpenContent) => Promise<T>;
  /**
   * Called once the head has been read; what it gives is handed every byte in order, the head first. Called anew when the
   * file changed meanwhile.
   */
  readonly listen?: (content: OpenContent) => { write(bytes: Uint8Array): void };
  /** Reads past the page cache where that can be done; then nothing listens, and nothing is inspected. */
  readonly direct?: boolean;
  /** Takes every byte in order, as it is digested; begins anew when the file changed meanwhile. */
  readonly sink?: {
    restart(): void;
    write(bytes: Uint8Array, position: number): void;
  };
}

export interface ReadResult<T> {
  readonly status: 'read';
  readonly stamp: FileStamp;
  readonly sha256: Uint8Array;
  readonly digests: readonly DigestValue[];
  readonly inspected: T;
  /** Whether its bytes came past the page cache; absent where that was not asked for. */
  readonly direct?: boolean;
}

class ReadFailure extends Error {
  readonly problem: FileProblem;
  readonly offset: number | undefined;

  constructor(problem: FileProblem, offset?: number) {
    super(problem.code);
    this.problem = problem;
    this.offset = offset;
  }
}

const changed = Symbol('changed while it was read');
/** Thrown where storage, while it is read past the cache, asks for more than we know to give. */
class RefusesDirect extends Error {}

/** Reads files one after another through two buffers of 1 MiB each. Not to be used for two files at once. */
export class FileReader {
  readonly #head = Buffer.allocUnsafeSlow(headBytes);
  readonly #chunk = Buffer.allocUnsafeSlow(headBytes);
  #direct: DirectMemory | undefined;

  /** Reads the file at an absolute path. A failure of the file is a row; only what `onBytes` throws is thrown. */
  async read<T>(path: Uint8Array, options: ReadOptions<T>): Promise<ReadResult<T> | FailedReading> {
    const file = Buffer.from(path.buffer, path.byteOffset, path.byteLength);
    try {
      let result = await this.#attempt(file, options);
      if (result === changed) {
        await rest(settleMs);
        result = await this.#attempt(file, options);
      }
      if (result !== changed) return result;
      return { status: 'failed', problem: { code: 'changed_while_read' } };
    } catch (error) {
      if (error instanceof ReadFailure) {
        const offset = error.offset === undefined ? {} : { offset: error.offset };
        return { status: 'failed', problem: error.problem, ...offset };
      }
      if (errnoOf(error) !== undefined) return { status: 'failed', problem: entryProblem(error) };
      throw error;
    }
  }

  async #attempt<T>(path: Buffer, options: ReadOptions<T>): Promise<ReadResult<T> | typeof changed> {
    if (options.direct !== true) return this.#readOpen(openQuietly(path), undefined, options);
    const direct = this.#openDirect(path);
    try {
      if (direct !== undefined) return await this.#readOpen(direct.descriptor, direct.memory, options);
    } catch (error) {
      if (!(error instanceof RefusesDirect)) throw error;
    }
    return this.#readOpen(openQuietly(path), undefined, options);
  }

  /** Undefined where that file can only be read through the cache. */
  #openDirect(path: Buffer): { readonly descriptor: number; readonly memory: Buffer } | undefined {
    refuseOther(path);
    const descriptor = openDirect(path);
    if (descriptor === undefined) return undefined;
    this.#direct ??= new DirectMemory(headBytes);
    let memory: Buffer | undefined;
    try {
      memory = this.#direct.of(descriptor);
    } finally {
      if (memory === undefined) closeSync(descriptor);
    }
    return memory && { descriptor, memory };
  }

  /** Closes the descriptor. */
  async #readOpen<T>(
    descriptor: number,
    direct: Buffer | undefined,
    options: ReadOptions<T>,
  ): Promise<ReadResult<T> | typeof changed> {
    try {
      const before = fstatSync(descriptor, { bigint: true });
      if (!before.isFile()) throw new ReadFailure({ code: 'special_file', detail: specialKind(before) });
      options.sink?.restart();
      const size = Number(before.size);
      const { bytes, head, digest } =
        direct === undefined
          ? this.#digest(descriptor, size, options)
          : digestDirect(descriptor, direct, size, options);
      let inspected: T | undefined;
      if (BigInt(bytes) === before.size) {
        inspected = await options.inspect({ size: bytes, head, read: readerOf(descriptor) });
      }
      const after = fstatSync(descriptor, { bigint: true });
      if (inspected === undefined || isOther(before, after)) return changed;
      const [sha256, ...rest] = digest;
      const digests = options.further.map((algorithm, i) => ({ algorithm, value: rest[i] as Uint8Array }));
      return {
        status: 'read',
        stamp: stampOf(before),
        sha256: sha256 as Uint8Array,
        digests,
        inspected,
        ...(options.direct === true ? { direct: direct !== undefined } : {}),
      };
    } finally {
      closeSync(descriptor);
    }
  }

  #digest<T>(descriptor: number, size: number, options: ReadOptions<T>) {
    const algorithms = ['sha256', ...options.further] as const;
    // One more than the size: a file that grew since is seen in the same call that reads it.
    let bytes = this.#readUpTo(descriptor, this.#head, 0, size + 1);
    options.onBytes(bytes);
    const head = this.#head.subarray(0, bytes);
    options.sink?.write(head, 0);
    const listener = options.listen?.({ size, head, read: readerOf(descriptor) });
    // Digested before anybody looks at them: whatever a walker does, what is proven is what was read.
    if (bytes < headBytes) {
      const digest = algorithms.map((algorithm) => ownBytes(digestOf(algorithm, head)));
      listener?.write(head);
      return { bytes, head, digest };
    }
    const hashes = algorithms.map(digesterOf);
    for (const each of hashes) each.update(head);
    listener?.write(head);
    for (;;) {
      // Until the end is met, whatever the size said: a file that is being written must not be read for ever, though.
      if (bytes > size) break;
      const count = this.#readUpTo(descriptor, this.#chunk, bytes, headBytes);
      if (count === 0) break;
      const chunk = this.#chunk.subarray(0, count);
      for (const each of hashes) each.update(chunk);
      options.sink?.write(chunk, bytes);
      listener?.write(chunk);
      bytes += count;
      options.onBytes(count);
    }
    return { bytes, head, digest: hashes.map((each) => ownBytes(each.digest())) };
  }

  /** Fills `target` up to `most` bytes or the end of the file. */
  #readUpTo(descriptor: number, target: Buffer, position: number, most: number): number {
    const wanted = Math.min(most, target.length);
    let filled = 0;
    let step = wanted;
    while (filled < wanted) {
      try {
        const count = readSync(
          descriptor,
          target,
          filled,
          Math.min(step, wanted - filled),
          position + filled,
        );
        if (count === 0) break;
        filled += count;
      } catch (error) {
        if (errnoOf(error) === 'EINTR') continue;
        if (step > probeBytes) {
          step = probeBytes;
          continue;
        }
        throw new ReadFailure(entryProblem(error), position + filled);
      }
    }
    return filled;
  }
}

function digestDirect<T>(descriptor: number, memory: Buffer, size: number, options: ReadOptions<T>) {
  const hashes = (['sha256', ...options.further] as const).map(digesterOf);
  let bytes = 0;
  while (bytes <= size) {
    const count = readDirect(descriptor, memory, bytes);
    for (const each of hashes) each.update(memory.subarray(0, count));
    bytes += count;
    options.onBytes(count);
    if (count < memory.length) break;
  }
  return { bytes, head: memory.subarray(0, 0), digest: hashes.map((each) => ownBytes(each.digest())) };
}

/** Fills the memory up to the end of the file, which is met where a read is no whole number of sectors: none may be asked for behind it. */
function readDirect(descriptor: number, memory: Buffer, position: number): number {
  let filled = 0;
  let step = memory.length;
  while (filled < memory.length) {
    try {
      const count = readSync(
        descriptor,
        memory,
        filled,
        Math.min(step, memory.length - filled),
        position + filled,
      );
      filled += count;
      if (count === 0 || count % probeBytes !== 0) break;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'EINTR') continue;
      if (errno === 'EINVAL') throw new RefusesDirect();
      if (step === probeBytes) throw new ReadFailure(entryProblem(error), position + filled);
      step = probeBytes;
    }
  }
  return filled;
}

/** Opens for reading: no link followed, no waiting on a pipe, no access time written where the system permits that. */
export function openQuietly(path: Buffer): number {
  refuseOther(path);
  // Undefined where the platform has no such flag (Windows, and O_NOATIME on macOS).
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOATIME } = constants as Partial<typeof constants> & {
    O_RDONLY: number;
  };
  const flags = O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);
  try {
    return openSync(path, flags | (O_NOATIME ?? 0));
  } catch (error) {
    // EPERM: only the owner of a file may read it without its access time being written.
    if (errnoOf(error) === 'EPERM' && O_NOATIME !== undefined) return openSync(path, flags);
    if (errnoOf(error) === 'ELOOP') throw new ReadFailure({ code: 'symlink_not_followed' });
    throw error;
  }
}

/** Throws where something else stands at the path than a file. */
function refuseOther(path: Buffer): void {
  if (path.length > longestPath) {
    throw new ReadFailure({
      code: 'path_too_long',
      detail: `${path.length} bytes; the system takes ${longestPath}`,
    });
  }
  // Looked at first: merely opening a tape device rewinds it.
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) throw new ReadFailure({ code: 'symlink_not_followed' });
  if (!stats.isFile()) throw new ReadFailure({ code: 'special_file', detail: specialKind(stats) });
}

function readerOf(descriptor: number): OpenContent['read'] {
  return (position, target) => readSync(descriptor, target, 0, target.length, position);
}

function isOther(before: BigIntStats, after: BigIntStats): boolean {
  return before.size !== after.size || before.mtimeNs !== after.mtimeNs;
}

export function stampOf(stats: BigIntStats): FileStamp {
  // Inodes of 64 bits are kept signed, as the scan's columns and the catalogue keep them.
  const inode = BigInt.asIntN(64, stats.ino);
  return { size: stats.size, mtimeNs: stats.mtimeNs, ctimeNs: stats.ctimeNs, inode };
}

/** Small Buffers may be slices of a shared pool, all of which would be copied when they cross threads. */
function ownBytes(buffer: Buffer): Uint8Array {
  return buffer.byteLength === buffer.buffer.byteLength ? buffer : Uint8Array.from(buffer);
}
