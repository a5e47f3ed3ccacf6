import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { textOf } from '../options.ts';
import { offlineSentence } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationCheckOut: CliCommand = {
  name: 'location check-out',
  summary: 'note who takes an offline location with them',
  description:
    'Notes in the register that somebody takes a tape or a drive from its shelf, and when it is expected back. Refused while somebody has ' +
    'it already. `location recall` lists what is out, and `location loans` who had it.',
  examples: [
    {
      does: 'A tape goes to be read elsewhere',
      line: 'location check-out "LTO 0042" --to "Studio Kettle" --purpose "Reading it back" --back 2027-01-15',
    },
  ],
  define(command) {
    command
      .argument('<LOCATION>', 'its id or its name')
      .option('--to <WHO>', 'who takes it (required)')
      .option('--purpose <TEXT>', 'what for')
      .option('--back <DATE>', 'when it is expected back, such as 2027-01-15');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const location = textOf(words[0] ?? '', 'The location');
    const to = options.text('to')?.trim() ?? '';
    if (to === '') throw new UsageError('Say who takes it: --to WHO. Nothing was done.');
    const expectedBack = options.date('back');
    const input = { location, to, purpose: options.text('purpose') ?? '' };
    return withHost(invocation, 'write', async (client) => {
      const lent = await client.locations.checkOut({
        ...input,
        ...(expectedBack === undefined ? {} : { expectedBack }),
      });
      output.json({ location: lent });
      output.lines(offlineSentence(lent));
      return EXIT.done;
    });
  },
};
