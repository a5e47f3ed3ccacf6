import { addLocation, checkLocations, relinkLocation } from '../../core/locations/locations.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const locations = {
  list: host.locations.list.handler(async ({ context }) => ({
    rows: await context.reader.locations(),
    next: null,
  })),
  add: host.locations.add.handler(({ context, input }) =>
    addLocation(writable(context), context.files, context.store, input, context.agent),
  ),
  check: host.locations.check.handler(async ({ context, input }) => ({
    rows: await checkLocations(context.reader, context.files, input.location),
    next: null,
  })),
  relink: host.locations.relink.handler(({ context, input }) =>
    relinkLocation(writable(context), context.files, input.location, input.path, context.agent),
  ),
};
