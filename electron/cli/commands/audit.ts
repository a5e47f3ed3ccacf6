import type { AuditResult } from '../../../shared/contract/fixity.ts';
import type { CliCommand } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { showAudit } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const audit: CliCommand = {
  name: 'audit',
  summary: 'verify copies by reading them',
  description:
    'Reads every copy, the longest unverified first, and compares it with its recorded digest. What differs is a finding for ' +
    'a person to decide on; nothing is changed or deleted. A location that cannot be reached is not checked, never missing. ' +
    'Stopped, it goes on where it was when it is run again.',
  examples: [
    { does: 'Everything', line: 'audit' },
    { does: 'One location, for a script', line: 'audit --location "Studio NAS" --json' },
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
          client.fixity.audit(location === undefined ? {} : { location }),
        );
        const result = job.result as AuditResult;
        output.json({ ...result, job: job.id });
        return showAudit(output, result);
      },
      ['read'],
    );
  },
};
