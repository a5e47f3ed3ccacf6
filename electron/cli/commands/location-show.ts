import type { Location, LocationHealth } from '../../../shared/contract/locations.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { count, counted, day, moment, share, size } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { fateSentences } from '../report/shared-fate.ts';
import { whereOf } from '../report/shelf.ts';
import { withHost } from '../with-host.ts';

export const locationShow: CliCommand = {
  name: 'location show',
  summary: 'say how a location does',
  description:
    'Shows what is known of a location: where it is, how much of it is verified, overdue or waits for a decision, which run last looked, and ' +
    'what one failure would take together with it. It reads the catalogue, and looks at the device below it; no file is read.',
  examples: [{ does: 'One location', line: 'location show "Studio NAS"' }],
  define(command) {
    command.argument('<LOCATION>', 'its id or its name');
  },
  run: (invocation) => {
    const { words, output } = invocation;
    const wanted = textOf(words[0] ?? '', 'The location');
    return withHost(invocation, 'read', async (client) => {
      const { rows } = await client.locations.list();
      const location = rows.find(({ id, name }) => name === wanted || id === wanted);
      if (location === undefined)
        throw new UsageError(
          `There is no location "${wanted}". See the known ones with: holdfast location list`,
        );
      const health = await client.locations.health({ location: location.id });
      const fate = (await client.locations.sharedFates()).rows.find((row) => row.location === location.id);
      const sharesFate = fate === undefined ? {} : { sharedFate: fate };
      output.json({ location, health, ...sharesFate });
      output.lines(output.heading(`${clean(location.name)} (${location.id})`), ...facts(location, health));
      if (fate !== undefined) output.lines('', ...fateSentences(fate));
      return EXIT.done;
    });
  },
};

function facts(location: Location, health: LocationHealth): string[] {
  const { replicas, verified, overdue, openFindings, lastRun, lastCheckedAt } = health;
  const looked =
    lastRun === undefined
      ? lastCheckedAt === undefined
        ? 'none yet'
        : moment(lastCheckedAt)
      : `${lastRun.kind} of ${day(lastRun.endedAt)} (${lastRun.job})${lastRun.complete ? '' : ', not complete'}`;
  return [
    ['where', clean(whereOf(location))],
    ['writes', location.writes],
    ['readers', location.readers === undefined ? 'as its device asks for' : count(location.readers)],
    ['holds', `${counted(replicas, 'copy', 'copies')}, ${size(location.bytes)}`],
    [
      'verified',
      replicas === 0 ? 'nothing' : `${count(verified)} of ${count(replicas)} (${share(verified, replicas)})`,
    ],
    ['overdue', count(overdue)],
    ['findings', openFindings === 0 ? 'none is open' : `${count(openFindings)} open`],
    ['last run', looked],
    ['medium', clean(location.medium ?? 'unknown')],
    ['site', clean(location.site ?? 'unknown')],
    ['group', clean(location.failureGroup ?? 'unknown: counts as dependent on every other location')],
  ].map(([name = '', value = '']) => `  ${name.padEnd(10)}${value}`);
}
