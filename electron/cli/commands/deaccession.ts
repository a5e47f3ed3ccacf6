import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { showDeaccession } from '../report/deletion.ts';
import { withHost } from '../with-host.ts';

export const deaccession: CliCommand = {
  name: 'deaccession',
  summary: 'end custody of an accession',
  description:
    'Ends custody: from now on the accession counts nowhere, audits do not read its copies, and the catalogue says when, why ' +
    'and on whose authority. Nothing of its files is touched; removing bytes is another act (delete). What was described, ' +
    'recorded and logged stays. Taking the same folder into custody later makes a new accession.',
  examples: [
    {
      does: 'A deposit that goes back to its donor',
      line: 'deaccession 2026-0012 --reason "Returned to the donor" --authority "Board minute 2026/14" --agent "A. Novak"',
    },
  ],
  define(command) {
    command
      .argument('<ACCESSION>', 'its number or id')
      .option('--reason <TEXT>', 'why custody ends')
      .option('--authority <TEXT>', 'who decided it: a board minute, a court, an agreement');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const accession = textOf(words[0] ?? '', 'The accession');
    const reason = options.text('reason')?.trim() ?? '';
    const authority = options.text('authority')?.trim() ?? '';
    if (reason === '' || authority === '')
      throw new UsageError(
        'Custody does not end without a reason and an authority: --reason TEXT --authority TEXT. Nothing was done.',
      );
    return withHost(invocation, 'write', async (client) => {
      const ended = await client.custody.deaccession({ accession, reason, authority });
      output.json({ ...ended });
      return showDeaccession(output, ended);
    });
  },
};
