import { useCallback, useEffect } from 'react';
import { usePreference, useRuntime } from './hooks.tsx';
import { remembered } from './preference-store.ts';

/** Filters and order that a list was left with, as its address said them. It is JSON from a file: its page reads it with care. */
export type LeftSearch = Readonly<Record<string, unknown>>;

const NOTHING: LeftSearch = {};
const keyOf = (list: string): string => `search.${list}`;

/** What a list was left with, for a link that leads back to it. */
export function useLeftSearch(list: string): LeftSearch {
  return usePreference(keyOf(list), NOTHING)[0];
}

/** The same for whoever goes somewhere only now and then, and is not drawn anew for it. */
export function useLeftSearches(): (list: string) => LeftSearch {
  const { preferences, queries } = useRuntime();
  return useCallback(
    (list) => {
      const key = keyOf(list);
      const kept = queries.getQueryData<{ readonly value: unknown }>(['preferences', 'get', { key }]);
      return remembered((preferences.pending(key) ?? kept)?.value, NOTHING);
    },
    [preferences, queries],
  );
}

/**
 * Remembers what the address of a list says, so that whoever comes back finds it as it was left.
 * @param search undefined where the address is that of one thing, and says nothing of the list
 */
export function useLeaveSearch(list: string, search: object | undefined): void {
  const { preferences } = useRuntime();
  const leftSearches = useLeftSearches();
  const said = search === undefined ? undefined : JSON.stringify(search);
  // Only where this address changes: two windows that each answered the other's would never rest.
  useEffect(() => {
    if (said !== undefined && JSON.stringify(leftSearches(list)) !== said)
      preferences.set(keyOf(list), JSON.parse(said));
  }, [preferences, leftSearches, list, said]);
}
