import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EventFilter } from '../../../shared/contract/events.ts';
import type { EventSummary } from '../../../shared/contract/holdings.ts';
import { callErrorOf, useClient, type CallError } from '../../client/index.ts';

const PAGE = 200;

export interface EventList {
  readonly rows: readonly EventSummary[];
  /** Whether older ones follow. */
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: CallError | undefined;
  /** Asks for older ones when the end of what is known comes near. */
  readonly reach: (last: number) => void;
  readonly retry: () => void;
}

/** The log, newest first, a page more whenever its end is near. */
export function useEventList(filter: EventFilter | undefined): EventList {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: ['events', 'list', { pages: filter ?? {} }],
    queryFn: ({ pageParam }) =>
      client.events.list({
        limit: PAGE,
        ...(filter === undefined ? {} : { filter }),
        ...(pageParam === undefined ? {} : { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  return {
    rows,
    hasMore: query.hasNextPage,
    isLoading: query.isPending,
    error: query.error === null ? undefined : callErrorOf(query.error),
    reach: (last) => {
      if (query.hasNextPage && !query.isFetching && last >= rows.length - PAGE / 4)
        query.fetchNextPage().catch(() => undefined);
    },
    retry: () => {
      query.refetch().catch(() => undefined);
    },
  };
}
