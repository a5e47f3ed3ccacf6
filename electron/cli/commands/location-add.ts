import { LOCATION_WRITES, type LocationWrites } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { collect, type Options } from '../options.ts';
import { pathsFrom } from '../paths.ts';
import { fateSentences } from '../report/shared-fate.ts';
import { offlineSentence } from '../report/shelf.ts';
import { addShelfOptions, shelfWords } from '../shelf-options.ts';
import { withHost } from '../with-host.ts';

export const locationAdd: CliCommand = {
  name: 'location add',
  summary: 'name a place that holds copies',
  description:
    'Names a folder as a storage location, with where it stands and what it could be lost with. Nothing is written there, ' +
    'save in a managed location: there Holdfast deposits sealed BagIt bags, makes the folder where there is none, and marks it. ' +
    'With --offline it is a medium that is not connected, such as a tape: it has no folder, and lies on a shelf. ' +
    'An accession names the locations of its folders by itself; adding one beforehand gives it a name and these facts.',
  examples: [
    {
      does: 'A disk on the network, and what it shares its fate with',
      line: 'location add /mnt/nas/sound --name "Studio NAS" --site Basel --medium disk --group nas-pool-1',
    },
    {
      does: 'A disk on which not even a recovery may write',
      line: 'location add /media/vault --name Vault --writes never',
    },
    {
      does: 'A managed location, for deposits and replication',
      line: 'location add /media/deep/holdfast --name "Deep store" --writes managed --site Bern --medium tape --group deep-1',
    },
    {
      does: 'A tape on a shelf',
      line: 'location add --offline --name "LTO 0042" --barcode HF0042L8 --shelf "Safe 2" --generation LTO-8 --medium tape --recall-by 2027-06-30',
    },
  ],
  define(command) {
    command
      .argument('[PATH]', 'the folder')
      .option('--name <NAME>', 'what people call it (required)')
      .option('--site <SITE>', 'the building or town where it stands')
      .option('--medium <MEDIUM>', 'disk, tape, optical, cloud, …')
      .option('--group <GROUP>', 'failure group: what would be lost together bears the same name')
      .option(
        '--writes <POLICY>',
        'never: nothing; recover: what an explicit recovery restores (default); managed: bags',
      )
      .option('--copied', 'the marker there came along with a copy of another location: make a new one')
      .option('--path-base64 <B64>', 'the path as base64 of its bytes, for names that are not UTF-8', collect)
      .option('--offline', 'not connected: a tape or a drive on a shelf; takes no folder');
    addShelfOptions(command);
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const name = options.text('name')?.trim() ?? '';
    const base64 = options.list('pathBase64');
    if (options.flag('offline')) return addOffline(invocation, name, words.length + base64.length > 0);
    if (Object.keys(shelfWords(options)).length > 0)
      throw new UsageError(
        '--barcode, --shelf, --generation and --recall-by are of a medium that is not connected: add --offline.',
      );
    const [path, second] = pathsFrom(words, base64);
    if (path === undefined || second !== undefined) throw new UsageError('Name one folder.');
    if (name === '') throw new UsageError('A location needs a name: --name NAME.');
    const writes = writesOf(options);
    const input = { path, name, writes, copied: options.flag('copied'), ...optional(options) };
    return withHost(invocation, 'write', async (client) => {
      const location = await client.locations.add(input);
      output.json({ location });
      const done =
        writes === 'managed' ? 'It bears a marker and takes deposits.' : 'Nothing was written there.';
      output.lines(
        `${clean(location.name)} (${location.id}) is a location now: ${clean(location.root.display)}. ${done}`,
      );
      if (location.failureGroup === undefined)
        output.note(
          'Its failure group is not known, so that it counts as dependent on every other: --group names one.',
        );
      const { rows } = await client.locations.sharedFates();
      for (const row of rows)
        if (row.location === location.id) fateSentences(row).forEach((sentence) => output.note(sentence));
      return EXIT.done;
    });
  },
};

function addOffline(invocation: Invocation, name: string, hasPath: boolean): Promise<number> {
  const { options, output } = invocation;
  if (hasPath || options.text('writes') !== undefined || options.flag('copied'))
    throw new UsageError('With --offline there is no folder, and nothing is written there.');
  if (name === '') throw new UsageError('A location needs a name: --name NAME.');
  return withHost(invocation, 'write', async (client) => {
    const location = await client.locations.addOffline({
      name,
      ...optional(options),
      ...shelfWords(options),
    });
    output.json({ location });
    output.lines(offlineSentence(location));
    return EXIT.done;
  });
}

function writesOf(options: Options): LocationWrites {
  const text = options.text('writes') ?? 'recover';
  const known = LOCATION_WRITES.find((writes) => writes === text);
  if (known !== undefined) return known;
  throw new UsageError(`--writes takes never, recover or managed; "${text}" is none of them.`);
}

function optional(options: Options): { site?: string; medium?: string; failureGroup?: string } {
  const [site, medium, failureGroup] = ['site', 'medium', 'group'].map((name) => options.text(name));
  return {
    ...(site === undefined ? {} : { site }),
    ...(medium === undefined ? {} : { medium }),
    ...(failureGroup === undefined ? {} : { failureGroup }),
  };
}
