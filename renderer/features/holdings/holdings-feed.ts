import type { Holding, HoldingsFilter } from '../../../shared/contract/holdings.ts';
import { MOST_FILTERED, type HoldingsSort } from '../../../shared/domain/holdings-list.ts';
import type { Direction } from './holdings-search.ts';
import { PAGE_ROWS, PageCache } from './page-cache.ts';
import { quietly } from './quietly.ts';

export interface HoldingsQuery {
  readonly filter: HoldingsFilter | undefined;
  readonly sort: HoldingsSort;
  readonly direction: Direction;
}

export interface Counted {
  readonly count: number;
  readonly capped: boolean;
}

export interface CountedAt extends Counted {
  /** Another moment is another count. */
  readonly at: number;
}

type ReadPage = (
  query: HoldingsQuery,
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{
  readonly rows: readonly Holding[];
  readonly next: string | null;
  /** Where the host counted while it looked. */
  readonly counted?: CountedAt | undefined;
}>;

export interface FeedSnapshot {
  /** Of the query that is shown: it may not yet be the one that was asked for last. */
  readonly key: string;
  readonly rowCount: number;
  /** Undefined until the host has counted. */
  readonly counted: Counted | undefined;
  readonly isNarrowed: boolean;
  /** Another one is another list, which begins at its top. */
  readonly filterKey: string;
  /** The words that were looked for; empty where none were. */
  readonly text: string;
  /** Nothing can be shown yet. */
  readonly isLoading: boolean;
  /** What was asked for last is still being read; what stood before is shown meanwhile. */
  readonly isPending: boolean;
  readonly error: unknown;
  readonly rowAt: (index: number) => Holding | undefined;
  /** Rows that are here now, in no order. */
  readonly held: () => Iterable<Holding>;
}

interface List {
  readonly key: string;
  readonly query: HoldingsQuery;
  readonly cache: PageCache<Holding>;
  readonly leaving: AbortController;
  counted: Counted | undefined;
  /** When the host counted; undefined where it is only known from a first page that is the last. */
  countedAt: number | undefined;
  /** Rows that are known to be there while nothing is counted. */
  least: number;
  range: readonly [number, number];
}

interface Rows extends Pick<FeedSnapshot, 'rowAt' | 'held'> {
  readonly list: List | undefined;
  readonly version: number;
}

export function queryKey(query: HoldingsQuery): string {
  return JSON.stringify([query.filter ?? null, query.sort, query.direction]);
}

/**
 * The list as it is scrolled, filtered and changed: another query is shown when its first page is here, and until then what
 * stood before stays, so that typing never blanks the screen.
 */
export class HoldingsFeed {
  readonly #read: ReadPage;
  readonly #listeners = new Set<() => void>();
  #shown: List | undefined;
  #next: List | undefined;
  #error: unknown;
  /** The same functions as long as the rows are the same: a table draws anew only for other ones. */
  #rows: Rows = { list: undefined, version: 0, rowAt: () => undefined, held: () => [] };
  #snapshot: FeedSnapshot;

  constructor(read: ReadPage) {
    this.#read = read;
    this.#snapshot = this.#look();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): FeedSnapshot => this.#snapshot;

  show(query: HoldingsQuery): void {
    const key = queryKey(query);
    if ((this.#next ?? this.#shown)?.key === key) return;
    this.#next?.leaving.abort();
    this.#next = undefined;
    if (this.#shown?.key === key) {
      this.#tell();
      return;
    }
    this.#next = {
      key,
      query,
      cache: new PageCache(),
      leaving: new AbortController(),
      counted: undefined,
      countedAt: undefined,
      least: 0,
      range: [0, PAGE_ROWS - 1],
    };
    this.#error = undefined;
    this.#load(this.#next);
    this.#tell();
  }

  /** Counted again means that something may have changed: what is shown is read anew, and stays until it is. */
  count(key: string, { at, ...counted }: CountedAt): void {
    for (const list of [this.#shown, this.#next]) {
      if (list?.key !== key || list.countedAt === at) continue;
      const again = list.countedAt !== undefined;
      list.counted = counted;
      list.countedAt = at;
      if (again) list.cache.markStale();
      this.#load(list);
      this.#tell();
    }
  }

  refresh(): void {
    for (const list of [this.#shown, this.#next]) {
      if (list === undefined) continue;
      list.cache.markStale();
      this.#load(list);
    }
    this.#error = undefined;
    this.#tell();
  }

  range(first: number, last: number): void {
    const list = this.#shown;
    if (list === undefined) return;
    list.range = [first, last];
    this.#load(list);
  }

  stop(): void {
    this.#shown?.leaving.abort();
    this.#next?.leaving.abort();
    this.#shown = undefined;
    this.#next = undefined;
    this.#tell();
  }

  #load(list: List): void {
    const reached = list.counted === undefined ? list.range[1] + 1 : rowsOf(list);
    for (const number of list.cache.wanted(list.range[0], list.range[1], reached))
      quietly(this.#page(list, number));
  }

  async #page(list: List, number: number): Promise<void> {
    const { signal } = list.leaving;
    try {
      const { rows, next, counted } = await this.#read(list.query, number * PAGE_ROWS, PAGE_ROWS, signal);
      if (signal.aborted) return;
      list.cache.fulfil(number, rows);
      list.least = Math.max(list.least, number * PAGE_ROWS + rows.length);
      // A list that ends on its first page is counted by that.
      if (next === null && number === 0 && list.countedAt === undefined)
        list.counted = { count: rows.length, capped: false };
      if (counted !== undefined) {
        list.counted = { count: counted.count, capped: counted.capped };
        list.countedAt = counted.at;
      }
      this.#arrived(list);
    } catch (error) {
      if (signal.aborted) return;
      list.cache.fail(number);
      this.#error = error;
      this.#tell();
    }
  }

  #arrived(list: List): void {
    this.#error = undefined;
    if (list === this.#next) {
      this.#shown?.leaving.abort();
      this.#shown = list;
      this.#next = undefined;
    }
    this.#tell();
  }

  #look(): FeedSnapshot {
    const list = this.#shown;
    const version = list?.cache.version ?? 0;
    if (this.#rows.list !== list || this.#rows.version !== version)
      this.#rows = {
        list,
        version,
        rowAt: (index) => list?.cache.rowAt(index),
        held: () => list?.cache.held() ?? [],
      };
    const { rowAt, held } = this.#rows;
    return {
      key: list?.key ?? '',
      rowCount: list === undefined ? 0 : rowsOf(list),
      counted: list?.counted,
      isNarrowed: list?.query.filter !== undefined,
      filterKey: JSON.stringify(list?.query.filter ?? null),
      text: list?.query.filter?.text ?? '',
      isLoading: list === undefined && this.#error === undefined,
      isPending: this.#next !== undefined && this.#error === undefined,
      error: this.#error,
      rowAt,
      held,
    };
  }

  #tell(): void {
    this.#snapshot = this.#look();
    for (const listener of this.#listeners) listener();
  }
}

/** Rows that can be reached; of a filtered list never more than the contract hands out. */
function rowsOf({ counted, least, query }: List): number {
  if (counted === undefined) return least;
  return query.filter === undefined ? counted.count : Math.min(counted.count, MOST_FILTERED);
}
