import type { Aside } from '../../../shared/contract/quarantine.ts';
import { asideNumber } from '../../../shared/domain/quarantine.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import type { Client } from '../host-port.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { pathsFrom } from '../paths.ts';
import { asideLines, showAside } from '../report/quarantine.ts';
import { withHost } from '../with-host.ts';

export const quarantineList: CliCommand = {
  name: 'quarantine list',
  summary: 'list damaged files that were set aside',
  description:
    'Lists the damaged files that recoveries set aside, a page at a time, newest first; with --all those that were given back or removed since. Each ' +
    'stands on its own volume, with a text beside it that tells why. None counts as a copy.',
  examples: [
    { does: 'What stands in quarantine', line: 'quarantine list' },
    { does: 'What has left it too', line: 'quarantine list --all' },
  ],
  isDefault: true,
  define(command) {
    addListOptions(command.option('--all', 'those that were given back or removed too'));
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output, options } = invocation;
      const all = options.flag('all');
      const page = await listPages(invocation, (request) => client.quarantine.list({ ...request, all }));
      if (page.rows.length === 0) output.lines('Nothing stands in quarantine.');
      for (const row of page.rows) output.lines(...asideLines(row));
      nextPage(invocation, page);
      if (!all && output.form === 'human') await tellReleased(invocation, client);
      return EXIT.done;
    }),
};

async function tellReleased({ output }: Invocation, client: Client): Promise<void> {
  const { released } = await client.quarantine.counts();
  if (released > 0)
    output.note(`${counted(released, 'file')} given back or removed since: holdfast quarantine list --all`);
}

export const quarantineShow: CliCommand = {
  name: 'quarantine show',
  summary: 'show a file in quarantine, with its story',
  description:
    'Shows where a damaged file stood and stands, what it holds, who set it aside for which finding, and the text beside it.',
  examples: [{ does: 'One of them', line: 'quarantine show aside-3' }],
  define(command) {
    command.argument('<ASIDE>', 'its id');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const aside = await client.quarantine.show({ id: idOf(invocation) });
      invocation.output.json({ aside });
      showAside(invocation.output, aside);
      return EXIT.done;
    }),
};

export const quarantineRestore: CliCommand = {
  name: 'quarantine restore',
  summary: 'give a file in quarantine back',
  description:
    'Gives a damaged file back to where it stood, or to another path of its location. Nothing is overwritten: where anything stands ' +
    'it stays in quarantine. It is no good copy for that, and takes nobody’s place in the catalogue. Who does it and why is an event.',
  examples: [
    {
      does: 'To a folder where a laboratory looks at it',
      line: 'quarantine restore aside-3 --to /nas/studio/for-the-lab/side-a.wav --reason "To be read by the laboratory"',
    },
    {
      does: 'To where it stood, if nothing stands there',
      line: 'quarantine restore aside-3 --reason "Set aside by mistake"',
    },
  ],
  define(command) {
    command
      .argument('<ASIDE>', 'its id')
      .option('--reason <TEXT>', 'why it is given back')
      .option('--to <PATH>', 'where to, in its location; by default where it stood');
  },
  run: (invocation) => {
    const [id, reason, word] = [idOf(invocation), reasonOf(invocation), invocation.options.word('to')];
    const [to] = word === undefined ? [] : pathsFrom([word], []);
    return withHost(invocation, 'write', async (client) =>
      released(
        invocation,
        await client.quarantine.restore({ id, reason, ...(to === undefined ? {} : { to }) }),
      ),
    );
  },
};

export const quarantineDiscard: CliCommand = {
  name: 'quarantine discard',
  summary: 'remove the bytes of a file in quarantine',
  description:
    'Removes a damaged file that nobody needs as evidence any more, by two named agents. Refused while no good copy stands in its ' +
    'place: it may then be all that is left. What it was stays on record.',
  examples: [
    {
      does: 'Remove it',
      line: 'quarantine discard aside-3 --reason "Cause found; disk replaced" --agent "A. Novak" --second-agent "J. Miller" --yes',
    },
  ],
  define(command) {
    command
      .argument('<ASIDE>', 'its id')
      .option('--reason <TEXT>', 'why its bytes are removed')
      .option('--second-agent <NAME>', 'who stands for it beside --agent')
      .option('--yes', 'do not ask');
  },
  run: async (invocation) => {
    const { options, io, output } = invocation;
    const [id, reason, secondAgent] = [idOf(invocation), reasonOf(invocation), options.text('secondAgent')];
    if (options.text('agent') === undefined || secondAgent === undefined)
      throw new UsageError(
        'A deletion is done by two named agents: --agent NAME --second-agent NAME. Nothing was deleted.',
      );
    if (!options.flag('yes')) {
      if (!io.inIsTerminal || !io.errIsTerminal || output.form !== 'human')
        throw new UsageError(
          `Nobody can be asked here: look at it (holdfast quarantine show ${id}), then add --yes. Nothing was deleted.`,
        );
      const answer = await io.ask(`Type ${id} to remove its bytes; anything else ends here: `);
      if (answer.trim() !== id) throw new UsageError('Nothing was deleted. Nothing was recorded.');
    }
    return withHost(invocation, 'write', async (client) =>
      released(invocation, await client.quarantine.discard({ id, reason, secondAgent })),
    );
  },
};

function released({ output }: Invocation, aside: Aside): number {
  output.json({ aside });
  showAside(output, aside);
  return EXIT.done;
}

function idOf({ words }: Invocation): string {
  const [word] = words;
  if (word === undefined)
    throw new UsageError('Name a file in quarantine by its id; see them with: holdfast quarantine list');
  if (asideNumber(word) === undefined)
    throw new UsageError(
      `"${word}" is not the id of a file in quarantine. Such an id looks like aside-12; see: holdfast quarantine list`,
    );
  return word;
}

function reasonOf({ options }: Invocation): string {
  const reason = options.text('reason')?.trim() ?? '';
  if (reason === '') throw new UsageError('Say why: --reason TEXT. Nothing was done.');
  return reason;
}
