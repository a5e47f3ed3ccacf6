import type { PackageResult } from '../../../shared/contract/hand-outs.ts';
import { parseFieldName } from '../../../shared/domain/description/fields.ts';
import { RESERVATIONS, type Reservation } from '../../../shared/domain/may-leave.ts';
import {
  BAG_INFO_LABEL,
  PACKAGE_DIGESTS,
  PACKAGE_FORMS,
  type PackageDigest,
  type PackageForm,
} from '../../../shared/domain/package-forms.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import { collect, textOf, type Options } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { showPackage, showPackagePlan } from '../report/package.ts';
import { withHost } from '../with-host.ts';

export const bagCreate: CliCommand = {
  name: 'bag create',
  summary: 'make a package for others: a valid BagIt bag, with how to check it inside',
  description:
    'Makes a BagIt 1.0 bag of an accession, a collection with those below it, what a search finds, or things named by their ids, for somebody ' +
    'else. Every file is copied from the best copy that can be reached and compared with what is recorded; the finished bag is ' +
    'read back and validated in full before it gets its name, and then recorded with an event. Nothing is ever written over, and what is stopped leaves nothing. ' +
    'Files without a documented rights basis or origin stay behind, and are counted by accession; what is under protection (DRM) never leaves. ' +
    'Donor data, terms and paths of locations stay behind always. In the package: what is known of each recording as a table, rights and ' +
    'reservations for people and programs, and a page that tells a stranger how to read and check it. Exits 1 where files stayed behind, or where a file ' +
    'has no good copy: then no package is made, and the file is named.',
  examples: [
    {
      does: 'An accession, for a recipient',
      line: 'bag create --accession 2026-0012 --to ~/handed-over --recipient "City Archive"',
    },
    {
      does: 'What would leave, and what would not',
      line: 'bag create --collection Concerts --to ~/out --dry-run',
    },
    {
      does: 'In one file, for a partner with a profile',
      line: 'bag create item-3 item-4 --to ~/out --as tar --profile partner.json --tag "Contact-Name: A. Miller"',
    },
    {
      does: 'With a reservation',
      line: 'bag create --accession 2026-0012 --to ~/out --reserve tdm,ai-training --reserved-by "The performers"',
    },
  ],
  define(command) {
    command
      .argument('[ID...]', 'items, parts, accessions, collections or replicas')
      .option('--accession <NUMBER>', 'what an accession holds: its number or id')
      .option('--collection <NAME>', 'what a collection holds, with those below it: its name or id')
      .option('--search <TEXT>', 'what a search finds')
      .option('--to <DIR>', 'the folder to make it in; made where it is missing')
      .option('--name <NAME>', 'of the package (default: what it is of and the day)')
      .option('--as <FORM>', `${PACKAGE_FORMS.join(', ')} (default: folder)`)
      .option('--recipient <NAME>', 'to whom it goes; recorded, and written in the package')
      .option(
        '--digest <NAME>',
        `of its manifests: ${PACKAGE_DIGESTS.join(', ')}; may be repeated (default: sha256, sha512)`,
        collect,
      )
      .option('--profile <FILE>', 'a BagIt profile that it must meet (its JSON file)')
      .option('--tag <LABEL: VALUE>', 'a further element of bag-info.txt; may be repeated', collect)
      .option('--reserve <USES>', `uses that are reserved: ${RESERVATIONS.join(',')}`)
      .option('--reserved-by <NAME>', 'who reserves them')
      .option(
        '--withhold-field <FIELD>',
        'a field of description that stays behind; may be repeated',
        collect,
      )
      .option(
        '--override-rights <REASON>',
        'hand out files without documented rights or origin too; recorded with who acts and why',
      )
      .option('--dry-run', 'only say what would leave and what would stay behind');
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const input = wishOf(invocation);
    if (options.flag('dryRun'))
      return withHost(invocation, 'read', async (client) => {
        const plan = await client.handOuts.plan(input);
        output.json({ plan });
        return showPackagePlan(output, plan);
      });
    return withHost(invocation, 'write', async (client) => {
      const job = await runJob(invocation, client, () => client.handOuts.create(input));
      const result = job.result as PackageResult;
      output.json({ ...result });
      return showPackage(output, result);
    });
  },
};

function wishOf({ words, options }: Invocation) {
  const named = {
    ...(words.length > 0 && { ids: words.map((word) => textOf(word, 'An id').toLowerCase()) }),
    ...textIf(options, 'accession'),
    ...textIf(options, 'collection'),
    ...textIf(options, 'search'),
  };
  if (Object.keys(named).length !== 1)
    throw new UsageError(
      'Say what to pack: ids, or one of --accession, --collection and --search. Nothing was written.',
    );
  const to = options.word('to');
  if (to === undefined) throw new UsageError('Say where to make the package: --to DIR. Nothing was written.');
  const profile = options.word('profile');
  return {
    ...named,
    to: pathFromWord(to),
    as: formOf(options),
    digests: options.list('digest').map(digestOf),
    tags: options.list('tag').map(tagOf),
    withholdFields: options.list('withholdField').map(fieldOf),
    ...textIf(options, 'name'),
    ...textIf(options, 'recipient'),
    ...textIf(options, 'overrideRights'),
    ...(profile === undefined ? {} : { profile: pathFromWord(profile) }),
    ...reservationOf(options),
  };
}

function textIf<Name extends string>(options: Options, name: Name): { [Key in Name]?: string } {
  const text = options.text(name);
  return (text === undefined ? {} : { [name]: text }) as { [Key in Name]?: string };
}

function formOf(options: Options): PackageForm {
  const typed = options.text('as') ?? 'folder';
  const form = PACKAGE_FORMS.find((each) => each === typed.toLowerCase());
  if (form !== undefined) return form;
  throw new UsageError(`--as takes ${PACKAGE_FORMS.join(', ')}; "${clean(typed)}" is none of them.`);
}

function digestOf(typed: string): PackageDigest {
  const plain = typed.toLowerCase().replace('-', '');
  const digest = PACKAGE_DIGESTS.find((each) => each === plain);
  if (digest !== undefined) return digest;
  throw new UsageError(`--digest takes ${PACKAGE_DIGESTS.join(', ')}; "${clean(typed)}" is none of them.`);
}

function tagOf(word: string): [label: string, value: string] {
  const typed = textOf(word, '--tag');
  const [label = '', ...rest] = typed.split(':');
  if (rest.length > 0 && BAG_INFO_LABEL.test(label)) return [label, rest.join(':').trim()];
  throw new UsageError(`--tag takes "Label: value"; "${clean(typed)}" is not that.`);
}

function fieldOf(word: string): string {
  const field = parseFieldName(textOf(word, '--withhold-field'));
  if (field !== undefined) return field;
  throw new UsageError(`--withhold-field takes a field of description; "${clean(word)}" is none.`);
}

function reservationOf(options: Options): { reservation?: { uses: Reservation[]; by: string } } {
  const typed = options.text('reserve');
  const by = options.text('reservedBy');
  if (typed === undefined && by === undefined) return {};
  if (typed === undefined || by === undefined)
    throw new UsageError(
      'A reservation says what and by whom: --reserve tdm,ai-training --reserved-by NAME.',
    );
  const uses = typed
    .toLowerCase()
    .split(',')
    .map((word) => RESERVATIONS.find((each) => each === word.trim()));
  const known = uses.filter((use) => use !== undefined);
  if (known.length === uses.length) return { reservation: { uses: [...new Set(known)], by } };
  throw new UsageError(`--reserve takes ${RESERVATIONS.join(',')}; "${clean(typed)}" has another word.`);
}
