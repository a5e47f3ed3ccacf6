import { Option } from 'commander';
import type { AccessionResult, NewAccession } from '../../../shared/contract/accession.ts';
import { parseRightsBasis, RIGHTS_BASES, RIGHTS_UNKNOWN } from '../../../shared/domain/rights.ts';
import type { RightsBasisOrGap } from '../../../shared/domain/rights.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { collect, type Options } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { showAccession } from '../report/results.ts';
import { withHost } from '../with-host.ts';

export const accession: CliCommand = {
  name: 'accession',
  summary: 'take folders into custody',
  description:
    'Takes custody of what stands in PATH, where it stands: every file is read once, its digests, format and tags are ' +
    'recorded, and nothing is moved or changed. Run again with the same paths, title and rights it resumes what was ' +
    'interrupted, or adds what is new as an accrual. Every accession says on which rights basis it is held.',
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
      .option('--collection <NAME>', 'the collection it belongs to')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect)
      .addOption(new Option('--in-place', 'the files stay where they are (the default)'));
  },
  async run(invocation) {
    const { words, options, output } = invocation;
    const paths = pathsFrom(words, options.list('pathBase64'));
    const rightsBasis = rightsOf(options);
    if (rightsBasis === undefined) throw new UsageError(RIGHTS_MISSING, 'RIGHTS_REQUIRED');
    const title = options.text('title')?.trim() ?? '';
    if (title === '')
      throw new UsageError('An accession needs a title: --title TITLE. Nothing was taken into custody.');
    const input: NewAccession = {
      paths,
      title,
      rightsBasis,
      rightsNote: options.text('rightsNote') ?? '',
      ...provenance(options),
      ...given('collection', options.text('collection')),
    };
    return withHost(
      invocation,
      'write',
      async (client) => {
        const job = await runJob(invocation, client, () => client.accession.start(input));
        const result = job.result as AccessionResult;
        output.json({ ...result, job: job.id });
        return showAccession(output, job, result);
      },
      ['scan', 'read'],
    );
  },
};

const RIGHTS_MISSING =
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
function given<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const text = value?.trim() ?? '';
  return text === '' ? {} : ({ [key]: text } as { [K in Key]?: string });
}
