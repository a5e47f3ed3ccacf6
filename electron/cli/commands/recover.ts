import type { DecisionResult } from '../../../shared/contract/decisions.ts';
import { sweptIf } from '../../../shared/domain/quarantine.ts';
import type { CliCommand } from '../command.ts';
import { addFindingSelection, decideIfAny, findingSelection } from '../finding-selection.ts';
import { runJob } from '../follow-job.ts';
import { showDecisionPreview, showNothingMeant, showRecovery } from '../report/decisions.ts';
import { withHost } from '../with-host.ts';

export const recover: CliCommand = {
  name: 'recover',
  summary: 'bring good copies back to where findings are',
  description:
    'Copies the best copy of the same content beside the damaged one, compared while it is read and once more when it is read ' +
    'back; sets the damaged file aside on its own volume, with a text that tells why; then gives the good copy the name. Nothing is ' +
    'ever overwritten. Refused where the location is never written to. Stopped or killed, it goes on when it is run again, and what ' +
    'an earlier one had left is settled first. See what was set aside: holdfast quarantine list',
  examples: [
    { does: 'What would be done', line: 'recover --all --dry-run' },
    { does: 'One finding', line: 'recover find-12' },
    { does: 'All open findings of one location', line: 'recover --location "Studio NAS"' },
    { does: 'All that changed at once, after it was decided to be damage', line: 'recover --mass mass-1' },
  ],
  define: addFindingSelection,
  run: (invocation) => {
    const { options, output } = invocation;
    const input = findingSelection(invocation);
    if (options.flag('dryRun'))
      return withHost(invocation, 'read', async (client) => {
        const preview = await client.decisions.previewRecovery(input);
        output.json({ dryRun: true, ...preview });
        return showDecisionPreview(output, preview, 'recovered');
      });
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await decideIfAny(
          input,
          () => client.decisions.previewRecovery(input),
          () => runJob(invocation, client, () => client.decisions.recover(input)),
        );
        // What an interrupted one had left is settled also where nothing is to be recovered.
        if (job === undefined) return showNothingMeant(output, sweptIf(await client.quarantine.sweep()));
        const result = job.result as DecisionResult;
        output.json({ ...result, job: job.id });
        return showRecovery(output, result);
      },
      { read: 'all' },
    );
  },
};
