import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { showFinding } from '../report/decisions.ts';
import { withHost } from '../with-host.ts';

export const findingsShow: CliCommand = {
  name: 'findings show',
  summary: 'show a finding: facts side by side, and what can be decided',
  description:
    'Shows what was expected and what was found, the checks that passed before and after, the other copies of the content and ' +
    'how they were last found, and what each decision would do. Reads no file.',
  examples: [{ does: 'One finding', line: 'findings show find-12' }],
  define(command) {
    command.argument('<FINDING>', 'its id');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const id = textOf(words[0] ?? '', 'The finding');
    return withHost(invocation, 'read', async (client) => {
      const finding = await client.decisions.finding({ id });
      output.json({ finding });
      showFinding(output, finding);
      return finding.resolution === undefined ? EXIT.attention : EXIT.done;
    });
  },
};
