import { basename, resolve } from 'node:path';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { archiveWord, givenArchive } from '../with-host.ts';

export const init: CliCommand = {
  name: 'init',
  summary: 'make an archive',
  description:
    'Makes an archive: a folder with the catalogue, its keys and its log. Recordings stay where they are; the archive only ' +
    'knows of them. Its folder must be on a local disk.',
  examples: [
    { does: 'An archive of your own, where every command finds it', line: 'init --name "Sound archive"' },
    { does: 'One in a folder that you choose', line: 'init ~/archives/radio --name "Radio collection"' },
  ],
  define(command) {
    command
      .argument('[DIR]', 'the folder to make (default: --archive, HOLDFAST_ARCHIVE, or your own)')
      .option('--name <NAME>', 'what people call it (default: the name of the folder)');
  },
  async run(invocation) {
    const { words, options, output, agent } = invocation;
    const typed = words[0] === undefined ? undefined : archiveWord(words[0]);
    const given = givenArchive(invocation);
    if (
      typed !== undefined &&
      options.word('archive') !== undefined &&
      resolve(typed) !== resolve(given ?? '')
    )
      throw new UsageError('init was given two folders, as DIR and as --archive; name one of them.');
    const chosen = typed ?? given;
    const name = options.text('name')?.trim();
    if (name === '') throw new UsageError('--name is empty.');
    const module = await invocation.loadHost();
    const dir = resolve(chosen ?? module.defaultArchiveDir());
    const archive = await module.createArchive({
      dir,
      name: name ?? (chosen === undefined ? 'Sound archive' : basename(dir)),
      agent,
    });
    output.json({ archive });
    output.lines(`The archive was made at ${clean(archive.path)}. It holds nothing yet.`);
    const option = chosen === undefined ? '' : `export HOLDFAST_ARCHIVE=${quoted(archive.path)}\n  `;
    output.lines(
      'Look at a folder first, then take it into custody:',
      ...`  ${option}holdfast survey FOLDER\n  holdfast accession FOLDER --title TITLE --rights-basis BASIS`.split(
        '\n',
      ),
    );
    return EXIT.done;
  },
};

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${clean(text).replaceAll("'", "'\\''")}'`;
}
