/** `--summary FILE`: what a run did, written for people who were not there. */
import type { Command } from 'commander';
import type { PathValue } from '../../shared/contract/common.ts';
import { UsageError } from './errors.ts';
import type { Client } from './host-port.ts';
import type { Options } from './options.ts';
import { pathFromWord } from './paths.ts';

export function addSummaryOption(command: Command): void {
  command.option(
    '--summary <FILE>',
    'write what was done, found and left undone to FILE.txt, .html or .json; where it stands already, FILE-2 and so on',
  );
}

/** Before anything is done: a wrong name must not cost a night. */
export function summaryFile(options: Options): PathValue | undefined {
  const word = options.word('summary');
  if (word === undefined) return undefined;
  const path = pathFromWord(word);
  if (/[^/]\.(txt|html|json)$/i.test(path.display)) return path;
  throw new UsageError('--summary takes a file that ends in .txt, .html or .json.');
}

export async function writeSummary(
  client: Client,
  path: PathValue | undefined,
  jobs: readonly string[],
): Promise<{ summary?: PathValue }> {
  if (path === undefined || jobs.length === 0) return {};
  const written = await client.telling.writeSummary({ jobs: [...jobs], path });
  return { summary: written.path };
}
