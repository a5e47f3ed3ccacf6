import {
  addSchedule,
  listSchedules,
  removeSchedule,
  setPaused,
  shown,
} from '../../core/schedules/schedules.ts';
import { writable, type HostContext } from '../context.ts';
import type { Scheduler } from '../scheduler.ts';
import { host } from './base.ts';
import { startScheduled } from './fixity.ts';

export const schedules = {
  list: host.schedules.list.handler(async ({ context }) => ({
    rows: await listSchedules(context.reader, Date.now()),
    next: null,
  })),
  add: host.schedules.add.handler(({ context, input }) =>
    addSchedule(writable(context), input, context.agent, Date.now()),
  ),
  pause: host.schedules.pause.handler(({ context, input }) =>
    setPaused(writable(context), input.name, true, context.agent, Date.now()),
  ),
  resume: host.schedules.resume.handler(({ context, input }) =>
    setPaused(writable(context), input.name, false, context.agent, Date.now()),
  ),
  remove: host.schedules.remove.handler(({ context, input }) =>
    removeSchedule(writable(context), input.name, context.agent, Date.now()),
  ),
  due: host.schedules.due.handler(async ({ context }) => {
    const now = Date.now();
    const due = await requireScheduler(context).due(now);
    return { rows: due.map(({ schedule }) => shown(schedule, now)), next: null };
  }),
  run: host.schedules.run.handler(({ context, input }) => {
    return requireScheduler(context).run(input.name, (schedule) => startScheduled(context, schedule));
  }),
};

/** @throws HoldfastError ARCHIVE_READ_ONLY */
function requireScheduler(context: HostContext): Scheduler {
  const { scheduler } = context;
  if (scheduler !== undefined) return scheduler;
  writable(context);
  throw new Error('an archive that can be written has a scheduler');
}
