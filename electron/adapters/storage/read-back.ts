/**
 * Reading back what was just written, past the page cache where the system lets one (O_DIRECT), so that what is compared
 * came from the medium and not from memory.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { DigestOutcome } from '../../core/ports/readings.ts';
import { DirectMemory, openDirect } from './direct-memory.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { entryProblem } from './problems.ts';
import { stampOf } from './read-file.ts';

const step = 1024 * 1024;

/** Past the cache, or with it where the file system or the system has no such thing (tmpfs, macOS). */
export class ReadBack {
  readonly #memory = new DirectMemory(step);

  /** SHA-256 of a file of ours; `direct` tells whether its bytes came past the cache. */
  read(path: Uint8Array, onBytes: (bytes: number) => void): DigestOutcome & { readonly direct?: boolean } {
    const file = Buffer.from(path.buffer, path.byteOffset, path.byteLength);
    try {
      const direct = this.#direct(file, onBytes);
      return direct === undefined ? this.#cached(file, onBytes) : { ...direct, direct: true };
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return { status: 'failed', problem: entryProblem(error) };
    }
  }

  #direct(path: Buffer, onBytes: (bytes: number) => void): DigestOutcome | undefined {
    const descriptor = openDirect(path);
    if (descriptor === undefined) return undefined;
    try {
      const memory = this.#memory.of(descriptor);
      return memory === undefined ? undefined : this.#digest(descriptor, memory, onBytes);
    } catch (error) {
      // Storage that asks for more than we know to give: the cache, then.
      if (errnoOf(error) === 'EINVAL') return undefined;
      throw error;
    } finally {
      closeSync(descriptor);
    }
  }

  #cached(path: Buffer, onBytes: (bytes: number) => void): DigestOutcome {
    const descriptor = openSync(
      path,
      constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0),
    );
    try {
      return this.#digest(descriptor, this.#memory.plain, onBytes);
    } finally {
      closeSync(descriptor);
    }
  }

  #digest(descriptor: number, memory: Buffer, onBytes: (bytes: number) => void): DigestOutcome {
    const stats: BigIntStats = fstatSync(descriptor, { bigint: true });
    const hash = createHash('sha256');
    for (let position = 0; ; position += step) {
      const count = readSync(descriptor, memory, 0, step, position);
      hash.update(memory.subarray(0, count));
      onBytes(count);
      // A file of ours that nobody writes to: less than was asked for is its end.
      if (count < step) break;
    }
    return { status: 'read', stamp: stampOf(stats), sha256: Uint8Array.from(hash.digest()) };
  }
}
