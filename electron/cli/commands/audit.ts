import type { AuditResult } from '../../../shared/contract/fixity.ts';
import type { CliCommand } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { budgetOf } from '../options.ts';
import { showAudit } from '../report/results.ts';
import { addSummaryOption, summaryFile, writeSummary } from '../summary-file.ts';
import { withHost } from '../with-host.ts';

export const audit: CliCommand = {
  name: 'audit',
  summary: 'verify copies by reading them',
  description:
    'Reads every copy, the longest unverified first, and compares it with its recorded digest. What differs is a finding for ' +
    'a person to decide on; nothing is changed or deleted. A location that cannot be reached is not checked, never missing. ' +
    'Of a tape, what is chosen is read in the order in which it lies there. ' +
    'Stopped, it goes on where it was when it is run again. --oldest and --share plan less: what they plan is the whole run. --time and ' +
    '--bytes end a run before its plan; what is left was not checked, stays due, and the exit code is 1. Files are read through the ' +
    "system's cache unless --direct asks to read past it; the record of the run says whether bytes may have come from memory.",
  examples: [
    { does: 'Everything', line: 'audit' },
    {
      does: 'A twelfth, the longest unverified: once a month verifies all within a year',
      line: 'audit --share 1/12',
    },
    { does: 'Every night, as far as half an hour goes', line: 'audit --time 30m --read-limit 50M' },
    { does: 'With a page for whoever was not there', line: 'audit --summary audit.html' },
    { does: 'One location, for a script', line: 'audit --location "Studio NAS" --json' },
  ],
  define(command) {
    command
      .option('--location <L>', 'only this location: its id or its name')
      .option('--oldest <N>', 'only so many copies, the longest unverified')
      .option('--share <S>', 'only a share of the copies in reach, the longest unverified: 0.25, 25% or 1/4')
      .option('--time <T>', 'stop after this long, when the files being read are done: 30m, 2h, 1h30m')
      .option('--bytes <B>', 'stop before the file that would pass so many bytes: 500G')
      .option('--read-limit <RATE>', 'read no faster than this many bytes a second: 50M')
      .option('--direct', "read past the system's cache where it lets one");
    addSummaryOption(command);
  },
  async run(invocation) {
    const { options, output } = invocation;
    const location = options.text('location');
    const budget = budgetOf(options);
    const summary = summaryFile(options);
    const input = {
      ...(location === undefined ? {} : { location }),
      ...(Object.keys(budget).length === 0 ? {} : { budget }),
      ...(options.flag('direct') ? { direct: true } : {}),
    };
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () => client.fixity.audit(input));
        const result = job.result as AuditResult;
        const written = await writeSummary(client, summary, [job.id]);
        output.json({ ...result, job: job.id, ...written });
        return showAudit(output, result);
      },
      { read: 'all' },
    );
  },
};
