import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { addRightsOptions, given, provenance, rightsOf } from './accession.ts';
import { oneName } from './agent-add.ts';

export const templateSave: CliCommand = {
  name: 'template save',
  summary: 'save defaults for accessions under a name',
  description:
    'Saves what many accessions have in common: rights, source, acquisition, agreement, collection, where they go. ' +
    '"accession --template NAME" and a column "template" of a batch use it; whatever is said beside it wins. ' +
    'Saving under the same name again replaces it; accessions made before stay as they are.',
  examples: [
    {
      does: "A broadcaster's deposits",
      line: 'template save radio --rights-basis license --rights-note "Deposit agreement 2024/7" --source "Radio Bern" --collection Radio',
    },
  ],
  define(command) {
    command.argument('[NAME]', 'what the template is called');
    addRightsOptions(command);
    command
      .option('--collection <NAME>', 'the collection it belongs to')
      .option('--to <LOCATION>', 'the managed location that the files are copied into');
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const name = oneName(words, 'Name one template.');
    const rightsBasis = rightsOf(options);
    const defaults = {
      ...(rightsBasis === undefined ? {} : { rightsBasis }),
      ...given('rightsNote', options.text('rightsNote')),
      ...provenance(options),
      ...given('collection', options.text('collection')),
      ...given('to', options.text('to')),
    };
    if (Object.keys(defaults).length === 0)
      throw new UsageError('A template says something: --rights-basis, --source, --collection or others.');
    return withHost(invocation, 'write', async (client) => {
      const template = await client.intake.saveTemplate({ name, defaults });
      output.json({ template });
      output.lines(`Saved: holdfast accession PATH --title TITLE --template ${JSON.stringify(clean(name))}`);
      return EXIT.done;
    });
  },
};
