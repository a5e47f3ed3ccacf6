import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';
import { reasonOf } from './appraise-accept.ts';

export const appraiseDecline: CliCommand = {
  name: 'appraise decline',
  summary: 'decline what was offered: nothing is taken into custody',
  description:
    'Records that an appraisal was declined, by whom and why. Nothing of it is in custody, and nothing is changed where it stands.',
  examples: [
    {
      does: 'Held elsewhere already',
      line: 'appraise decline appraisal-2 --reason "The national archive holds the masters"',
    },
  ],
  define(command) {
    command.argument('[ID]', 'id of an appraisal').option('--reason <TEXT>', 'why it is declined (required)');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const id = oneName(words, 'Name one appraisal, such as appraisal-1.');
    const reason = reasonOf(options);
    return withHost(invocation, 'write', async (client) => {
      const appraisal = await client.appraisals.decline({ id, reason });
      output.json({ appraisal });
      output.lines(
        `${appraisal.id} (${clean(appraisal.title)}) is declined. Nothing of it was taken into custody.`,
      );
      return EXIT.done;
    });
  },
};
