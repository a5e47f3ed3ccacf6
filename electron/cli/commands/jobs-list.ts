import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { moment } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { progressLine } from '../progress.ts';
import { withHost } from '../with-host.ts';

export const jobsList: CliCommand = {
  name: 'jobs list',
  summary: 'list the jobs, newest first',
  description:
    'Lists long acts: accessions, audits, rescans and surveys, with how they stand. An interrupted one can be resumed.',
  examples: [{ does: 'All jobs', line: 'jobs list' }],
  define: addListOptions,
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const page = await listPages(invocation, (request) => client.jobs.list(request));
      if (page.rows.length === 0) output.lines('There is no job yet.');
      else
        output.lines(
          ...table(
            page.rows,
            [
              { title: 'Id', of: (job) => job.id },
              { title: 'Kind', of: (job) => job.kind },
              { title: 'State', of: (job) => job.state },
              { title: 'Begun', of: (job) => moment(job.createdAt) },
              { title: 'Title', of: (job) => job.title, shrinkTo: 20 },
              {
                title: 'Progress',
                of: (job) => (job.state === 'done' ? '' : progressLine(job.progress)),
                shrinkTo: 16,
              },
            ],
            output.width,
          ),
        );
      nextPage(invocation, page);
      return EXIT.done;
    }),
};
