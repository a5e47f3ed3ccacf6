import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { showStatus } from '../report/status.ts';
import { collectionTotals } from './collection-show.ts';
import { withHost } from '../with-host.ts';

export const status: CliCommand = {
  name: 'status',
  summary: 'what is held, how sound it is, what is due',
  description:
    'Tells how much is in custody, what was verified and when, what is due, and what needs a person. Exits 1 while findings ' +
    'are open or a job is unfinished.',
  examples: [
    { does: 'How the archive stands', line: 'status' },
    { does: 'The number of open findings, for a script', line: 'status --json | jq .openFindings' },
  ],
  define(command) {
    command.option('--collection <COLLECTION>', 'only the totals of this one and all below it');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const word = invocation.options.text('collection');
      if (word !== undefined) return collectionTotals(invocation, client, word);
      const now = await client.archive.status();
      invocation.output.json({ ...now });
      showStatus(invocation.output, now);
      return statusExit(now);
    }),
};

/** Findings, unfinished jobs and deletions that wait for a place are a person's to see to. What is due, or a gap, is an advisory. */
export function statusExit(
  now: Pick<ArchiveStatus, 'openFindings' | 'openJobs' | 'pendingDeletions'>,
): number {
  return now.openFindings + now.openJobs + now.pendingDeletions > 0 ? EXIT.attention : EXIT.done;
}
