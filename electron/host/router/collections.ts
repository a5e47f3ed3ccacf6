import {
  addCollection,
  assignAccession,
  findCollection,
  listCollections,
  moveCollection,
  renameCollection,
} from '../../core/structure/collections.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const collections = {
  list: host.collections.list.handler(async ({ context, input }) => ({
    rows: await listCollections(context.reader, input.under),
    next: null,
  })),
  get: host.collections.get.handler(({ context, input }) => findCollection(context.reader, input.collection)),
  add: host.collections.add.handler(({ context, input }) =>
    addCollection(writable(context), input, context.agent),
  ),
  rename: host.collections.rename.handler(({ context, input }) =>
    renameCollection(writable(context), input, context.agent),
  ),
  move: host.collections.move.handler(({ context, input }) =>
    moveCollection(writable(context), input, context.agent),
  ),
  assign: host.collections.assign.handler(({ context, input }) =>
    assignAccession(writable(context), input, context.agent),
  ),
};
