import { host } from './base.ts';

export const events = {
  list: host.events.list.handler(({ context, input }) => context.reader.events(input)),
  verify: host.events.verify.handler(({ context }) => context.reader.verifyLog()),
};
