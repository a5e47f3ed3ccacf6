const SLICE = 256;
/** Bytes that are handed on at once. */
const BLOCK = 256 * 1024;

/** Reads things by their ids a slice at a time, always one slice ahead: the thread that reads works while the last one is written. */
export async function* inSlices<Row>(
  ids: Int32Array,
  read: (slice: Int32Array) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let next: Promise<readonly Row[]> | undefined = ids.length === 0 ? undefined : read(ids.slice(0, SLICE));
  for (let from = SLICE; next !== undefined; from += SLICE) {
    const rows = await next;
    next = from < ids.length ? read(ids.slice(from, from + SLICE)) : undefined;
    // Whoever stops listening leaves it behind: its failure is then nobody's.
    next?.catch(() => undefined);
    yield rows;
  }
}

/** Texts as UTF-8 in blocks. Each is written on its own: joined first, one letter that is not Latin would double all of them. */
export class Utf8Blocks {
  #block = Buffer.allocUnsafe(BLOCK);
  #used = 0;

  /** Blocks that are full once this is written. */
  *add(text: string): Generator<Uint8Array> {
    const most = text.length * 3;
    if (this.#used + most > BLOCK) yield* this.rest();
    if (most > BLOCK) yield Buffer.from(text, 'utf8');
    else this.#used += this.#block.write(text, this.#used, 'utf8');
  }

  /** What is left. */
  *rest(): Generator<Uint8Array> {
    if (this.#used === 0) return;
    yield this.#block.subarray(0, this.#used);
    this.#block = Buffer.allocUnsafe(BLOCK);
    this.#used = 0;
  }
}
