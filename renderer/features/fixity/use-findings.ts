import type { Finding } from '../../../shared/contract/fixity.ts';
import { useClient } from '../../client/index.ts';
import { filterOf, type FixitySearch } from './fixity-search.ts';
import { usePages, type PagedList } from './use-pages.ts';

export type FindingList = PagedList<Finding>;

/** Open findings under a filter, newest first. */
export function useFindings(search: FixitySearch): FindingList {
  const client = useClient();
  const filter = filterOf(search);
  return usePages(['fixity', 'openFindings', { pages: filter ?? {} }], (page, signal) =>
    client.fixity.openFindings({ ...page, ...(filter === undefined ? {} : { filter }) }, { signal }),
  );
}
