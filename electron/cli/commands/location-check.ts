import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { offlineSentence } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationCheck: CliCommand = {
  name: 'location check',
  summary: 'see which locations can be reached',
  description:
    'Looks whether each location stands where it was and is the same one. One that cannot be reached is not a loss: its ' +
    'copies are not checked, never missing. Those that are offline as planned are named, and not looked for. Exits 1 when one is unreachable.',
  examples: [
    { does: 'All locations', line: 'location check' },
    { does: 'One of them', line: 'location check loc-2' },
  ],
  define(command) {
    command.argument('[LOCATION]', 'its id or its name');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { words, output } = invocation;
      const location = words[0] === undefined ? undefined : textOf(words[0], 'The location');
      const { rows, offline, next } = await client.locations.check(
        location === undefined ? {} : { location },
      );
      output.json({ rows, offline, next });
      if (rows.length + offline.length === 0) output.lines('There is no location to check yet.');
      for (const row of rows) {
        const reachable = row.state === 'reachable';
        const state = reachable ? 'reachable' : output.style('unreachable', 'due');
        output.lines(
          `${clean(row.name)} (${row.location}): ${state}${reachable ? ', and the one that was recorded' : ''}.`,
        );
        if (row.reason !== undefined) output.lines(`    ${clean(row.reason)}`);
      }
      output.lines(...offline.map(offlineSentence));
      return rows.every((row) => row.state === 'reachable') ? EXIT.done : EXIT.attention;
    }),
};
