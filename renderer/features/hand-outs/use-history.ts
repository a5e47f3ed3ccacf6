import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callErrorOf, useClient, type CallError } from '../../client/index.ts';
import { historyRows, type HistoryRow, type Known } from './history-rows.ts';
import { quietly } from './quietly.ts';

const PAGE = 200;
/** Packages have events of their own kinds, and are told by their record. */
const OTHERS = { type: 'exporting' } as const;

export interface History {
  readonly rows: readonly HistoryRow[];
  readonly isLoading: boolean;
  readonly error: CallError | undefined;
  /** Asks for older ones when the end of what is known comes near. */
  readonly reach: (last: number) => void;
  readonly retry: () => void;
}

/** Everything that was handed out, newest first, a page more whenever its end is near. */
export function useHistory(): History {
  const client = useClient();
  const packages = useList('handOuts', (page) => client.handOuts.list(page));
  const events = useList('events', (page) => client.events.list({ ...page, filter: OTHERS }));
  const rows = useMemo(() => historyRows(packages.known, events.known), [packages.known, events.known]);
  return {
    rows,
    isLoading: packages.isLoading || events.isLoading,
    error: packages.error ?? events.error,
    reach: (last) => {
      if (last < rows.length - PAGE / 4) return;
      packages.more();
      events.more();
    },
    retry: () => {
      packages.retry();
      events.retry();
    },
  };
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

function useList<Row>(
  service: string,
  ask: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Row>>,
) {
  const query = useInfiniteQuery({
    queryKey: [service, 'list', { pages: OTHERS }],
    queryFn: ({ pageParam }) =>
      ask({ limit: PAGE, ...(pageParam === undefined ? {} : { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = query.data?.pages;
  const hasMore = query.hasNextPage;
  const known = useMemo(
    (): Known<Row> => ({ rows: pages?.flatMap((page) => page.rows) ?? [], hasMore }),
    [pages, hasMore],
  );
  return {
    known,
    isLoading: query.isPending,
    error: query.error === null ? undefined : callErrorOf(query.error),
    more: () => {
      if (hasMore && !query.isFetching) quietly(query.fetchNextPage());
    },
    retry: () => quietly(query.refetch()),
  };
}
