import { join } from 'node:path';
import { utf8Path } from '../../../shared/domain/path.ts';
import { exportLog } from '../../core/events/export-log.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

export const events = {
  list: host.events.list.handler(({ context, input }) => context.reader.events(input)),
  get: host.events.get.handler(async ({ context, input }) =>
    found('event', input.id, await context.reader.event(numberOf('event', input.id))),
  ),
  export: host.events.export.handler(({ context, input }) =>
    exportLog(
      context.reader,
      context.exports,
      utf8Path(join(context.archivePath, 'exports')),
      input.filter ?? {},
    ),
  ),
  verify: host.events.verify.handler(({ context }) => context.reader.verifyLog()),
};
