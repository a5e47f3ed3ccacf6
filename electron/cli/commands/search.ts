import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { textOf } from '../options.ts';
import { holdingLines } from '../report/holdings.ts';
import { withHost } from '../with-host.ts';

export const search: CliCommand = {
  name: 'search',
  summary: 'find recordings',
  description:
    'Finds words and beginnings of words in titles, artists, albums, paths, identifiers and descriptions, and in what is said of an ' +
    'accession or a collection: its donor, its number, its name. Nothing found exits 0.',
  examples: [
    { does: 'By words', line: 'search goldberg variations' },
    { does: 'Paths of all that match, for a script', line: 'search goldberg --ndjson | jq -r .path' },
  ],
  define(command) {
    command
      .argument('<TEXT...>', 'words, or how they begin')
      .option('--limit <N>', 'at most so many (1 to 500; default 50)')
      .option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const text = words.map((word) => textOf(word, 'The text to search for')).join(' ');
    if (text.trim() === '') throw new UsageError('The text to search for is empty.');
    const limit = options.number('limit', 1, 500) ?? 50;
    return withHost(invocation, 'read', async (client) => {
      const { rows, next, capped } = await client.holdings.search({ text, limit });
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next, capped });
      if (rows.length === 0) output.lines('Nothing matches.');
      else output.lines(...holdingLines(rows, output.width));
      if (capped)
        output.note(`More matched than are shown; these are the first ${counted(rows.length, 'row')}.`);
      return EXIT.done;
    });
  },
};
