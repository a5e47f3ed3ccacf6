import type { RescanResult } from '../../../shared/contract/fixity.ts';
import type { CliCommand } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { showRescan } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const rescan: CliCommand = {
  name: 'rescan',
  summary: 'find new, changed and gone files without reading everything',
  description:
    'Compares the locations with the catalogue by size, times and inode, and reads only what changed. It grants no custody: ' +
    'a new file is untracked, a changed one a finding, a gone one a candidate that an audit confirms.',
  examples: [
    { does: 'All locations', line: 'rescan' },
    { does: 'One location', line: 'rescan --location loc-2' },
  ],
  define(command) {
    command.option('--location <L>', 'only this location: its id or its name');
  },
  async run(invocation) {
    const { options, output } = invocation;
    const location = options.text('location');
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () =>
          client.fixity.rescan(location === undefined ? {} : { location }),
        );
        const result = job.result as RescanResult;
        output.json({ ...result, job: job.id });
        return showRescan(output, result);
      },
      { scan: 'alone', read: 'few' },
    );
  },
};
