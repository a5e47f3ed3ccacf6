import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { textOf } from '../options.ts';
import { trackLines } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemTracks: CliCommand = {
  name: 'item tracks',
  summary: 'the tracks inside the files of an item',
  description:
    'Lists the tracks that cue sheets tell of inside the files of an item, or of one part: where each begins and ends in ' +
    'minutes, seconds and frames of 1/75 second, and the pause before it.',
  examples: [{ does: 'A CD in one file', line: 'item tracks item-12' }],
  define(command) {
    command.argument('<ITEM|PART>', 'its id').option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const id = textOf(words[0] ?? '', 'The item or part');
    return withHost(invocation, 'read', async (client) => {
      const { rows, next } = await client.items.tracks({ id });
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next });
      if (rows.length === 0) output.lines('No cue sheet tells of tracks inside its files.');
      else output.lines(...trackLines(rows, output.width));
      return EXIT.done;
    });
  },
};
