import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { offlineSentence } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationCheckIn: CliCommand = {
  name: 'location check-in',
  summary: 'note that an offline location is back on its shelf',
  description:
    'Closes the loan that is open, with the condition in which the medium came back. Nothing of it is verified by that.',
  examples: [
    { does: 'A tape is back', line: 'location check-in "LTO 0042" --condition "Case cracked, tape sound"' },
  ],
  define(command) {
    command.argument('<LOCATION>', 'its id or its name').option('--condition <TEXT>', 'how it came back');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const location = textOf(words[0] ?? '', 'The location');
    const condition = options.text('condition');
    return withHost(invocation, 'write', async (client) => {
      const back = await client.locations.checkIn({
        location,
        ...(condition === undefined ? {} : { condition }),
      });
      output.json({ location: back });
      output.lines(offlineSentence(back));
      return EXIT.done;
    });
  },
};
