import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { callErrorOf, type CallError } from '../../client/index.ts';

const PAGE = 200;

export interface PagedList<Row> {
  readonly rows: readonly Row[];
  readonly rowAt: (index: number) => Row | undefined;
  /** Whether older ones follow. */
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: CallError | undefined;
  /** Asks for older ones when the end of what is known comes near. */
  readonly reach: (last: number) => void;
  readonly retry: () => void;
}

/** A list of the contract, newest first, a page more whenever the end is near. `queryKey` begins with its service. */
export function usePages<Row>(
  queryKey: QueryKey,
  ask: (
    page: { readonly limit: number; readonly cursor?: string },
    signal: AbortSignal,
  ) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>,
): PagedList<Row> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      ask({ limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => previous,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const rowAt = useCallback((index: number) => rows[index], [rows]);
  return {
    rows,
    rowAt,
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
