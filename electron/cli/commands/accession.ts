import { Option } from 'commander';
import type { AccessionResult, NewAccession } from '../../../shared/contract/accession.ts';
import { parseRightsBasis, RIGHTS_BASES, RIGHTS_UNKNOWN } from '../../../shared/domain/rights.ts';
import type { RightsBasisOrGap } from '../../../shared/domain/rights.ts';
import { withTemplate } from '../../../shared/domain/accession-template.ts';
import { runBatch } from '../batch.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import type { Client } from '../host-port.ts';
import { asFolderOf, collect, rateOf, type Options } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { showAccession } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const accession: CliCommand = {
  name: 'accession',
  summary: 'take folders into custody',
  description:
    'Takes custody of what stands in PATH, where it stands: every file is read once, its digests, format and tags are ' +
    'recorded, and nothing is moved or changed. With --to the files are copied into a managed location, read back and ' +
    'compared, and custody rests on that copy. Run again with the same paths, title and rights it resumes what was ' +
    'interrupted, or adds what is new as an accrual. Every accession says on which rights basis it is held. A folder that is ' +
    'a BagIt bag is judged first, and refused where it is not valid; once its files are in custody, the digests of its ' +
    'manifests are compared and kept as their prior baseline.',
  examples: [
    {
      does: 'A donation, with its deed',
      line: 'accession ~/tapes --title "Miller tapes" --rights-basis other --rights-note "Deed of gift, 2019" --source "A. Miller" --acquired "Gift, 3 May 2019"',
    },
    {
      does: 'Bought recordings, in a collection',
      line: 'accession ~/music/jazz --title "Jazz CDs" --rights-basis copyright --source "Bought" --acquired "1994 to 2010" --collection "Jazz"',
    },
    {
      does: 'Copied into a managed location, as a bag that any tool can check',
      line: 'accession /media/stick/interviews --title "Interviews 2024" --rights-basis license --source "E. Kahn" --acquired "2024-11-02" --to "Deep store"',
    },
    {
      does: 'A bag that is not whole, as the ordinary folder that it is',
      line: 'accession /media/stick/bag --title "Half a bag" --rights-unknown --as-folder',
    },
    {
      does: 'Many at once, from a spreadsheet saved as CSV',
      line: 'accession --batch deposits.csv',
    },
    {
      does: 'Rights not known yet: a gap that blocks sharing until it is closed',
      line: 'accession ~/found --title "Found reels" --rights-unknown',
    },
  ],
  define(command) {
    command
      .argument('[PATH...]', 'folders')
      .option('--title <TITLE>', 'what the accession is called (required)');
    addRightsOptions(command);
    command
      .option(
        '--collection <NAME>',
        'the collection it belongs to, or a path such as Jazz/Bebop; made where there is none',
      )
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect)
      .addOption(new Option('--in-place', 'the files stay where they are (the default)').conflicts('to'))
      .option('--to <LOCATION>', 'copy the files into this managed location, as a sealed BagIt bag')
      .option('--as-folder', 'take a bag as an ordinary folder: it is not judged, its digests are not used')
      .option('--limit <RATE>', 'copy no faster than this many bytes a second: 50M')
      .option('--template <NAME>', 'take from this template what is not said here')
      .option('--batch <CSV>', 'a row for each accession; see below')
      .option('--skip-bad', 'with --batch: leave out rows that are wrong')
      .option('--encoding <NAME>', 'with --batch: the encoding of the file, where it is not found by itself');
    command.addHelpText('after', BATCH_HELP);
  },
  async run(invocation) {
    const { options, output } = invocation;
    const batch = options.word('batch');
    if (batch !== undefined) return runBatch(invocation, batch);
    if (options.flag('skipBad')) throw new UsageError('--skip-bad belongs to --batch.');
    const said = termsOf(invocation);
    const name = options.text('template');
    const known = name === undefined ? complete(said) : undefined;
    return withHost(
      invocation,
      'write',
      async (client) => {
        const input = known ?? complete(await byTemplate(client, name ?? '', said, options));
        const job = await runJob(invocation, client, () => client.accession.start(input));
        const result = job.result as AccessionResult;
        output.json({ ...result, job: job.id });
        const exit = showAccession(output, job, result);
        if (result.files > 0)
          output.note(`A receipt for the depositor: holdfast receipt ${clean(result.accession.number)}`);
        return exit;
      },
      { scan: 'ahead', read: 'all' },
    );
  },
};

