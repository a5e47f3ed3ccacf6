/** Opens the archive a command is about, and closes it again whatever happens. */
import { resolve } from 'node:path';
import type { Invocation } from './command.ts';
import { hasCode, JobStopped, UsageError } from './errors.ts';
import { clean } from './format/text.ts';
import type { Client, FileWork, Host, HostModule } from './host-port.ts';
import { isUtf8Word, showWords } from './words.ts';

export async function withHost<T>(
  invocation: Invocation,
  mode: 'write' | 'read',
  act: (client: Client) => Promise<T>,
  work?: FileWork,
): Promise<T> {
  return withArchive(invocation, (module) => archiveDir(invocation, module), mode, act, work);
}

/** The same for an archive that the command has chosen itself. */
export async function withHostAt<T>(
  invocation: Invocation,
  archive: string,
  mode: 'write' | 'read',
  act: (client: Client) => Promise<T>,
  work?: FileWork,
): Promise<T> {
  return withArchive(invocation, () => archive, mode, act, work);
}

async function withArchive<T>(
  invocation: Invocation,
  archive: (module: HostModule) => string,
  mode: 'write' | 'read',
  act: (client: Client) => Promise<T>,
  work: FileWork | undefined,
): Promise<T> {
  const module = await invocation.loadHost(work === undefined ? { mode } : { mode, work });
  const host = await openOrCall(invocation, module, archive(module), mode);
  try {
    return await act(host.client);
  } catch (error) {
    throw host.isLost?.() === true ? hostLost(error) : error;
  } finally {
    for (const note of await host.close()) invocation.output.note(clean(note));
  }
}

/** Opens the archive; where another process serves it, drives that one, which then acts in this command's name. */
export async function openOrCall(
  { agent, commandName: command }: Invocation,
  { openHost }: HostModule,
  archive: string,
  mode: 'write' | 'read',
): Promise<Host> {
  try {
    return await openHost({ archive, agent, mode, command });
  } catch (error) {
    if (!hasCode(error, 'ARCHIVE_HELD')) throw error;
    const { connectToHost } = await import('./remote-host.ts');
    const host = await connectToHost(archive, agent);
    if (host === undefined) throw error;
    return host;
  }
}

function hostLost(cause: unknown): JobStopped {
  const lost = new JobStopped(
    'CONNECTION_LOST',
    'The Holdfast that serves this archive has ended meanwhile. What was recorded is recorded, and a job of it can be resumed: run the same command again.',
  );
  lost.cause = cause;
  return lost;
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
