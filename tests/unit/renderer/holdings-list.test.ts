import { describe, expect, it } from 'vitest';
import type { Holding } from '../../../shared/contract/holdings.ts';
import {
  HoldingsFeed,
  queryKey,
  type CountedAt,
  type HoldingsQuery,
} from '../../../renderer/features/holdings/holdings-feed.ts';
import { PAGE_ROWS, PageCache } from '../../../renderer/features/holdings/page-cache.ts';

describe('PageCache', () => {
  const rows = (page: number) => Array.from({ length: PAGE_ROWS }, (_, i) => page * PAGE_ROWS + i);

  it('wants what is visible first, then what lies ahead of who scrolls, and each page once', () => {
    const cache = new PageCache<number>();
    expect(cache.wanted(0, 30, 10_000)).toEqual([0]);
    expect(cache.wanted(0, 30, 10_000)).toEqual([]);
    expect(cache.wanted(4, 34, 10_000)).toEqual([1, 2]);
    cache.fulfil(0, rows(0));
    expect(cache.rowAt(29)).toBe(29);
    expect(cache.rowAt(PAGE_ROWS)).toBeUndefined();
    expect(cache.wanted(3990, 4010, 10_000)).toEqual([39, 40, 41, 42, 38]);
    expect(cache.wanted(1000, 1010, 10_000)).toEqual([10, 9, 8, 11]);
  });

  it('never asks beyond the end', () => {
    const cache = new PageCache<number>();
    expect(cache.wanted(10, 500, 101)).toEqual([0, 1]);
    expect(new PageCache<number>().wanted(0, 0, 0)).toEqual([0]);
  });

  it('shows what is stale until it was read again', () => {
    const cache = new PageCache<number>();
    cache.wanted(0, 10, 200);
    cache.fulfil(0, rows(0));
    cache.markStale();
    expect(cache.rowAt(3)).toBe(3);
    expect(cache.wanted(0, 10, 200)).toEqual([0]);
  });

  it('does not hammer a host that is away', () => {
    const cache = new PageCache<number>();
    cache.wanted(0, 10, 200);
    cache.fail(0);
    expect(cache.wanted(0, 10, 200)).toEqual([]);
    cache.retry();
    expect(cache.wanted(0, 10, 200)).toEqual([0]);
  });

  it('forgets what was used longest ago', () => {
    const cache = new PageCache<number>(3);
    for (const page of [0, 1, 2, 3]) {
      for (const wanted of cache.wanted(page * PAGE_ROWS, page * PAGE_ROWS, 10_000))
        if (wanted === page) cache.fulfil(page, rows(page));
    }
    for (const page of [10, 11, 12]) {
      cache.wanted(page * PAGE_ROWS, page * PAGE_ROWS, 10_000);
      cache.fulfil(page, rows(page));
    }
    expect(cache.pages).toBe(3);
    expect(cache.rowAt(0)).toBeUndefined();
    expect(cache.rowAt(12 * PAGE_ROWS)).toBe(12 * PAGE_ROWS);
  });
});

const holding = (id: number): Holding => ({
  id: `part-${id}`,
  item: `item-${id}`,
  itemTitle: '',
  accession: '2026-1',
  role: 'preservation master',
  kind: 'audio',
  title: `Tape ${id}`,
  artist: '',
  album: '',
  date: '',
  format: 'WAVE',
  durationMs: 0,
  size: 1,
  sha256: 'ab',
  replicas: 1,
  path: { display: '/x' },
  location: 'loc-1',
  outcome: 'intact',
  status: 'held',
});

interface Asked {
  readonly query: HoldingsQuery;
  readonly offset: number;
  readonly signal: AbortSignal;
  readonly answer: (from: number, count: number, next?: string | null, counted?: CountedAt) => Promise<void>;
  readonly refuse: () => Promise<void>;
}

