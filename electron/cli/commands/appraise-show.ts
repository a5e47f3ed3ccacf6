import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { nextActs, showAppraisal } from '../report/appraisals.ts';
import { showReasons } from '../report/problems.ts';
import { tallies } from '../report/status.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const appraiseShow: CliCommand = {
  name: 'appraise show',
  summary: 'what an offer holds, and what was decided',
  description: 'Shows an appraisal: what the survey found, and the decision with its reason.',
  examples: [{ does: 'One appraisal', line: 'appraise show appraisal-1' }],
  define(command) {
    command.argument('[ID]', 'id of an appraisal');
  },
  run: (invocation) => {
    const id = oneName(invocation.words, 'Name one appraisal, such as appraisal-1.');
    const { output } = invocation;
    return withHost(invocation, 'read', async (client) => {
      const appraisal = await client.appraisals.get({ id });
      const { survey } = appraisal;
      output.json({ appraisal });
      showAppraisal(output, appraisal);
      tallies(output, 'Formats', 'Format', survey.byFormat);
      const more = 'holdfast survey PATH lists all';
      showReasons(output, 'Would be refused', survey.refused, survey.refusedTotal, more);
      const problems = survey.problems.map(({ path, message }) => ({ path, reason: message }));
      showReasons(output, 'Problems', problems, survey.problemsTotal, more);
      if (appraisal.state === 'surveyed') output.lines('', 'To be decided:', ...nextActs(appraisal.id));
      return EXIT.done;
    });
  },
};
