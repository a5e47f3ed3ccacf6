import type { CliCommand } from '../command.ts';
import { runJob } from '../follow-job.ts';
import { textOf } from '../options.ts';
import { showJobResult } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const jobsResume: CliCommand = {
  name: 'jobs resume',
  summary: 'go on with an interrupted job',
  description: 'Goes on with a job that was paused or interrupted, from where it was, and tells its result.',
  examples: [{ does: 'Go on', line: 'jobs resume job-3' }],
  define(command) {
    command.argument('<JOB>', 'its id');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const id = textOf(words[0] ?? '', 'The job');
    return withHost(invocation, 'write', async (client) => {
      const job = await runJob(invocation, client, () => client.jobs.resume({ id }));
      output.json({ ...(job.result as Record<string, unknown>), job: job.id });
      return showJobResult(output, job);
    });
  },
};
