import { useCallback } from 'react';
import type { DescriptionTarget } from '../../../shared/contract/description.ts';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { useClient } from '../../client/index.ts';
import type { Counted } from './holdings-feed.ts';
import { filterOf, sortOf, type HoldingsSearch } from './holdings-search.ts';
import { idsOf, MOST_IDS, scopeOfView, type Kind } from './scope.ts';

const PAGE = 1000;

/** What an act over many is about: the rows that are chosen, or the whole list where none is. */
export interface ActScope {
  readonly search: HoldingsSearch;
  readonly counted: Counted | undefined;
  readonly chosen: readonly Holding[];
}

export type Named =
  | { readonly target: DescriptionTarget; readonly rows: readonly Holding[] }
  | { readonly all: true }
  | { readonly tooMany: true };

/** Names a scope to the host; gathers the rows of a filtered list, which no other word describes. */
export function useNamedScope(): (scope: ActScope, kind: Kind, canNameAll?: boolean) => Promise<Named> {
  const client = useClient();
  return useCallback(
    async ({ search, counted, chosen }, kind, canNameAll = false) => {
      if (chosen.length > 0) {
        const ids = idsOf(chosen, kind);
        return ids.length > MOST_IDS ? { tooMany: true } : { target: { ids }, rows: chosen };
      }
      const filter = filterOf(search);
      const scope = scopeOfView(filter, counted?.count ?? Infinity, canNameAll);
      switch (scope.by) {
        case 'all':
          return { all: true };
        case 'tooMany':
          return { tooMany: true };
        case 'target':
          return { target: scope.target, rows: [] };
        case 'rows': {
          const { column: sort, direction } = sortOf(search);
          const rows: Holding[] = [];
          for (let offset = 0; offset < MOST_IDS; offset += PAGE) {
            const page = await client.holdings.list({
              ...(filter !== undefined && { filter }),
              sort,
              direction,
              offset,
              limit: PAGE,
            });
            rows.push(...page.rows);
            if (page.next === null) break;
          }
          return { target: { ids: idsOf(rows, kind) }, rows };
        }
      }
    },
    [client],
  );
}

/** Titles of rows and of their items, for what is said about them. */
export function titlesOf(rows: readonly Holding[]): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(({ id, title, item, itemTitle }) => [[id, title] as const, [item, itemTitle] as const]),
  );
}
