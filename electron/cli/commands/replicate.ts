import type { ReplicationResult } from '../../../shared/contract/replication.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { rateOf } from '../options.ts';
import { showReplication } from '../report/replication.ts';
import { withHost } from '../with-host.ts';

export const replicate: CliCommand = {
  name: 'replicate',
  summary: 'copy accessions into a managed location',
  description:
    'Copies what is in custody into a managed location, each accrual as a sealed BagIt 1.0 bag. Every file is compared with ' +
    'its digest while it is read, read back from the copy, and only then recorded. What is there already is left alone; a copy ' +
    'that is damaged or out of reach is replaced by another one where there is one.',
  examples: [
    { does: 'One accession', line: 'replicate 2026-0001 --to "Deep store"' },
    { does: 'Everything, gently', line: 'replicate --all --to "Deep store" --limit 50M' },
  ],
  define(command) {
    command
      .argument('[ACCESSION]', 'its number or id')
      .option('--all', 'every accession in custody')
      .option('--to <LOCATION>', 'a managed location: its name or id (required)')
      .option('--limit <RATE>', 'copy no faster than this many bytes a second: 50M');
  },
  async run(invocation) {
    const { words, options, output } = invocation;
    const [accession, more] = words;
    const all = options.flag('all');
    if (more !== undefined || (accession === undefined) !== all)
      throw new UsageError('Name one accession, or --all.');
    const to = options.text('to');
    if (to === undefined) throw new UsageError('Say where to: --to LOCATION.');
    const input = { ...(accession === undefined ? {} : { accession }), to, ...rateOf(options) };
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () => client.replication.start(input));
        const result = job.result as ReplicationResult;
        output.json({ ...result, job: job.id });
        return showReplication(output, job, result);
      },
      { read: 'all' },
    );
  },
};
