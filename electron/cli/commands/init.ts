import { basename, resolve } from 'node:path';
import type { ArchivePolicy } from '../../../shared/contract/archive.ts';
import { FURTHER_DIGESTS } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { collect } from '../options.ts';
import { archiveWord, givenArchive } from '../with-host.ts';

export const init: CliCommand = {
  name: 'init',
  summary: 'make an archive',
  description:
    'Makes an archive: a folder with the catalogue, its keys and its log. Recordings stay where they are; the archive only ' +
    'knows of them. Its folder must be on a local disk.',
  examples: [
    { does: 'An archive of your own, where every command finds it', line: 'init --name "Sound archive"' },
    { does: 'With SHA-512 beside SHA-256', line: 'init ~/archives/radio --digest sha512' },
    { does: 'One in a folder that you choose', line: 'init ~/archives/radio --name "Radio collection"' },
  ],
  define(command) {
    command
      .argument('[DIR]', 'the folder to make (default: --archive, HOLDFAST_ARCHIVE, or your own)')
      .option('--name <NAME>', 'what people call it (default: the name of the folder)')
      .option(
        '--digest <ALGORITHM>',
        `a digest beside SHA-256: ${FURTHER_DIGESTS.join(', ')}; may be repeated`,
        collect,
      )
      .option('--numbers <PATTERN>', 'how accessions are numbered (default: {year}-{n:4})')
      .option(
        '--verify-within <DAYS>',
        'after how many days without a check a copy is overdue (default: 90)',
      );
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
      policy: policyOf(options),
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

/** What was said of the policy; the rest is left to the default. */
export function policyOf(options: Invocation['options']): Partial<ArchivePolicy> {
  const asked = options.list('digest');
  const isNone = asked.length === 1 && asked[0]?.toLowerCase() === 'none';
  const digests = (isNone ? [] : asked).map((typed) => {
    const known = FURTHER_DIGESTS.find((algorithm) => algorithm === typed.toLowerCase());
    if (known !== undefined) return known;
    throw new UsageError(
      `--digest takes ${FURTHER_DIGESTS.join(', ')}, or none alone; "${clean(typed)}" is not known. SHA-256 is always computed.`,
    );
  });
  const pattern = options.text('numbers');
  const days = options.number('verifyWithin', 1, 36_500);
  return {
    ...(asked.length === 0 ? {} : { furtherDigests: [...new Set(digests)] }),
    ...(pattern === undefined ? {} : { accessionPattern: pattern }),
    ...(days === undefined ? {} : { verifyWithinDays: days }),
  };
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${clean(text).replaceAll("'", "'\\''")}'`;
}
