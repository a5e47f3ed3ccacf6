import type { Aside } from '../../../shared/contract/quarantine.ts';
import { useClient } from '../../client/index.ts';
import { usePages, type PagedList } from './use-pages.ts';

export type AsideList = PagedList<Aside>;

/** Damaged files that were set aside, newest first; with `all` those that were given back or removed too. */
export function useAsides(all: boolean): AsideList {
  const client = useClient();
  return usePages(['quarantine', 'list', { pages: all }], (page, signal) =>
    client.quarantine.list({ ...page, all }, { signal }),
  );
}
