import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { itemLines } from '../report/structure.ts';
import { withHost } from '../with-host.ts';

export const itemList: CliCommand = {
  name: 'item list',
  summary: 'list the items',
  description:
    'Lists items in the order of accessions and folders: what each is made of, in which roles, and whether it was arranged ' +
    'by hand or by a rule.',
  examples: [
    { does: 'Of one accession', line: 'item list --accession 2026-0042' },
    {
      does: 'Of a collection and all that lies below it, for a script',
      line: 'item list --collection Jazz --ndjson',
    },
  ],
  isDefault: true,
  define(command) {
    command
      .option('--accession <ACCESSION>', 'of this one: its id or number')
      .option('--collection <COLLECTION>', 'of this one and what lies below it: id, name, or path');
    addListOptions(command);
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const accession = options.text('accession');
    const collection = options.text('collection');
    const of = {
      ...(accession !== undefined && { accession }),
      ...(collection !== undefined && { collection }),
    };
    return withHost(invocation, 'read', async (client) => {
      const page = await listPages(invocation, (request) => client.items.list({ ...of, ...request }));
      if (page.rows.length === 0) output.lines('There is no item.');
      else output.lines(...itemLines(page.rows, output.width));
      nextPage(invocation, page);
      return EXIT.done;
    });
  },
};
