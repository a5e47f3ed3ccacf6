import type { ManifestResult } from '../../../shared/contract/manifests.ts';
import {
  MANIFEST_ALGORITHMS,
  MANIFEST_FORMS,
  type ManifestAlgorithm,
  type ManifestForm,
} from '../../../shared/domain/manifest-forms.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import { collect, textIf, type Options } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { showManifest } from '../report/manifest.ts';
import { withHost } from '../with-host.ts';

export const manifestCreate: CliCommand = {
  name: 'manifest create',
  summary: 'write a checksum file that other tools check',
  description:
    'Writes the digests that are recorded of an accession, a collection, a location, what a search finds, or things named by their ids. ' +
    `Forms: ${MANIFEST_FORMS.join(', ')}. gnu (with gnu-binary and tag) is what sha256sum and its siblings read, and the only one beside csv that writes every ` +
    'name; ffp has the MD5 that FLAC files state of their samples. No recording is read and nothing is guessed: a file without such a digest is ' +
    'named and not listed, and the command exits 1. Paths are relative to the root of one location unless --absolute. The manifest says which ' +
    'archive it is of, who handed it out and when, and the head of the log, where its form has comments. It goes into ' +
    "the archive's exports/ unless --out names a folder, and is never written over another file.",
  examples: [
    { does: 'Of an accession, for sha256sum -c', line: 'manifest create --accession 2026-0012' },
    {
      does: 'Of what lies in one location, for hashdeep -a',
      line: 'manifest create --location Vault --form hashdeep --algorithm md5 --algorithm sha256 --out ~/handed-over',
    },
    {
      does: 'Of two tapes, with their MD5',
      line: 'manifest create item-3 item-4 --algorithm md5 --form tag',
    },
  ],
  define(command) {
    command
      .argument('[ID...]', 'items, parts, contents, accessions, collections or replicas')
      .option('--accession <NUMBER>', 'what an accession holds: its number or id')
      .option('--collection <NAME>', 'what a collection holds, with those below it: its name or id')
      .option('--search <TEXT>', 'what a search finds')
      .option('--location <NAME>', 'what lies in a location: all of it, or of what else is named')
      .option('--form <FORM>', `${MANIFEST_FORMS.join(', ')} (default: gnu)`)
      .option(
        '--algorithm <NAME>',
        `${MANIFEST_ALGORITHMS.join(', ')}; may be repeated for hashdeep and csv`,
        collect,
      )
      .option('--absolute', 'with absolute paths, of as many locations as there are')
      .option('--out <DIR>', "the folder to write into (default: the archive's exports/)");
  },
  run: (invocation) => {
    const input = wishOf(invocation);
    return withHost(invocation, 'write', async (client) => {
      const job = await runJob(invocation, client, () => client.manifests.create(input));
      const result = job.result as ManifestResult;
      invocation.output.json({ ...result });
      return showManifest(invocation.output, result);
    });
  },
};

/** The same among the other forms that things are exported in. */
export const exportManifest: CliCommand = {
  ...manifestCreate,
  name: 'export manifest',
  summary: 'the same as manifest create',
  examples: [{ does: 'Of an accession, for sha256sum -c', line: 'export manifest --accession 2026-0012' }],
};

function wishOf({ words, options }: Invocation) {
  const named = {
    ...(words.length > 0 && { ids: words.map((word) => word.toLowerCase()) }),
    ...textIf(options, 'accession'),
    ...textIf(options, 'collection'),
    ...textIf(options, 'search'),
  };
  const location = textIf(options, 'location');
  const count = Object.keys(named).length;
  if (count > 1)
    throw new UsageError('Name things by their ids, or by one of --accession, --collection and --search.');
  if (count === 0 && location.location === undefined)
    throw new UsageError(
      'Say what to list: ids, --accession, --collection, --search or --location. Nothing was written.',
    );
  const out = options.word('out');
  return {
    ...named,
    ...location,
    form: formOf(options),
    algorithms: options.list('algorithm').map(algorithmOf),
    absolute: options.flag('absolute'),
    ...(out === undefined ? {} : { folder: pathFromWord(out) }),
  };
}

function formOf(options: Options): ManifestForm {
  const typed = options.text('form') ?? 'gnu';
  const form = MANIFEST_FORMS.find((each) => each === typed.toLowerCase());
  if (form !== undefined) return form;
  throw new UsageError(`--form takes ${MANIFEST_FORMS.join(', ')}; "${clean(typed)}" is none of them.`);
}

function algorithmOf(typed: string): ManifestAlgorithm {
  const plain = typed.toLowerCase().replace('-', '');
  const algorithm = MANIFEST_ALGORITHMS.find((each) => each === plain);
  if (algorithm !== undefined) return algorithm;
  throw new UsageError(
    `--algorithm takes ${MANIFEST_ALGORITHMS.join(', ')}; "${clean(typed)}" is none of them.`,
  );
}
