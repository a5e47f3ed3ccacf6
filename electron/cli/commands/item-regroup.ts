import type { RegroupInput } from '../../../shared/contract/items.ts';
import { REGROUPINGS } from '../../../shared/domain/structure-terms.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { collect, textOf, type Options } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { showRegrouping } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemRegroup: CliCommand = {
  name: 'item regroup',
  summary: 'gather the files of an accession into items anew',
  description:
    'Gathers files into items by folder, by the album of their tags, by disc, by a rule for file names, or by a table. In a ' +
    'rule {item} names the item, {group} tells items of one name apart, {title} is its title, {disc}, {side} and {track} give ' +
    'the place, {ext} is the end of the name, {role:pm=preservation master,am=access copy} says which text means which role, ' +
    'and * is anything; with a slash in it the rule is for the path, else for the name. A table has the columns path and item, ' +
    'and role, position and title where they are wanted. Where roles are given, access copies are recorded as derived from ' +
    'their master, and scans as documenting the item. Files that nothing matches stay where they are; items arranged before ' +
    'are left alone. Look first, with --dry-run. Exits 1 when rows were passed over or files matched nothing.',
  examples: [
    {
      does: 'What a rule would make of a box of digitised tapes',
      line: 'item regroup 2026-0042 --rule "{item}_{side}_{role:pm=preservation master,am=access copy}.{ext}" --dry-run',
    },
    {
      does: 'By table, in whatever encoding and with whichever separator',
      line: 'item regroup 2026-0042 --csv ~/tapes.csv',
    },
    { does: 'Every folder an item, whatever its tags say', line: 'item regroup acc-3 --by folder' },
  ],
  define(command) {
    command
      .argument('<ACCESSION>', 'its id or number')
      .option('--by <WAY>', REGROUPINGS.join(', '))
      .option(
        '--rule <PATTERN>',
        'a rule for names; again for further ones: the first that matches counts',
        collect,
      )
      .option('--csv <FILE>', 'a table')
      .option('--encoding <NAME>', 'of the table, such as windows-1250 (default: found by looking)')
      .option('--skip-bad', 'pass over rows of the table that cannot be applied')
      .option('--arranged', 'also take apart what was arranged before')
      .option('--dry-run', 'only tell what it would make');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const input = inputOf(words, options);
    return withHost(invocation, input.dryRun ? 'read' : 'write', async (client) => {
      const result = await client.items.regroup(input);
      output.json({ ...result });
      showRegrouping(output, result, input.dryRun);
      if (result.faultsTotal > 0 && !result.applied && !input.dryRun) return EXIT.usage;
      return result.faultsTotal + result.unmatchedTotal > 0 ? EXIT.attention : EXIT.done;
    });
  },
};

function inputOf(words: readonly string[], options: Options): RegroupInput {
  const way = options.text('by');
  const by = REGROUPINGS.find((known) => known === way);
  if (way !== undefined && by === undefined)
    throw new UsageError(`"${way}" is no way to regroup. There are: ${REGROUPINGS.join(', ')}.`);
  const csv = options.word('csv');
  const encoding = options.text('encoding');
  return {
    accession: textOf(words[0] ?? '', 'The accession'),
    ...(by !== undefined && { by }),
    rules: options.list('rule').map((rule) => textOf(rule, '--rule')),
    ...(csv !== undefined && { csv: pathFromWord(csv) }),
    ...(encoding !== undefined && { encoding }),
    skipBad: options.flag('skipBad'),
    arranged: options.flag('arranged'),
    dryRun: options.flag('dryRun'),
  };
}
