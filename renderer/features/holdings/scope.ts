/** What a bulk edit or an export is about: chosen rows, or everything that the list shows. */
import type { DescriptionTarget } from '../../../shared/contract/description.ts';
import type { Holding, HoldingsFilter } from '../../../shared/contract/holdings.ts';

/** What the contract takes by ids. */
export const MOST_IDS = 10_000;

export type Kind = 'item' | 'part';

/** How the list itself can be named to the host. */
export type ViewScope =
  /** Everything in the archive. */
  | { readonly by: 'all' }
  | { readonly by: 'target'; readonly target: DescriptionTarget }
  /** Its rows have to be gathered and named one by one. */
  | { readonly by: 'rows' }
  | { readonly by: 'tooMany' };

/**
 * A list by one accession or one collection is named as such, since it may be longer than any list of ids.
 * @param canNameAll whether the act knows a word for everything in the archive
 */
export function scopeOfView(
  filter: HoldingsFilter | undefined,
  count: number,
  canNameAll: boolean,
): ViewScope {
  if (filter === undefined && canNameAll) return { by: 'all' };
  const keys = Object.keys(filter ?? {});
  if (keys.length === 1 && filter?.accession !== undefined)
    return { by: 'target', target: { accession: filter.accession } };
  if (keys.length === 1 && filter?.collection !== undefined)
    return { by: 'target', target: { collection: filter.collection } };
  return count <= MOST_IDS ? { by: 'rows' } : { by: 'tooMany' };
}

/** Rows as ids of what is to be described: themselves, or the items that they are parts of, each once. */
export function idsOf(rows: Iterable<Holding>, kind: Kind): string[] {
  const ids = new Set<string>();
  for (const row of rows) ids.add(kind === 'item' ? row.item : row.id);
  return [...ids];
}

/** The items of some rows with their titles, in the order of the rows. */
export function itemsOf(rows: Iterable<Holding>): { readonly id: string; readonly title: string }[] {
  const items = new Map<string, string>();
  for (const { item, itemTitle } of rows) items.set(item, itemTitle);
  return Array.from(items, ([id, title]) => ({ id, title }));
}
