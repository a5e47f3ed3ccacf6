import { HoldfastError } from '../../../shared/domain/errors.ts';
import { pathFromJson } from '../../../shared/domain/path.ts';
import { host } from './base.ts';

export const holdings = {
  list: host.holdings.list.handler(({ context, input }) =>
    context.reader.holdings(input.sort, input.direction, input),
  ),

  search: host.holdings.search.handler(async ({ context, input }) => {
    const { rows, capped } = await context.reader.search(input.text, input.limit);
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
};
