import { host } from './base.ts';
import { numberOf } from './numbers.ts';

export const fixityLists = {
  runs: host.fixity.runs.handler(({ context, input }) => context.reader.runs(input)),
  openFindings: host.fixity.openFindings.handler(({ context, input: { filter, ...page } }) =>
    context.reader.openFindingsPage({
      ...page,
      outcome: filter?.outcome,
      locationId: filter?.location === undefined ? undefined : numberOf('location', filter.location),
    }),
  ),
  findingCounts: host.fixity.findingCounts.handler(async ({ context }) => ({
    rows: await context.reader.findingCounts(),
  })),
};
