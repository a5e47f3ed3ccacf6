import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { HoldingsFilter } from '../../../shared/contract/holdings.ts';
import { pathFromJson } from '../../../shared/domain/path.ts';
import type { HoldingsNarrowing } from '../../core/ports/holdings-list.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

export const holdings = {
  list: host.holdings.list.handler(({ context, signal, input: { sort, direction, filter, ...page } }) =>
    context.reader.holdings(sort, direction, { ...page, filter: narrowing(filter) }, signal),
  ),

  count: host.holdings.count.handler(({ context, input }) =>
    context.reader.holdingsCount(narrowing(input.filter)),
  ),

  search: host.holdings.search.handler(async ({ context, signal, input }) => {
    const { rows, capped } = await context.reader.search(input.text, input.limit, signal);
    return { rows, capped, next: null };
  }),

  show: host.holdings.show.handler(async ({ context, input }) => {
    const entity =
      (input.id === undefined ? undefined : await context.reader.entity(input.id)) ??
      (input.path === undefined ? undefined : await context.reader.entityAt(pathFromJson(input.path)));
    if (entity !== undefined) return entity;
    throw new HoldfastError(
      'NOT_FOUND',
      `Nothing in this archive goes by ${JSON.stringify(input.id ?? input.path?.display ?? '')}. ` +
        'Give an id such as item-12, the number of an accession, a SHA-256, or the path of a file in custody; find it with: holdfast search WORDS',
    );
  }),

  history: host.holdings.history.handler(async ({ context, input }) =>
    found('replica', input.id, await context.reader.replicaHistory(numberOf('replica', input.id))),
  ),
};

/** Undefined where nothing narrows: the whole list has an order of its own. */
function narrowing(filter: HoldingsFilter | undefined): HoldingsNarrowing | undefined {
  if (filter === undefined) return undefined;
  const { collection, accession, item, location, text, ...rest } = filter;
  const narrowed: HoldingsNarrowing = {
    ...rest,
    // What was only begun to be typed narrows nothing.
    ...(text !== undefined && text.trim() !== '' && { text }),
    ...(collection !== undefined && { collectionId: numberOf('collection', collection) }),
    ...(accession !== undefined && { accessionId: numberOf('accession', accession) }),
    ...(item !== undefined && { itemId: numberOf('item', item) }),
    ...(location !== undefined && { locationId: numberOf('location', location) }),
  };
  return Object.values(narrowed).some((value) => value !== undefined) ? narrowed : undefined;
}
