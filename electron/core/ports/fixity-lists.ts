import type { FindingCount, Run } from '../../../shared/contract/fixity-lists.ts';
import type { Finding } from '../../../shared/contract/fixity.ts';
import type { Page, PageRequest } from './common.ts';

/** Lists of runs and of what waits for a decision. */
export interface FixityListReader {
  runs(page: PageRequest): Promise<Page<Run>>;
  openFindingsPage(
    page: PageRequest & { readonly locationId?: number | undefined; readonly outcome?: string | undefined },
  ): Promise<Page<Finding>>;
  findingCounts(): Promise<FindingCount[]>;
}
