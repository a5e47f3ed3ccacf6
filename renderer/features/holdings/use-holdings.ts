import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useCall, useClient } from '../../client/index.ts';
import { HoldingsFeed, queryKey, type FeedSnapshot, type HoldingsQuery } from './holdings-feed.ts';
import { filterOf, sortOf, type HoldingsSearch } from './holdings-search.ts';

/** Milliseconds that an address has to come to what was asked ahead of it; then what it says holds. */
const AHEAD_MS = 5_000;

export interface HoldingsList extends FeedSnapshot {
  /** Asks the host for what the address is about to say: it looks while the router still draws. */
  readonly askAhead: (search: HoldingsSearch) => void;
  readonly onRangeChange: (first: number, last: number) => void;
  readonly refresh: () => void;
}

/** The rows of the list that an address asks for. */
export function useHoldings(search: HoldingsSearch): HoldingsList {
  const client = useClient();
  const queries = useQueryClient();
  const [feed] = useState(
    () =>
      new HoldingsFeed(async ({ filter, sort, direction }, offset, limit, signal) => {
        const asked = { sort, direction, offset, limit, ...(filter !== undefined && { filter }) };
        const { counted, ...page } = await client.holdings.list(asked, { signal });
        if (counted === undefined || offset > 0 || signal.aborted) return page;
        // It stands for an answer of `holdings.count`, which need not be asked then, and is asked again when something changes.
        const at = Date.now();
        queries.setQueryData(['holdings', 'count', { filter }], counted, { updatedAt: at });
        return { ...page, counted: { ...counted, at } };
      }),
  );
  const query = queryOf(search);
  const { filter } = query;
  const key = queryKey(query);
  const snapshot = useSyncExternalStore(feed.subscribe, feed.snapshot);
  // The first page of a narrowed list tells it; asked at once, the host would look for the rows twice side by side.
  const { data, dataUpdatedAt } = useCall('holdings', 'count', filter === undefined ? {} : { filter }, {
    enabled: filter === undefined || snapshot.key === key,
  });

  const latest = useRef(query);
  const ahead = useRef<{ readonly key: string; readonly late: ReturnType<typeof setTimeout> }>(undefined);
  useEffect(() => {
    latest.current = query;
  });
  useEffect(() => {
    // An address between this one and the one that was asked for is passed through only.
    if (ahead.current !== undefined && ahead.current.key !== key) return;
    clearTimeout(ahead.current?.late);
    ahead.current = undefined;
    feed.show(latest.current);
  }, [feed, key]);
  useEffect(() => {
    if (data !== undefined) feed.count(key, { ...data, at: dataUpdatedAt });
  }, [feed, key, data, dataUpdatedAt]);
  useEffect(
    () => () => {
      clearTimeout(ahead.current?.late);
      feed.stop();
    },
    [feed],
  );

  const [acts] = useState(() => ({
    askAhead: (next: HoldingsSearch) => {
      const asked = queryOf(next);
      if (ahead.current === undefined && queryKey(asked) === queryKey(latest.current)) return;
      clearTimeout(ahead.current?.late);
      const late = setTimeout(() => {
        ahead.current = undefined;
        feed.show(latest.current);
      }, AHEAD_MS);
      ahead.current = { key: queryKey(asked), late };
      feed.show(asked);
    },
    onRangeChange: (first: number, last: number) => feed.range(first, last),
    refresh: () => feed.refresh(),
  }));
  return { ...snapshot, ...acts };
}

function queryOf(search: HoldingsSearch): HoldingsQuery {
  const { column: sort, direction } = sortOf(search);
  return { filter: filterOf(search), sort, direction };
}
