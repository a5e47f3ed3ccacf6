import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const agentForget: CliCommand = {
  name: 'agent forget',
  summary: "erase a person's name and contact",
  description:
    'Replaces name and contact by a pseudonym, in everything they did and every role they held, and erases the words of the events ' +
    'about them. The log still verifies: it commits to those words by salted digests only. What others wrote (the source of an ' +
    'accession, a title) is named, not rewritten. It cannot be undone. Copies of the catalogue in managed locations are written anew when the command ends, and older ones removed; ' +
    'of a place that is not connected that is told, and done once it is. Backups in the archive (backups/) still hold the name.',
  examples: [
    { does: 'What would be erased, and where the name would still stand', line: 'agent forget agent-4' },
    { does: 'At the request of the person', line: 'agent forget agent-4 --yes' },
    {
      does: 'And the words of every other event that names them',
      line: 'agent forget agent-4 --mentions --yes',
    },
  ],
  define(command) {
    command
      .argument('[AGENT]', 'id or name')
      .option('--mentions', 'erase the words of every other event that names them too')
      .option('--yes', 'do it; without, it is only told what would be done');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const agent = oneName(words, 'Name one agent, by id or name.');
    const dryRun = !options.flag('yes');
    const mentions = options.flag('mentions');
    return withHost(invocation, 'write', async (client) => {
      const result = await client.agents.forget({ agent, mentions, dryRun });
      const { eventsErased, eventsLeft, namedIn, copies } = result;
      output.json({ ...result, dryRun });
      const words = `the words of ${counted(eventsErased, 'event')}`;
      output.lines(
        dryRun
          ? `Nothing was erased yet. --yes would erase the name and contact of ${clean(result.agent.name)} (${result.agent.id}) and ${words}.`
          : `${result.agent.id} is "${clean(result.agent.name)}" now; ${words} were erased. The log still verifies.`,
      );
      if (eventsLeft.length > 0)
        output.lines(
          `${counted(eventsLeft.length, 'other event')} named them too (${someOf(eventsLeft)})${dryRun ? ': --mentions erases those words as well' : ' and were left'}.`,
        );
      if (namedIn.length > 0)
        output.lines(
          `What people wrote elsewhere names them, and is for people to change: ${someOf(namedIn)}.`,
        );
      const there = copies.filter(({ reachable }) => reachable).map(({ name }) => `"${clean(name)}"`);
      if (there.length > 0)
        output.lines(
          `The copies of the catalogue at ${there.join(', ')} ${dryRun ? 'would be' : 'are'} written anew without the name.`,
        );
      for (const { name, reason } of copies.filter(({ reachable }) => !reachable))
        output.lines(
          `The copy of the catalogue at "${clean(name)}" holds the name until that place is connected and a command that may write has run, such as rescan. ${clean(reason ?? '')}`,
        );
      if (!dryRun)
        output.note(
          'Backups of the catalogue (backups/ in the archive) hold the name until they are removed.',
        );
      return EXIT.done;
    });
  },
};

function someOf(ids: readonly string[]): string {
  return ids.length > 10 ? `${ids.slice(0, 10).join(', ')} …` : ids.join(', ');
}
