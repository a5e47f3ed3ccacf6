import type { Content } from './content.ts';

/** How much of a large file its tags may make us read beside the full pass. A moov or a large cover is a few MB. */
const readBudget = 16 * 1024 * 1024;
const mostReads = 20_000;
const secondsAllowed = 10;

export class BudgetExceeded extends Error {}

/**
 * A file as music-metadata's parseBlob takes it, read by slices: the head from memory, the rest within a budget of bytes,
 * reads and time, since the sizes in a file are whatever its maker wrote.
 */
export class LazyBlob {
  readonly size: number;
  readonly type: string;
  readonly #content: Content;
  readonly #deadline = performance.now() + secondsAllowed * 1000;
  #left = readBudget;
  #reads = 0;

  constructor(content: Content, type: string) {
    this.#content = content;
    this.size = content.size;
    this.type = type;
  }

  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> } {
    return { arrayBuffer: () => this.#read(start, end) };
  }

  // Not async: what it throws becomes a rejection in its caller, which awaits it inside an async function.
  #read(start: number, end: number): Promise<ArrayBuffer> {
    const { head } = this.#content;
    const length = Math.min(end, this.size) - start;
    if (++this.#reads > mostReads) throw new BudgetExceeded(`more than ${mostReads} reads`);
    if (this.#reads % 64 === 0 && performance.now() > this.#deadline) {
      throw new BudgetExceeded(`longer than ${secondsAllowed} s`);
    }
    const copy = new Uint8Array(this.#allow(start + length <= head.length ? 0 : length, length));
    if (start + length <= head.length) copy.set(head.subarray(start, start + length));
    else this.#content.read(start, copy);
    return Promise.resolve(copy.buffer);
  }

  #allow(cost: number, length: number): number {
    this.#left -= cost;
    if (this.#left < 0) throw new BudgetExceeded(`more than ${readBudget / 1024 / 1024} MiB of tags`);
    return length;
  }
}
