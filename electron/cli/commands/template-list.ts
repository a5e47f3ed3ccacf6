import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { table } from '../format/table.ts';
import { withHost } from '../with-host.ts';

export const templateList: CliCommand = {
  name: 'template list',
  summary: 'list the templates of accessions',
  description: 'Lists every template with what it says.',
  examples: [{ does: 'All templates', line: 'template list' }],
  isDefault: true,
  define(command) {
    command.option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.intake.templates();
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next });
      if (rows.length === 0)
        output.lines('No template yet: holdfast template save NAME --rights-basis BASIS');
      else
        output.lines(
          ...table(
            rows,
            [
              { title: 'Name', of: (row) => row.name, shrinkTo: 10 },
              { title: 'Rights basis', of: (row) => row.defaults.rightsBasis ?? '' },
              { title: 'Note', of: (row) => row.defaults.rightsNote ?? '', shrinkTo: 10 },
              { title: 'Source', of: (row) => row.defaults.source ?? '', shrinkTo: 10 },
              { title: 'Acquired', of: (row) => row.defaults.acquired ?? '', shrinkTo: 10 },
              { title: 'Agreement', of: (row) => row.defaults.agreement ?? '', shrinkTo: 10 },
              { title: 'Collection', of: (row) => row.defaults.collection ?? '', shrinkTo: 10 },
              { title: 'To', of: (row) => row.defaults.to ?? '', shrinkTo: 8 },
            ],
            output.width,
          ),
        );
      return EXIT.done;
    }),
};
