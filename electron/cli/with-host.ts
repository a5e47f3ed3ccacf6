/** Opens the archive a command is about, and closes it again whatever happens. */
import { resolve } from 'node:path';
import type { Invocation } from './command.ts';
import { UsageError } from './errors.ts';
import { clean } from './format/text.ts';
import type { Client, FileWork, HostModule } from './host-port.ts';
import { isUtf8Word, showWords } from './words.ts';

export async function withHost<T>(
  invocation: Invocation,
  mode: 'write' | 'read',
  act: (client: Client) => Promise<T>,
  work: readonly FileWork[] = [],
): Promise<T> {
  const module = await invocation.loadHost();
  return withHostAt(invocation, archiveDir(invocation, module), mode, act, work);
}

/** The same for an archive that the command has chosen itself. */
export async function withHostAt<T>(
  { loadHost, agent, commandName: command, output }: Invocation,
  archive: string,
  mode: 'write' | 'read',
  act: (client: Client) => Promise<T>,
  work: readonly FileWork[] = [],
): Promise<T> {
  const { openHost } = await loadHost();
  const host = await openHost({ archive, agent, mode, command, work });
  try {
    return await act(host.client);
  } finally {
    for (const note of await host.close()) output.note(clean(note));
  }
}

/** `--archive`, else HOLDFAST_ARCHIVE, else the person's own. */
export function archiveDir(invocation: Invocation, module: HostModule): string {
  const given = givenArchive(invocation);
  return given === undefined ? module.defaultArchiveDir() : resolve(given);
}

export function givenArchive({ options, io }: Pick<Invocation, 'options' | 'io'>): string | undefined {
  const word = options.word('archive');
  if (word !== undefined) return archiveWord(word);
  return io.env.HOLDFAST_ARCHIVE === '' ? undefined : io.env.HOLDFAST_ARCHIVE;
}

/** An archive's own path must be UTF-8: SQLite and every other tool must be able to name it. */
export function archiveWord(word: string): string {
  if (word === '') throw new UsageError('The path of the archive is empty.');
  if (isUtf8Word(word)) return word;
  throw new UsageError(`The path of an archive must be UTF-8; "${showWords(word)}" is not.`);
}
