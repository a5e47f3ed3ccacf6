import { type Content, bytesAt } from './content.ts';

/** The most that a walker may ask to see at once; memory for one file is bounded by this and one chunk more. */
export const mostInView = 1024 * 1024;
/** What a walker may read out of order, beside the one full pass: an index at the end, tags behind the audio. */
const readBudget = 8 * 1024 * 1024;
const mostReads = 4096;

/**
 * A walker: a generator that yields the number of bytes it wants to have in view, and goes on once they are, or once the
 * file has ended before. It never learns how the file was cut into chunks.
 */
export type Walk<T = void> = Generator<number, T, void>;

/**
 * A file as its walker sees it: the bytes from `position` on that are in view, in the order in which the one full pass
 * reads them, and small bounded reads anywhere else. What `peek`, `take` and `view` give is valid until the next yield.
 */
export class WalkedFile {
  readonly size: number;
  readonly #content: Content;
  #position = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  /** Whether `#bytes` is ours; a chunk is used again by whoever reads. */
  #isOwn = false;
  #store: Uint8Array = new Uint8Array(0);
  #hasEnded = false;
  #readLeft = readBudget;
  #reads = 0;

  constructor(content: Content) {
    this.size = content.size;
    this.#content = content;
  }

  /** Offset in the file of the first byte in view. */
  get position(): number {
    return this.#position;
  }

  /** How many bytes are in view. */
  get held(): number {
    return this.#to - this.#from;
  }

  /** Whether nothing follows what is in view. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** All that is in view. For loops over many small things, which look here first and yield only when it runs short. */
  view(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#to);
  }

  /** The next `length` bytes, fewer where the file ends; they stay in view. At most 1 MiB. */
  *peek(length: number): Walk<Uint8Array> {
    if (this.held < length) yield length;
    return this.#bytes.subarray(this.#from, Math.min(this.#from + length, this.#to));
  }

  /** As `peek`, and moves behind them. */
  *take(length: number): Walk<Uint8Array> {
    if (this.held < length) yield length;
    const bytes = this.#bytes.subarray(this.#from, Math.min(this.#from + length, this.#to));
    this.advance(bytes.length);
    return bytes;
  }

  /** Moves on within what is in view. */
  advance(length: number): void {
    if (length > this.held) throw new RangeError('moved beyond what is in view');
    this.#from += length;
    this.#position += length;
  }

  /** Moves on by `length` bytes, however many; returns how many there were. */
  *skip(length: number): Walk<number> {
    return yield* this.pass(length, () => undefined);
  }

  /** Hands on the next `length` bytes piece by piece; returns how many there were. */
  *pass(length: number, to: (piece: Uint8Array) => void): Walk<number> {
    let left = length;
    while (left > 0) {
      if (this.held === 0) yield 1;
      if (this.held === 0) break;
      const piece = this.#bytes.subarray(this.#from, Math.min(this.#from + left, this.#to));
      to(piece);
      left -= piece.length;
      this.advance(piece.length);
    }
    return length - left;
  }

  /**
   * Reads anywhere in the file, out of order: `length` bytes, fewer at its end. 8 MiB and 4,096 reads a file.
   * @throws RangeError when more is asked for; the file is then a decoder limitation, never damaged
   */
  readAt(position: number, length: number): Uint8Array {
    const there = Math.max(0, Math.min(length, this.size - position));
    if (there === 0) return new Uint8Array(0);
    if (there > this.#readLeft || ++this.#reads > mostReads) {
      throw new RangeError('its index is larger than this program reads');
    }
    this.#readLeft -= there;
    return plain(bytesAt(this.#content, position, there));
  }

  /** For the driver: the next bytes of the file. */
  give(chunk: Uint8Array): void {
    if (this.held === 0) {
      this.#bytes = plain(chunk);
      this.#from = 0;
      this.#to = chunk.length;
      this.#isOwn = false;
      return;
    }
    this.keep(chunk.length);
    this.#bytes.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** For the driver: copies what is in view out of the chunk it was given, with room for `more` bytes. */
  keep(more = 0): void {
    const needed = this.held + more;
    if (this.#isOwn && this.#to + more <= this.#store.length) return;
    const view = this.view();
    // Half as much again, so that a file that comes byte by byte is not copied at every byte.
    if (needed * 1.5 > this.#store.length) this.#store = new Uint8Array(Math.max(256, needed * 2));
    this.#store.set(view);
    this.#bytes = this.#store;
    this.#isOwn = true;
    this.#to = view.length;
    this.#from = 0;
  }

  /** For the driver: no more will come. */
  end(): void {
    this.#hasEnded = true;
  }
}

/** Never a Buffer, whose `slice` is a view of bytes that others digest and use again. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