type Terms = Omit<NewAccession, 'rightsBasis'> & { readonly rightsBasis: RightsBasisOrGap | undefined };

/** What the command line says of an accession. */
function termsOf({ words, options }: Invocation): Terms {
  return {
    paths: pathsFrom(words, options.list('pathBase64')),
    title: options.text('title')?.trim() ?? '',
    rightsBasis: rightsOf(options),
    rightsNote: options.text('rightsNote') ?? '',
    ...provenance(options),
    ...given('collection', options.text('collection')),
    ...given('to', options.text('to')),
    ...rateOf(options),
    ...asFolderOf(options),
  };
}

/** The same with the defaults of a template where it says nothing. */
async function byTemplate(client: Client, name: string, said: Terms, options: Options): Promise<Terms> {
  const { rows } = await client.intake.templates();
  const template = rows.find((row) => row.name === name);
  if (template === undefined)
    throw new UsageError(
      `There is no template "${name}"; holdfast template list tells which there are. Nothing was taken into custody.`,
      'NOT_FOUND',
    );
  const { to, ...defaults } = template.defaults;
  const isInPlace = options.flag('inPlace') || to === undefined;
  return { ...said, ...withTemplate(said, isInPlace ? defaults : { ...defaults, to }) };
}

function complete(terms: Terms): NewAccession {
  const { rightsBasis, title } = terms;
  if (rightsBasis === undefined) throw new UsageError(RIGHTS_MISSING, 'RIGHTS_REQUIRED');
  if (title === '')
    throw new UsageError('An accession needs a title: --title TITLE. Nothing was taken into custody.');
  return { ...terms, rightsBasis };
}

const BATCH_HELP = `
The file of --batch has a row for each accession and these columns, in any order: paths, pathBase64, title, rightsBasis,
rightsNote, source, acquired, agreement, collection, template, to. Several paths are parted by | or a line break; relative
ones start from the folder of the file; a name that is not UTF-8, or holds |, goes into pathBase64. Any encoding; comma,
semicolon or tab. The whole file is checked before anything begins. Running it again goes on.`;

export const RIGHTS_MISSING =
  `An accession says on which basis it is held: --rights-basis ${RIGHTS_BASES.join('|')} ` +
  '(a donor agreement or a policy is "other"), or --rights-unknown to record it as a gap that blocks sharing. ' +
  'Nothing was taken into custody.';

export function addRightsOptions(command: { option(flags: string, description: string): unknown }): void {
  command.option('--rights-basis <BASIS>', `${RIGHTS_BASES.join(', ')}: the basis on which it is held`);
  command.option('--rights-note <TEXT>', 'what the basis rests on: a licence, a deed, a paragraph');
  command.option('--rights-unknown', 'the basis is not known: a gap that blocks sharing');
  command.option('--source <TEXT>', 'from whom it came');
  command.option('--acquired <TEXT>', 'how and when it was acquired');
  command.option('--agreement <TEXT>', 'reference of the agreement');
}

/** The basis that was given, in any spelling; undefined when none was. */
export function rightsOf(options: Options): RightsBasisOrGap | undefined {
  const text = options.text('rightsBasis');
  const unknown = options.flag('rightsUnknown');
  if (text === undefined) return unknown ? RIGHTS_UNKNOWN : undefined;
  const basis = parseRightsBasis(text);
  if (basis === undefined) {
    throw new UsageError(
      `"${text}" is no rights basis. The choices are: ${RIGHTS_BASES.join(', ')}; or --rights-unknown.`,
    );
  }
  if (unknown && basis !== RIGHTS_UNKNOWN)
    throw new UsageError('--rights-basis and --rights-unknown contradict each other.');
  return basis;
}

export function provenance(options: Options): Pick<NewAccession, 'source' | 'acquired' | 'agreement'> {
  return {
    ...given('source', options.text('source')),
    ...given('acquired', options.text('acquired')),
    ...given('agreement', options.text('agreement')),
  };
}

/** An empty text says nothing: it stays the gap that it is. */
export function given<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const text = value?.trim() ?? '';
  return text === '' ? {} : ({ [key]: text } as { [K in Key]?: string });
}
