/** Records of what is kept, in the standards of others: one command each. */
import type { ExportResult } from '../../../shared/contract/exports.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { CliCommand, Example, Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import type { Client } from '../host-port.ts';
import { textIf } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { showExport } from '../report/export.ts';
import { withHost } from '../with-host.ts';

type Wish = Parameters<Client['exports']['premis']>[0];

const OF_WHAT =
  'Of an accession, a collection, what a search finds, things named by their ids, or --all. Only what is in sealed custody is told, and ' +
  'no recording is read. Names of people, and notes in their own words, stay behind unless --sensitive. The file says which archive it is of, when it was handed out, ' +
  "and the head of the log; it goes into the archive's exports/ unless --out names a folder, and is never written over another file.";

export const exportPremis = records({
  name: 'export premis',
  summary: 'write preservation metadata as PREMIS 3.0',
  about:
    'Writes PREMIS 3.0 (XML): files with every recorded digest, size, format with its PRONOM key, what inhibits their use and where their ' +
    'copies are; representations; items, accessions and collections; events with the terms of the Library of Congress; agents; and rights where a basis ' +
    'is documented. What a file went through is told by an event for each outcome of an act. What XML cannot hold is written as \\u{HEX}.',
  examples: [
    { does: 'Of an accession', line: 'export premis --accession 2026-0012' },
    {
      does: 'Of two tapes, into a folder of their own',
      line: 'export premis item-3 item-4 --out ~/handed-over',
    },
    { does: 'Of everything', line: 'export premis --all' },
  ],
  start: (client, wish) => client.exports.premis(wish),
});

function records({
  name,
  summary,
  about,
  examples,
  start,
}: {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly [Example, ...Example[]];
  readonly start: (client: Client, wish: Wish) => Promise<Job>;
}): CliCommand {
  return {
    name,
    summary,
    description: `${about} ${OF_WHAT}`,
    examples,
    define(command) {
      command
        .argument('[ID...]', 'items, parts, contents, accessions, collections or replicas')
        .option('--accession <NUMBER>', 'what an accession holds: its number or id')
        .option('--collection <NAME>', 'what a collection holds, with those below it: its name or id')
        .option('--search <TEXT>', 'what a search finds')
        .option('--all', 'everything')
        .option('--sensitive', 'with names of people, and notes in their own words')
        .option('--out <DIR>', "the folder to write into (default: the archive's exports/)");
    },
    run: (invocation) => {
      const wish = wishOf(invocation);
      return withHost(invocation, 'write', async (client) => {
        const job = await runJob(invocation, client, () => start(client, wish));
        const result = job.result as ExportResult;
        invocation.output.json({ ...result });
        return showExport(invocation.output, result);
      });
    },
  };
}

function wishOf({ words, options }: Invocation): Wish {
  const named = {
    ...(words.length > 0 && { ids: words.map((word) => word.toLowerCase()) }),
    ...textIf(options, 'accession'),
    ...textIf(options, 'collection'),
    ...textIf(options, 'search'),
    ...(options.flag('all') && { everything: true as const }),
  };
  if (Object.keys(named).length !== 1)
    throw new UsageError(
      'Say what to tell of, in one way: ids, --accession, --collection, --search or --all. Nothing was written.',
    );
  const out = options.word('out');
  return {
    ...named,
    sensitive: options.flag('sensitive'),
    ...(out === undefined ? {} : { folder: pathFromWord(out) }),
  };
}
