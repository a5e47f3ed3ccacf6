import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const templateRemove: CliCommand = {
  name: 'template remove',
  summary: 'remove a template',
  description: 'Removes a template. Accessions that were made with it stay as they are.',
  examples: [{ does: 'One that is out of date', line: 'template remove radio' }],
  define(command) {
    command.argument('[NAME]', 'what the template is called');
  },
  run: (invocation) => {
    const name = oneName(invocation.words, 'Name one template.');
    return withHost(invocation, 'write', async (client) => {
      const template = await client.intake.removeTemplate({ name });
      invocation.output.json({ template });
      invocation.output.lines(`The template "${clean(template.name)}" is removed.`);
      return EXIT.done;
    });
  },
};
