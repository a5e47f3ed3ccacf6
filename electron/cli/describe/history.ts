/** `describe ID`, `--undo` and `--edits`. */
import { printValue } from '../../../shared/domain/description/cells.ts';
import type { Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { moment } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { clean } from '../format/text.ts';
import { listPages, nextPage } from '../list-pages.ts';
import { descriptionLines, fieldLabel } from '../report/description.ts';
import { withHost } from '../with-host.ts';
import { shownFor } from './targets.ts';
import { tellEdit } from './values.ts';

export async function showDescription(invocation: Invocation): Promise<number> {
  const { words, options, output } = invocation;
  const [id, second] = words;
  if (id === undefined || second !== undefined)
    throw new UsageError(
      'Name one thing to look at, such as item-12; or say what to do: --set, --csv, --export, …',
    );
  const history = options.flag('history');
  return withHost(invocation, 'read', async (client) => {
    const described = await client.description.get({ id: id.toLowerCase(), history });
    output.json({ ...described, changes: [] });
    output.lines(output.heading(clean(described.title === '' ? described.id : described.title)));
    output.lines(...descriptionLines(described.fields));
    if (described.fileSays.length > 0)
      output.lines('', output.heading('What the file says'), ...descriptionLines(described.fileSays));
    if (described.history !== undefined && described.history.length > 0)
      output.lines(
        '',
        output.heading('History, newest first'),
        ...table(
          described.history,
          [
            { title: 'When', of: (row) => (row.at === undefined ? '' : moment(row.at)) },
            { title: 'Field', of: (row) => fieldLabel(row.field) },
            {
              title: 'Value',
              of: (row) => (row.value === null ? '(cleared)' : printValue(row.value)),
              shrinkTo: 20,
            },
            { title: 'By', of: (row) => row.agent ?? row.source, shrinkTo: 10 },
            { title: 'Edit', of: (row) => row.edit ?? '' },
          ],
          output.width,
          '  ',
        ),
      );
    return EXIT.done;
  });
}

export async function undoEdit(invocation: Invocation): Promise<number> {
  const edit = (invocation.options.text('undo') ?? '').toLowerCase();
  if (!/^edit-[1-9]\d*$/.test(edit))
    throw new UsageError(`"${edit}" is not the id of an edit, such as edit-3; --edits lists them.`);
  return withHost(invocation, 'write', async (client) =>
    tellEdit(invocation, await client.description.undo({ edit, shown: shownFor(invocation) }), false),
  );
}

export async function listEdits(invocation: Invocation): Promise<number> {
  const { output } = invocation;
  return withHost(invocation, 'read', async (client) => {
    const page = await listPages(invocation, (request) => client.description.edits(request));
    if (page.rows.length === 0) output.lines('Nothing was described yet.');
    else
      output.lines(
        ...table(
          page.rows,
          [
            { title: 'Id', of: (row) => row.id },
            { title: 'When', of: (row) => moment(row.at) },
            { title: 'Agent', of: (row) => row.agent, shrinkTo: 10 },
            { title: 'Values', align: 'right', of: (row) => String(row.changes) },
            { title: 'What', of: (row) => row.note, shrinkTo: 20 },
            { title: 'Undone by', of: (row) => row.undoneBy ?? '' },
          ],
          output.width,
        ),
      );
    nextPage(invocation, page);
    return EXIT.done;
  });
}
