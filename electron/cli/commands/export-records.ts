/** Records of what is kept, in the standards of others: one command each. */
import type { Command } from 'commander';
import type { ExportResult } from '../../../shared/contract/exports.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { DUBLIN_CORE_FILES } from '../../../shared/domain/record-forms.ts';
import type { CliCommand, Example, Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import type { Client } from '../host-port.ts';
import { clean } from '../format/text.ts';
import { textIf, type Options } from '../options.ts';
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

export const exportMets = records({
  name: 'export mets',
  summary: 'write a package as METS 1.12',
  about:
    'Writes METS 1.12 (XML) of what other systems take in as one package: Dublin Core of items, PREMIS of everything, files with digest, size and media type, ' +
    'and how items are made of them. Of up to 100,000 files: more than that no structural map should hold, and PREMIS takes everything.',
  examples: [
    { does: 'Of an accession', line: 'export mets --accession 2026-0012' },
    { does: 'Of one tape', line: 'export mets item-3 --out ~/handed-over' },
  ],
  start: (client, wish) => client.exports.mets(wish),
});

export const exportDublinCore = records({
  name: 'export dc',
  summary: 'write descriptions of items as Dublin Core',
  about:
    'Writes what is said of items by the fifteen elements of Dublin Core: a table (CSV, in which no cell runs as a formula, and several values are parted by ' +
    'semicolons), or with --form xml an oai_dc:dc for each item.',
  examples: [
    { does: 'Of a collection, for a spreadsheet', line: 'export dc --collection "Radio/Magazines"' },
    { does: 'Of everything, as XML', line: 'export dc --all --form xml' },
  ],
  define: (command) => command.option('--form <FORM>', `${DUBLIN_CORE_FILES.join(' or ')} (default: csv)`),
  start: (client, wish, options) => client.exports.dublinCore({ ...wish, as: fileOf(options) }),
});

export const exportEbuCore = records({
  name: 'export ebucore',
  summary: 'write descriptions of items as EBUCore 1.8',
  about:
    'Writes what is said of items as EBUCore 1.8 (EBU Tech 3293, XML): titles, who made them and in which role, dates, genres, formats with the duration, typed identifiers, ' +
    'languages, places and rights bases. Items are the parts of one document.',
  examples: [{ does: 'Of an accession', line: 'export ebucore --accession 2026-0012' }],
  start: (client, wish) => client.exports.ebucore(wish),
});

function fileOf(options: Options): (typeof DUBLIN_CORE_FILES)[number] {
  const typed = options.text('form') ?? 'csv';
  const form = DUBLIN_CORE_FILES.find((each) => each === typed.toLowerCase());
  if (form !== undefined) return form;
  throw new UsageError(`--form takes ${DUBLIN_CORE_FILES.join(' or ')}; "${clean(typed)}" is neither.`);
}

function records({
  name,
  summary,
  about,
  examples,
  define,
  start,
}: {
  readonly name: string;
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly [Example, ...Example[]];
  /** Adds options of its own. */
  readonly define?: (command: Command) => void;
  readonly start: (client: Client, wish: Wish, options: Options) => Promise<Job>;
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
      define?.(command);
    },
    run: (invocation) => {
      const wish = wishOf(invocation);
      return withHost(invocation, 'write', async (client) => {
        const job = await runJob(invocation, client, () => start(client, wish, invocation.options));
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
