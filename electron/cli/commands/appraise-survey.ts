import type { AppraisalResult } from '../../../shared/contract/appraisals.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { collect } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { nextActs } from '../report/appraisals.ts';
import { showSurvey } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const appraiseSurvey: CliCommand = {
  name: 'appraise survey',
  summary: 'look at what is offered, and keep what was found for a decision',
  description:
    'Surveys folders that are offered to the archive and records an open appraisal: formats, problems, duplicates, and what would be ' +
    'refused. Nothing is taken into custody; only an acceptance begins an accession. "appraise PATH" is the same.',
  examples: [
    {
      does: 'An offer',
      line: 'appraise ~/offers/miller --title "Miller tapes" --source "A. Miller, by letter of 3 May"',
    },
  ],
  isDefault: true,
  define(command) {
    command
      .argument('[PATH...]', 'folders')
      .option('--title <TITLE>', 'what the offer is called (required)')
      .option('--source <TEXT>', 'who offers it')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const paths = pathsFrom(words, options.list('pathBase64'));
    const title = options.text('title')?.trim() ?? '';
    if (title === '')
      throw new UsageError('An appraisal needs a title: --title TITLE. Nothing was surveyed.');
    const source = options.text('source')?.trim() ?? '';
    const input = { paths, title, ...(source === '' ? {} : { source }) };
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () => client.appraisals.survey(input));
        const result = job.result as AppraisalResult;
        output.json({ ...result });
        const exit = showSurvey(output, job, result);
        output.lines('', `Recorded as ${result.appraisal}, to be decided:`, ...nextActs(result.appraisal));
        return exit;
      },
      { scan: 'ahead', read: 'all' },
    );
  },
};
