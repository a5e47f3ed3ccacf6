import type { AccessionResult } from '../../../shared/contract/accession.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { asFolderOf, type Options } from '../options.ts';
import { showAccession } from '../report/results.ts';
import { withHost } from '../with-host.ts';
import { addRightsOptions, given, provenance, RIGHTS_MISSING, rightsOf } from './accession.ts';
import { oneName } from './agent-add.ts';

export const appraiseAccept: CliCommand = {
  name: 'appraise accept',
  summary: 'accept what was offered: it is taken into custody',
  description:
    'Records that an appraisal was accepted, by whom and why, and takes what was surveyed into custody as an accession. Title and ' +
    'source stand as they were said at the survey, unless they are said again. Interrupted, the same command goes on.',
  examples: [
    {
      does: 'Accepted, with its deed',
      line: 'appraise accept appraisal-1 --reason "Within our collecting policy" --rights-basis other --rights-note "Deed of gift, 2026"',
    },
  ],
  define(command) {
    command
      .argument('[ID]', 'id of an appraisal')
      .option('--reason <TEXT>', 'why it is accepted (required)')
      .option('--title <TITLE>', 'what the accession is called, if not as the offer');
    addRightsOptions(command);
    command
      .option('--collection <NAME>', 'the collection it belongs to')
      .option('--to <LOCATION>', 'copy the files into this managed location, as a sealed BagIt bag')
      .option('--as-folder', 'take a bag as an ordinary folder: it is not judged, its digests are not used');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const id = oneName(words, 'Name one appraisal, such as appraisal-1.');
    const rightsBasis = rightsOf(options);
    if (rightsBasis === undefined) throw new UsageError(RIGHTS_MISSING, 'RIGHTS_REQUIRED');
    const input = {
      id,
      reason: reasonOf(options),
      rightsBasis,
      rightsNote: options.text('rightsNote') ?? '',
      ...provenance(options),
      ...given('title', options.text('title')),
      ...given('collection', options.text('collection')),
      ...given('to', options.text('to')),
      ...asFolderOf(options),
    };
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () => client.appraisals.accept(input));
        const result = job.result as AccessionResult;
        output.json({ ...result, job: job.id, appraisal: id });
        return showAccession(output, job, result);
      },
      { scan: 'ahead', read: 'all' },
    );
  },
};

export function reasonOf(options: Options): string {
  const reason = options.text('reason')?.trim() ?? '';
  if (reason === '') throw new UsageError('A decision needs its reason: --reason TEXT. Nothing was decided.');
  return reason;
}
