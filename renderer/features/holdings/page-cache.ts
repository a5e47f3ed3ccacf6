/** Rows of a long list by pages: what is there, what is wanted, and what may be forgotten again. */

/** Some three screens: a page of an answer is read, checked and sent within the time of a key. */
export const PAGE_ROWS = 100;
/** Eighty pages are 8,000 rows: more than a person scrolls through in one go, and some ten megabytes. */
const MOST_PAGES = 80;

interface Page<Row> {
  readonly rows: readonly Row[];
  /** Shown until a newer one is there. */
  stale: boolean;
  usedAt: number;
}

/**
 * A list is shown while it is read: `rowAt` answers with what is there, `wanted` says which pages a range still needs, and while it
 * is scrolled its neighbours, two of them in the direction of scrolling. What changed is marked stale and stays on screen until it was read again,
 * so that nothing jumps.
 */
export class PageCache<Row> {
  readonly #pages = new Map<number, Page<Row>>();
  readonly #asked = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #most: number;
  #tick = 0;
  #version = 0;
  #first = 0;

  constructor(most = MOST_PAGES) {
    this.#most = most;
  }

  rowAt(index: number): Row | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE_ROWS));
    return page?.rows[index % PAGE_ROWS];
  }

  /** Numbers of the pages to ask for, what is visible first. They count as asked for from then on. */
  wanted(first: number, last: number, rowCount: number): number[] {
    const lastPage = Math.max(0, Math.ceil(rowCount / PAGE_ROWS) - 1);
    const from = clamp(Math.floor(first / PAGE_ROWS), lastPage);
    const to = clamp(Math.floor(last / PAGE_ROWS), lastPage);
    const moved = first - this.#first;
    this.#first = first;
    const visible = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    // Whoever types looks at the top of one list after another, and never scrolls most of them.
    const beside = moved === 0 ? [] : moved > 0 ? [to + 1, to + 2, from - 1] : [from - 1, from - 2, to + 1];
    this.#tick += 1;
    for (const number of visible) this.#use(number);
    const wanted = [...visible, ...beside.filter((number) => number >= 0 && number <= lastPage)].filter(
      (number) => this.#isWanted(number),
    );
    for (const number of wanted) this.#asked.add(number);
    return wanted;
  }

  fulfil(number: number, rows: readonly Row[]): void {
    this.#asked.delete(number);
    this.#failed.delete(number);
    this.#pages.set(number, { rows, stale: false, usedAt: this.#tick });
    this.#version += 1;
    this.#forget();
  }

  /** A page that could not be read is asked for again only after `retry`: a host that is away must not be hammered. */
  fail(number: number): void {
    this.#asked.delete(number);
    this.#failed.add(number);
  }

  /** Lets go of what was asked for and is no longer waited for. */
  release(number: number): void {
    this.#asked.delete(number);
  }

  retry(): void {
    this.#failed.clear();
  }

  /** Everything may have changed: all of it is read again, when it is looked at. */
  markStale(): void {
    for (const page of this.#pages.values()) page.stale = true;
    this.#failed.clear();
  }

  /** Every row that is there now. */
  *held(): Generator<Row> {
    for (const { rows } of this.#pages.values()) yield* rows;
  }

  /** Another one whenever `rowAt` may answer otherwise. */
  get version(): number {
    return this.#version;
  }

  get pages(): number {
    return this.#pages.size;
  }

  #isWanted(number: number): boolean {
    if (this.#asked.has(number) || this.#failed.has(number)) return false;
    const page = this.#pages.get(number);
    return page === undefined || page.stale;
  }

  #use(number: number): void {
    const page = this.#pages.get(number);
    if (page !== undefined) page.usedAt = this.#tick;
  }

  #forget(): void {
    while (this.#pages.size > this.#most) {
      let oldest: number | undefined;
      let usedAt = Infinity;
      for (const [number, page] of this.#pages)
        if (page.usedAt < usedAt) {
          oldest = number;
          usedAt = page.usedAt;
        }
      if (oldest === undefined) return;
      this.#pages.delete(oldest);
    }
  }
}

function clamp(page: number, last: number): number {
  return Math.min(Math.max(page, 0), last);
}
