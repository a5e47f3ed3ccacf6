import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const jobsCancel: CliCommand = {
  name: 'jobs cancel',
  summary: 'give up an interrupted job',
  description:
    'Closes a job that is not to go on. What it has recorded stays recorded; a cancelled accession keeps what was taken ' +
    'into custody until then.',
  examples: [{ does: 'Give it up', line: 'jobs cancel job-3' }],
  define(command) {
    command.argument('<JOB>', 'its id');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const id = textOf(words[0] ?? '', 'The job');
    return withHost(invocation, 'write', async (client) => {
      const job = await client.jobs.cancel({ id });
      output.json({ job });
      output.lines(`${clean(job.title)} (${job.id}) is ${job.state}. What it had recorded stays recorded.`);
      return EXIT.done;
    });
  },
};
