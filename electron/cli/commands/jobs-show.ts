import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { count, moment } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { capitalise, clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { progressLine } from '../progress.ts';
import { withHost } from '../with-host.ts';

export const jobsShow: CliCommand = {
  name: 'jobs show',
  summary: 'one job, and all that went wrong or was left out',
  description: 'Shows how a job stands, and every refusal, problem and advisory of it with its path.',
  examples: [
    { does: 'One job', line: 'jobs show job-3' },
    {
      does: 'Paths of its problems, for a script',
      line: 'jobs show job-3 --json | jq -r ".problems.rows[].path"',
    },
  ],
  define(command) {
    command
      .argument('<JOB>', 'its id')
      .option('--limit <N>', 'at most so many problems (1 to 1000; default 100)')
      .option('--cursor <NEXT>', 'go on where the problems ended: their "next"');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const id = textOf(words[0] ?? '', 'The job');
    const limit = options.number('limit', 1, 1000) ?? 100;
    const cursor = options.text('cursor');
    return withHost(invocation, 'read', async (client) => {
      const job = await client.jobs.get({ id });
      const problems = await client.jobs.problems({ id, limit, ...(cursor === undefined ? {} : { cursor }) });
      output.json({ job, problems });
      output.lines(
        output.heading(clean(job.title)),
        ...facts(
          [
            ['Id', job.id],
            ['Kind', job.kind],
            ['State', job.state],
            ['Agent', clean(job.agent)],
            ['Begun', moment(job.createdAt)],
            ['Ended', job.finishedAt === undefined ? '' : moment(job.finishedAt)],
            ['Progress', progressLine(job.progress)],
            ['Error', clean(job.error?.message ?? '')],
          ],
          '  ',
        ),
      );
      if (job.state === 'interrupted' || job.state === 'paused')
        output.lines(`It can go on: holdfast jobs resume ${job.id}`);
      for (const row of problems.rows) {
        output.lines(
          `  ${capitalise(row.severity)}: ${clean(row.path.display)}`,
          `      ${clean(row.message)}`,
        );
      }
      if (problems.next !== null)
        output.note(
          `More than ${count(problems.rows.length)}: holdfast jobs show ${job.id} --cursor ${problems.next}`,
        );
      return EXIT.done;
    });
  },
};
