import { MASS_DECISIONS } from '../../../shared/domain/mass-change.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { massLines } from '../report/decisions.ts';
import { withHost } from '../with-host.ts';

const VERBS = ['list', 'show', 'decide'];

export const findingsMass: CliCommand = {
  name: 'findings mass',
  summary: 'files of a location that changed at once: list, show, decide',
  description:
    'When a large share of a location changes at once (5 % or 100 files, and at least 20, unless the policy says otherwise), that is one finding. Until somebody ' +
    'decides on it nothing is replicated from there, many findings are not accepted or recovered there at once, and no older ' +
    'snapshot of the catalogue is rotated out. intended: it was done on purpose. damage: it is to be recovered. restored: what was ' +
    'away is back. The single findings stay open, and are decided on as always, ' +
    'or all at once: findings resolve --mass, recover --mass.',
  examples: [
    { does: 'What waits for a decision', line: 'findings mass list' },
    { does: 'One of them', line: 'findings mass show mass-1' },
    {
      does: 'Decide',
      line: 'findings mass decide mass-1 --as damage --reason "Encrypted by malware; the NAS was cleaned"',
    },
  ],
  define(command) {
    command
      .argument('[VERB]', 'list, show or decide')
      .argument('[MASS]', 'its id')
      .option('--all', 'with list: those that were decided too')
      .option('--as <DECISION>', `with decide: ${MASS_DECISIONS.join(', ')}`)
      .option('--reason <TEXT>', 'with decide: why');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const [verb = 'list', word] = words.map((each) => textOf(each, 'A word'));
    if (!VERBS.includes(verb))
      throw new UsageError(`findings mass takes ${VERBS.join(', ')}; "${verb}" is none.`);
    if (verb === 'list')
      return withHost(invocation, 'read', async (client) => {
        const page = await client.decisions.massChanges({ all: options.flag('all') });
        output.json({ rows: page.rows, next: null });
        if (page.rows.length === 0) output.lines('No large change waits for a decision.');
        for (const change of page.rows) output.lines(...massLines(output, change));
        return page.rows.some(({ decided }) => decided === undefined) ? EXIT.attention : EXIT.done;
      });
    if (word === undefined) throw new UsageError(`Name one by its id: holdfast findings mass ${verb} mass-1`);
    if (verb === 'show')
      return withHost(invocation, 'read', async (client) => {
        const change = await client.decisions.massChange({ id: word });
        output.json({ massChange: change });
        output.lines(...massLines(output, change));
        return change.decided === undefined ? EXIT.attention : EXIT.done;
      });
    const as = MASS_DECISIONS.find((each) => each === options.text('as'));
    const reason = options.text('reason')?.trim() ?? '';
    if (as === undefined || reason === '')
      throw new UsageError(`Say what was decided and why: --as ${MASS_DECISIONS.join('|')} --reason TEXT.`);
    return withHost(invocation, 'write', async (client) => {
      const change = await client.decisions.decideMassChange({ id: word, as, reason });
      output.json({ massChange: change });
      output.lines(...massLines(output, change), 'What was suspended goes on.');
      return EXIT.done;
    });
  },
};
