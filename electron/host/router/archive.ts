import { updatePolicy } from '../../core/archive/update-policy.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';

export const archive = {
  info: host.archive.info.handler(({ context }) => context.reader.archive()),
  me: host.archive.me.handler(({ context }) => ({ name: context.agent.name })),
  status: host.archive.status.handler(async ({ context }) => {
    const status = await context.reader.status(Date.now());
    const problems = context.keeper?.problems ?? [];
    return problems.length === 0 ? status : { ...status, copyProblems: [...problems] };
  }),
  breakdown: host.archive.breakdown.handler(({ context }) => context.reader.breakdown()),
  changes: host.archive.changes.handler(({ context, signal }) => context.changes.watch(signal)),
  updatePolicy: host.archive.updatePolicy.handler(({ context, input }) =>
    updatePolicy(writable(context), input, context.agent),
  ),
};
