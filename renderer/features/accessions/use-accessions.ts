import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { Item } from '../../../shared/contract/items.ts';
import { callErrorOf, useClient, type CallError } from '../../client/index.ts';

const PAGE = 500;

interface Loaded<Row> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly error: CallError | undefined;
  readonly retry: () => void;
}

/** All accessions: there are hundreds or thousands, so the list is searched and sorted here. */
export function useAllAccessions(): Loaded<Accession> {
  const client = useClient();
  const query = useInfiniteQuery({
    // The first word is the topic that tells of changes.
    queryKey: ['accession', 'list', 'all'],
    queryFn: ({ pageParam, signal }) =>
      client.accession.list(
        { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data, error, refetch } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && error === null) fetchNextPage().catch(() => undefined);
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return {
    rows,
    isLoading: query.isLoading,
    error: error === null ? undefined : callErrorOf(error),
    retry: () => {
      refetch().catch(() => undefined);
    },
  };
}

/** The items of an accession as far as they are looked at. */
export function useItems(accession: string): Loaded<Item> & { readonly reach: (last: number) => void } {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: ['items', 'list', { accession }],
    queryFn: ({ pageParam, signal }) =>
      client.items.list(
        { accession, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data, error, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return {
    rows,
    isLoading: query.isLoading,
    error: error === null ? undefined : callErrorOf(error),
    retry: () => {
      refetch().catch(() => undefined);
    },
    reach: (last) => {
      if (last >= rows.length - 1 && hasNextPage && !isFetchingNextPage)
        fetchNextPage().catch(() => undefined);
    },
  };
}
