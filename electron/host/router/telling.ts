import { pathFromJson, pathToJson } from '../../../shared/domain/path.ts';
import { changeTelling, tellingSettings } from '../../core/telling/settings.ts';
import { tellNothing, tellRuns } from '../../core/telling/tell-runs.ts';
import { summaryOfJob, writeSummary } from '../../core/telling/write-summary.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const telling = {
  get: host.telling.get.handler(({ context }) => tellingSettings(context.reader, context.telling.password)),
  set: host.telling.set.handler(({ context, input }) =>
    changeTelling(writable(context), context.telling.password, input, context.agent),
  ),
  test: host.telling.test.handler(async ({ context }) => {
    const { sentTo, warning } = await tellNothing(context.reader, context.telling, Date.now());
    return { sentTo: [...sentTo], ...(warning === undefined ? {} : { warning }) };
  }),
  tellRuns: host.telling.tellRuns.handler(async ({ context }) => {
    const told = await tellRuns(writable(context), context.telling, Date.now());
    return { rows: told.map((row) => ({ ...row, sentTo: [...row.sentTo] })) };
  }),
  summary: host.telling.summary.handler(({ context, input }) =>
    summaryOfJob(context.reader, input.job, Date.now()),
  ),
  writeSummary: host.telling.writeSummary.handler(async ({ context, input }) => ({
    path: pathToJson(
      await writeSummary(context.reader, context.exports, input.jobs, pathFromJson(input.path), Date.now()),
    ),
  })),
};
