import type { NewAgent } from '../../../shared/contract/agents.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { textOf } from '../options.ts';
import { withHost } from '../with-host.ts';

export const agentAdd: CliCommand = {
  name: 'agent add',
  summary: 'add a person or an institution',
  description:
    'Adds somebody who can hold roles. Who acts with --agent is known by name already: adding them records how they are reached. ' +
    'Name and contact are personal data: they stand outside the chained log and can be erased (agent forget).',
  examples: [
    { does: 'A person', line: 'agent add "Ada Kettle" --contact "ada@sound.example, +41 31 555 01 02"' },
    { does: 'An institution', line: 'agent add "Phonogrammarchiv" --kind organization' },
  ],
  define(command) {
    command
      .argument('[NAME]', 'the name')
      .option('--kind <KIND>', 'person (default) or organization')
      .option('--contact <TEXT>', 'how they are reached');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const name = oneName(words, 'Name one agent.');
    const contact = options.text('contact')?.trim();
    const input: NewAgent = {
      name,
      kind: kindOf(options.text('kind') ?? 'person'),
      ...(contact === undefined || contact === '' ? {} : { contact }),
    };
    return withHost(invocation, 'write', async (client) => {
      const agent = await client.agents.add(input);
      output.json({ agent });
      output.lines(`${clean(agent.name)} is ${agent.id} now.`);
      return EXIT.done;
    });
  },
};

/** The one word of a command that names somebody. */
export function oneName(words: readonly string[], otherwise: string): string {
  const [word, second] = words;
  const name = word === undefined ? '' : textOf(word, 'A name').trim();
  if (name === '' || second !== undefined) throw new UsageError(otherwise);
  return name;
}

function kindOf(text: string): NewAgent['kind'] {
  if (text === 'person' || text === 'organization') return text;
  throw new UsageError(`--kind takes person or organization; "${text}" is neither.`);
}
