import {
  listItems,
  mergeItems,
  moveParts,
  orderParts,
  relate,
  setRole,
  splitItem,
  tracksOf,
} from '../../core/structure/items.ts';
import { regroup } from '../../core/structure/regroup.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const items = {
  list: host.items.list.handler(({ context, input }) => listItems(context.reader, input, input)),
  split: host.items.split.handler(({ context, input }) => splitItem(writable(context), input, context.agent)),
  merge: host.items.merge.handler(({ context, input }) =>
    mergeItems(writable(context), input, context.agent),
  ),
  move: host.items.move.handler(({ context, input }) => moveParts(writable(context), input, context.agent)),
  order: host.items.order.handler(({ context, input }) =>
    orderParts(writable(context), input, context.agent),
  ),
  role: host.items.role.handler(({ context, input }) => setRole(writable(context), input, context.agent)),
  relate: host.items.relate.handler(({ context, input }) =>
    relate(writable(context), 'relate', input, context.agent),
  ),
  unrelate: host.items.unrelate.handler(({ context, input }) =>
    relate(writable(context), 'unrelate', input, context.agent),
  ),
  tracks: host.items.tracks.handler(async ({ context, input }) => ({
    rows: await tracksOf(context.reader, input.id),
    next: null,
  })),
  regroup: host.items.regroup.handler(({ context, input }) =>
    regroup(
      { reader: context.reader, tables: context.tables, writing: () => writable(context) },
      input,
      context.agent,
    ),
  ),
};