function feedOf(): { feed: HoldingsFeed; asked: Asked[] } {
  const asked: Asked[] = [];
  const feed = new HoldingsFeed((query, offset, _limit, signal) => {
    return new Promise((resolve, reject) => {
      asked.push({
        query,
        offset,
        signal,
        answer: async (from, count, next = null, counted) => {
          resolve({ rows: Array.from({ length: count }, (_, i) => holding(from + i)), next, counted });
          await settled();
        },
        refuse: async () => {
          reject(new Error('the host is away'));
          await settled();
        },
      });
    });
  });
  return { feed, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const query = (text?: string): HoldingsQuery => ({
  filter: text === undefined ? undefined : { text },
  sort: 'added',
  direction: 'ascending',
});

function nth(asked: readonly Asked[], at: number): Asked {
  const found = asked.at(at);
  if (found === undefined) throw new Error('that was not asked');
  return found;
}

describe('HoldingsFeed', () => {
  it('keeps what is shown until the first page of another list is here', async () => {
    const { feed, asked } = feedOf();
    feed.show(query());
    expect(feed.snapshot().isLoading).toBe(true);
    await nth(asked, 0).answer(0, 200, 'more');
    feed.count(queryKey(query()), { count: 1000, capped: false, at: 1 });
    expect(feed.snapshot()).toMatchObject({ rowCount: 1000, isLoading: false });

    feed.show(query('mil'));
    expect(feed.snapshot()).toMatchObject({ rowCount: 1000, isPending: true, isNarrowed: false });
    expect(feed.snapshot().rowAt(0)?.id).toBe('part-0');
    const first = nth(asked, -1);
    feed.show(query('miles'));
    expect(first.signal.aborted).toBe(true);
    await first.answer(900, 1);
    expect(feed.snapshot().rowAt(0)?.id).toBe('part-0');
    await nth(asked, -1).answer(500, 3);
    expect(feed.snapshot()).toMatchObject({ rowCount: 3, isPending: false, isNarrowed: true });
    expect(feed.snapshot().rowAt(0)?.id).toBe('part-500');
  });

  it('takes a count that came with the first page, and no second one of the same moment', async () => {
    const { feed, asked } = feedOf();
    feed.show(query('mil'));
    await nth(asked, 0).answer(0, 100, 'more', { count: 412, capped: false, at: 7 });
    expect(feed.snapshot()).toMatchObject({ rowCount: 412, counted: { count: 412, capped: false } });
    const { rowAt } = feed.snapshot();
    feed.count(queryKey(query('mil')), { count: 412, capped: false, at: 7 });
    expect(asked).toHaveLength(1);
    feed.show(query('miles'));
    // The rows that stand are the same, so that a table need not be drawn for what is only asked.
    expect(feed.snapshot().rowAt).toBe(rowAt);
    feed.count(queryKey(query('mil')), { count: 413, capped: false, at: 8 });
    expect(asked).toHaveLength(3);
  });

  it('never reaches further into a filtered list than the contract hands out', async () => {
    const { feed, asked } = feedOf();
    feed.show(query('a'));
    await nth(asked, 0).answer(0, 200, 'more');
    feed.count(queryKey(query('a')), { count: 50_000, capped: true, at: 1 });
    expect(feed.snapshot().rowCount).toBe(20_000);
    expect(feed.snapshot().counted).toEqual({ count: 50_000, capped: true });
  });

  it('reads again what is in sight when it is counted again, and shows the old rows meanwhile', async () => {
    const { feed, asked } = feedOf();
    feed.show(query());
    await nth(asked, 0).answer(0, 200, null);
    const key = queryKey(query());
    feed.count(key, { count: 200, capped: false, at: 1 });
    const before = asked.length;
    feed.count(key, { count: 200, capped: false, at: 1 });
    expect(asked.length).toBe(before);
    feed.count(key, { count: 200, capped: false, at: 2 });
    expect(asked.length).toBe(before + 1);
    expect(feed.snapshot().rowAt(5)?.id).toBe('part-5');
    await nth(asked, -1).answer(1000, 200, null);
    expect(feed.snapshot().rowAt(5)?.id).toBe('part-1005');
  });

  it('tells of a failure, keeps the rows, and asks again when told to', async () => {
    const { feed, asked } = feedOf();
    feed.show(query());
    await nth(asked, 0).refuse();
    expect(feed.snapshot()).toMatchObject({ isLoading: false, rowCount: 0 });
    expect(feed.snapshot().error).toBeInstanceOf(Error);
    feed.refresh();
    await nth(asked, -1).answer(0, 2, null);
    expect(feed.snapshot()).toMatchObject({ rowCount: 2, error: undefined });
  });
});
