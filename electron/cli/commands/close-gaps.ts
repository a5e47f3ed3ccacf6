import { Option } from 'commander';
import { RIGHTS_BASES } from '../../../shared/domain/rights.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const closeGaps: CliCommand = {
  name: 'close-gaps',
  summary: 'say of an accession what was not known when it was taken',
  description:
    'Records the rights basis, the source or the acquisition of an accession of which that was unknown, with an event. What ' +
    'stands recorded is not changed: it is refused to say it again. While one of them is unknown, sharing is blocked.',
  examples: [
    {
      does: 'The deed was found',
      line: 'close-gaps 2026-0012 --rights-basis other --rights-note "Deed of gift, 2019" --source "A. Miller"',
    },
  ],
  define(command) {
    command
      .argument('<ACCESSION>', 'its number or id')
      .addOption(new Option('--rights-basis <B>', `${RIGHTS_BASES.join(', ')}`).choices(RIGHTS_BASES))
      .option('--rights-note <TEXT>', 'what documents it: a deed, a licence, a paragraph')
      .option('--source <TEXT>', 'from whom it came')
      .option('--acquired <TEXT>', 'how and when');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const accession = textOf(words[0] ?? '', 'The accession');
    const word = options.text('rightsBasis');
    const said = {
      rightsBasis: RIGHTS_BASES.find((basis) => basis === word),
      rightsNote: options.text('rightsNote'),
      source: options.text('source'),
      acquired: options.text('acquired'),
    };
    if (Object.values(said).every((value) => value === undefined))
      throw new UsageError(
        'Say what is known now: --rights-basis B, --source TEXT or --acquired TEXT. Nothing was done.',
      );
    return withHost(invocation, 'write', async (client) => {
      const closed = await client.accession.closeGaps({ accession, ...said });
      output.json({ accession: closed });
      output.lines(`Recorded of accession ${clean(closed.number)}. The log says who said it, and when.`);
      return EXIT.done;
    });
  },
};
