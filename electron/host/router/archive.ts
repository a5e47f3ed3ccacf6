import { host } from './base.ts';

export const archive = {
  info: host.archive.info.handler(({ context }) => context.reader.archive()),
  status: host.archive.status.handler(({ context }) => context.reader.status(Date.now())),
};
