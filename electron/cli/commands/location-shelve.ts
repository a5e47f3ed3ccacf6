import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { offlineSentence } from '../report/shelf.ts';
import { addShelfOptions, shelfChange } from '../shelf-options.ts';
import { withHost } from '../with-host.ts';

export const locationShelve: CliCommand = {
  name: 'location shelve',
  summary: 'say that a location is not connected, as planned',
  description:
    'Says that a disk or a tape was put away: it is offline as planned, not unreachable, and audits plan none of its copies. Of one that ' +
    'is offline already, it changes what it is found by; an empty word takes it away. The copies stay recorded, and come due as all others do.',
  examples: [
    {
      does: 'A drive of a rotation was put away',
      line: 'location shelve "Rotation B" --shelf "Safe 2" --recall-by 2027-06-30',
    },
    {
      does: 'It was read again, and is not to be fetched any more',
      line: 'location shelve "Rotation B" --recall-by ""',
    },
  ],
  define(command) {
    command.argument('<LOCATION>', 'its id or its name');
    addShelfOptions(command);
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const input = { location: textOf(words[0] ?? '', 'The location'), ...shelfChange(options) };
    return withHost(invocation, 'write', async (client) => {
      const location = await client.locations.shelve(input);
      output.json({ location });
      output.lines(offlineSentence(location));
      return EXIT.done;
    });
  },
};
