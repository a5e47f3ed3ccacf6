/**
 * Memory for reading past the page cache (O_DIRECT), which storage asks to begin at a multiple of its sectors: JavaScript cannot
 * see addresses, so that the place is found by trying.
 */
import { constants, openSync, readSync } from 'node:fs';
import { errnoOf } from '../../core/ports/errno.ts';

/** What storage asks memory, offsets and lengths to be multiples of; larger sectors do not exist. */
const alignment = 4096;

export class DirectMemory {
  readonly #memory: Buffer;
  readonly #size: number;
  /** Undefined until it is known; -1 where no place is good enough. */
  #aligned: number | undefined;

  /** @param size bytes of a step, a multiple of 4096. */
  constructor(size: number) {
    this.#size = size;
    this.#memory = Buffer.allocUnsafeSlow(size + alignment);
  }

  /** Without regard to alignment: for reading through the cache. */
  get plain(): Buffer {
    return this.#memory.subarray(0, this.#size);
  }

  /** The part of it that this file, open past the cache, can be read into; undefined where storage takes none of ours. */
  of(descriptor: number): Buffer | undefined {
    const offset = this.#offset(descriptor);
    return offset === undefined ? undefined : this.#memory.subarray(offset, offset + this.#size);
  }

  /** Large blocks come from the system a small header behind a page boundary: few offsets need be tried. */
  #offset(descriptor: number): number | undefined {
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

/** Opens a file past the page cache; undefined where the system or the file system has no such thing (macOS, some FUSE). */
export function openDirect(path: Buffer): number | undefined {
  const { O_DIRECT, O_NOATIME } = constants as { O_DIRECT?: number; O_NOATIME?: number };
  if (O_DIRECT === undefined) return undefined;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | O_DIRECT;
  try {
    return openSync(path, flags | (O_NOATIME ?? 0));
  } catch (error) {
    if (errnoOf(error) === 'EINVAL') return undefined;
    // Only the owner of a file may read it without its access time being written.
    if (errnoOf(error) === 'EPERM' && O_NOATIME !== undefined) return openSync(path, flags);
    throw error;
  }
}
