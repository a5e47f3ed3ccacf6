/**
 * Reading back what was just written, past the page cache where the system lets one (O_DIRECT), so that what is compared
 * came from the medium and not from memory.
 */
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { DigestOutcome } from '../../core/ports/readings.ts';
import { entryProblem, errnoOf } from './problems.ts';
import { stampOf } from './read-file.ts';

const step = 1024 * 1024;
/** What storage asks memory, offsets and lengths to be multiples of; larger sectors do not exist. */
const alignment = 4096;

/** Past the cache, or with it where the file system or the system has no such thing (tmpfs, macOS). */
export class ReadBack {
  readonly #memory = Buffer.allocUnsafeSlow(step + alignment);
  /** Where in the memory an aligned buffer begins, once it is known; JavaScript cannot see addresses. */
  #aligned: number | undefined;

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
    const flag = (constants as { O_DIRECT?: number }).O_DIRECT;
    if (flag === undefined) return undefined;
    let descriptor: number;
    try {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | flag);
    } catch (error) {
      if (errnoOf(error) === 'EINVAL') return undefined;
      throw error;
    }
    try {
      const offset = this.#alignedOffset(descriptor);
      return offset === undefined ? undefined : this.#digest(descriptor, offset, onBytes);
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
      return this.#digest(descriptor, 0, onBytes);
    } finally {
      closeSync(descriptor);
    }
  }

  #digest(descriptor: number, offset: number, onBytes: (bytes: number) => void): DigestOutcome {
    const stats: BigIntStats = fstatSync(descriptor, { bigint: true });
    const hash = createHash('sha256');
    for (let position = 0; ; position += step) {
      const count = readSync(descriptor, this.#memory, offset, step, position);
      hash.update(this.#memory.subarray(offset, offset + count));
      onBytes(count);
      // A file of ours that nobody writes to: less than was asked for is its end.
      if (count < step) break;
    }
    return { status: 'read', stamp: stampOf(stats), sha256: Uint8Array.from(hash.digest()) };
  }

  /** Large blocks come from the system a small header behind a page boundary: few offsets need be tried. */
  #alignedOffset(descriptor: number): number | undefined {
    if (this.#aligned !== undefined) return this.#aligned < 0 ? undefined : this.#aligned;
    for (let offset = 0; offset < alignment; offset += 16) {
      // From the end, where it is most likely: behind a header of 16 bytes.
      const at = (alignment - offset) % alignment;
      try {
        // Of an empty file any read succeeds, and says nothing.
        if (readSync(descriptor, this.#memory, at, alignment, 0) > 0) this.#aligned = at;
        return at;
      } catch (error) {
        if (errnoOf(error) !== 'EINVAL') throw error;
      }
    }
    this.#aligned = -1;
    return undefined;
  }
}
