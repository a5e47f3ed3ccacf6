import type { LocationChange, LocationChanged } from '../../../shared/contract/locations.ts';
import type { LocationFact } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import { textOf, type Options } from '../options.ts';
import { fateSentences } from '../report/shared-fate.ts';
import { withHost } from '../with-host.ts';

const MOST = 16;

export const locationSet: CliCommand = {
  name: 'location set',
  summary: 'change what is known of a location',
  description:
    'Changes what people call a location, where it stands, what it could be lost with, what may be written there and how it is read. What is ' +
    'not named stays as it is; an empty word makes site, medium or group unknown again. Each change is an event that keeps the old value. ' +
    'Which items are replicated follows its failure group at once. A place in place may be written to by an explicit recovery, or never; a ' +
    'managed location is one from the start. An audit reads one file at a time on a disk that turns, and as many as there are threads ' +
    'elsewhere; a disk behind USB or a network does not always tell which it is.',
  examples: [
    {
      does: 'The NAS was moved, and has a pool of its own now',
      line: 'location set "Studio NAS" --site Bern --group nas-pool-2',
    },
    {
      does: 'Another name, and no recovery writes there any more',
      line: 'location set loc-2 --name Vault --writes never',
    },
    { does: 'What it could be lost with is not known after all', line: 'location set "Old NAS" --group ""' },
    { does: 'One file at a time; auto is as it is detected', line: 'location set "Old NAS" --readers 1' },
  ],
  define(command) {
    command
      .argument('<LOCATION>', 'its id or its name')
      .option('--name <NAME>', 'what people call it from now on')
      .option('--site <SITE>', 'the building or town where it stands')
      .option('--medium <MEDIUM>', 'disk, tape, optical, cloud, …')
      .option('--group <GROUP>', 'failure group: what would be lost together bears the same name')
      .option('--writes <POLICY>', 'never: nothing; recover: what an explicit recovery restores')
      .option('--readers <N>', `files read at once, 1 to ${MOST}, or auto`);
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const location = textOf(words[0] ?? '', 'The location');
    const change = changeOf(options);
    if (words.length > 1) throw new UsageError('Name one location. Nothing was done.');
    if (Object.keys(change).length === 0)
      throw new UsageError(
        'Say what changes: --name, --site, --medium, --group, --writes or --readers. Nothing was done.',
      );
    return withHost(invocation, 'write', async (client) => {
      const set = await client.locations.set({ location, ...change });
      const { name, id } = set.location;
      output.json({ ...set });
      if (set.changes.length === 0) {
        output.lines(`Nothing was changed: ${clean(name)} (${id}) is recorded so already.`);
        return EXIT.done;
      }
      output.lines(
        `${clean(name)} (${id}) was changed:`,
        ...facts(
          set.changes.map((each) => [WORDS[each.fact], changeWords(each)]),
          '  ',
        ),
        ...statusSentences(set),
      );
      const isNow = (fact: LocationFact, to?: string): boolean =>
        set.changes.some((each) => each.fact === fact && (to === undefined || each.to === to));
      if (isNow('failureGroup'))
        for (const row of (await client.locations.sharedFates()).rows)
          if (row.location === id) fateSentences(row).forEach((sentence) => output.note(sentence));
      if (isNow('writes', 'never')) {
        const aside = (await client.quarantine.list({})).rows.filter((row) => row.location.id === id).length;
        if (aside > 0)
          output.note(
            `${counted(aside, 'file')} in quarantine there can be given back or removed only while it may be written to.`,
          );
      }
      return EXIT.done;
    });
  },
};

const WORDS: Readonly<Record<LocationFact, string>> = {
  name: 'name',
  site: 'site',
  medium: 'medium',
  failureGroup: 'group',
  writes: 'writes',
  readers: 'readers',
};

function changeOf(options: Options): LocationChange {
  const [name, site, medium, group, writes, readers] = [
    'name',
    'site',
    'medium',
    'group',
    'writes',
    'readers',
  ].map((word) => options.text(word)?.trim());
  if (name === '') throw new UsageError('A location needs a name. Nothing was done.');
  if (writes !== undefined && writes !== 'never' && writes !== 'recover')
    throw new UsageError(
      writes === 'managed'
        ? 'A location does not become a managed one. Add one: holdfast location add PATH --name NAME --writes managed. Nothing was done.'
        : `--writes takes never or recover; "${writes}" is neither. Nothing was done.`,
    );
  const unknownIf = (text: string): string | null => (text === '' ? null : text);
  return {
    ...(name === undefined ? {} : { name }),
    ...(site === undefined ? {} : { site: unknownIf(site) }),
    ...(medium === undefined ? {} : { medium: unknownIf(medium) }),
    ...(group === undefined ? {} : { failureGroup: unknownIf(group) }),
    ...(writes === undefined ? {} : { writes }),
    ...(readers === undefined
      ? {}
      : { readers: readers === 'auto' ? readers : (options.number('readers', 1, MOST) ?? 1) }),
  };
}

function changeWords({ fact, from, to }: LocationChanged['changes'][number]): string {
  const unknown = fact === 'readers' ? 'as its device asks for' : 'unknown';
  const shown = (value: string | number | undefined): string =>
    value === undefined ? unknown : clean(String(value));
  return `${shown(to)}, before ${shown(from)}`;
}

function statusSentences({ nowReplicated, noLongerReplicated }: LocationChanged): string[] {
  const are = (items: number): string => `${counted(items, 'item')} ${items === 1 ? 'is' : 'are'}`;
  return [
    ...(nowReplicated === 0
      ? []
      : [`${are(nowReplicated)} replicated now: verified copies stand in two failure groups or more.`]),
    ...(noLongerReplicated === 0
      ? []
      : [
          `${are(noLongerReplicated)} no longer replicated: no verified copies in two failure groups are known.`,
        ]),
  ];
}
