import type { DecisionResult } from '../../../shared/contract/decisions.ts';
import { RESOLUTIONS, type ResolutionWord } from '../../../shared/domain/deciding.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { addFindingSelection, decideIfAny, findingSelection } from '../finding-selection.ts';
import { runJob } from '../follow-job.ts';
import { showDecisionPreview, showNothingMeant, showResolution } from '../report/decisions.ts';
import { withHost } from '../with-host.ts';

export const findingsResolve: CliCommand = {
  name: 'findings resolve',
  summary: 'decide on findings without changing a file',
  description:
    'Each file is read again now, and only what is read decides. accept: what it holds becomes its new baseline; the digest ' +
    'so far stays on record, and a reason is asked for. In a sealed bag nothing is changed: a bag that succeeds it is made beside ' +
    'it, with the accepted files and all others as they were sealed; the one before stays until you remove it. moved: it is expected where its content is found among files in nobody’s ' +
    'custody (run a rescan first). false-alarm: only if it is intact now. What does not fit is left open, with its reason. ' +
    'To bring good copies back: recover. To end custody: deaccession.',
  examples: [
    {
      does: 'Tags were corrected on purpose',
      line: 'findings resolve find-12 find-13 --as accept --reason "Tags corrected by the cataloguer"',
    },
    {
      does: 'Which bags would be made for what was changed in sealed ones, and how much room they need',
      line: 'findings resolve --location Vault --outcome tags_changed --as accept --reason "Tags corrected" --dry-run',
    },
    {
      does: 'A share was mounted again, and all of its files are read',
      line: 'findings resolve --mass mass-1 --as false-alarm',
    },
    {
      does: 'What would be done with all missing files',
      line: 'findings resolve --outcome missing --as moved --dry-run',
    },
  ],
  define(command) {
    addFindingSelection(command);
    command
      .option('--as <DECISION>', `${RESOLUTIONS.join(', ')} (required)`)
      .option('--reason <TEXT>', 'why; required to accept');
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const as = RESOLUTIONS.find((each) => each === options.text('as'));
    if (as === undefined)
      throw new UsageError(`Say what was decided: --as ${RESOLUTIONS.join('|')}. Nothing was done.`);
    const reason = options.text('reason')?.trim();
    const input = {
      ...findingSelection(invocation),
      as,
      ...(reason === undefined || reason === '' ? {} : { reason }),
    };
    if (as === 'accept' && input.reason === undefined)
      throw new UsageError(
        'A new baseline is not accepted without a reason: --reason TEXT. Nothing was done.',
      );
    if (options.flag('dryRun'))
      return withHost(invocation, 'read', async (client) => {
        const preview = await client.decisions.previewResolution(input);
        output.json({ dryRun: true, ...preview });
        return showDecisionPreview(output, preview, WOULD[as]);
      });
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await decideIfAny(
          input,
          () => client.decisions.previewResolution(input),
          () => runJob(invocation, client, () => client.decisions.resolve(input)),
        );
        if (job === undefined) return showNothingMeant(output);
        const result = job.result as DecisionResult;
        output.json({ ...result, job: job.id });
        return showResolution(output, result);
      },
      { read: 'few' },
    );
  },
};

const WOULD: Readonly<Record<ResolutionWord, string>> = {
  accept: 'read again and accepted',
  moved: 'looked for elsewhere',
  'false-alarm': 'read again',
};
