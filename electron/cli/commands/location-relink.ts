import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { collect, textOf } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { withHost } from '../with-host.ts';

export const locationRelink: CliCommand = {
  name: 'location relink',
  summary: 'say that a location stands elsewhere now',
  description:
    'Says that a location was moved: another mount point, a new disk with the same files. It is refused unless the sentinel ' +
    'files of the location are found there unchanged. What it holds stays due for verification.',
  examples: [{ does: 'The disk is mounted elsewhere', line: 'location relink loc-2 /media/vault' }],
  define(command) {
    command
      .argument('<LOCATION>', 'its id or its name')
      .argument('[PATH]', 'where it stands now')
      .option(
        '--path-base64 <B64>',
        'the path as base64 of its bytes, for names that are not UTF-8',
        collect,
      );
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const id = textOf(words[0] ?? '', 'The location');
    const [path, second] = pathsFrom(words.slice(1), options.list('pathBase64'));
    if (path === undefined || second !== undefined) throw new UsageError('Name one folder.');
    return withHost(invocation, 'write', async (client) => {
      const location = await client.locations.relink({ location: id, path });
      output.json({ location });
      output.lines(
        `${clean(location.name)} (${location.id}) stands at ${clean(location.root.display)} now; its sentinel files are there unchanged.`,
        `To verify all that it holds: holdfast audit --location ${location.id}`,
      );
      return EXIT.done;
    });
  },
};
