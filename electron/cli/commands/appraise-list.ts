import { APPRAISAL_STATES, type AppraisalState } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { count, day, size } from '../format/numbers.ts';
import { table } from '../format/table.ts';
import { addListOptions, listPages, nextPage } from '../list-pages.ts';
import { withHost } from '../with-host.ts';

export const appraiseList: CliCommand = {
  name: 'appraise list',
  summary: 'list appraisals, newest first',
  description: 'Lists what was offered and surveyed, and what was decided.',
  examples: [{ does: 'What waits for a decision', line: 'appraise list --state surveyed' }],
  define(command) {
    addListOptions(command);
    command.option('--state <STATE>', `${APPRAISAL_STATES.join(', ')}: only these`);
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const state = stateOf(options.text('state'));
    return withHost(invocation, 'read', async (client) => {
      const page = await listPages(invocation, (request) =>
        client.appraisals.list({ ...request, ...(state === undefined ? {} : { state }) }),
      );
      if (page.rows.length === 0)
        output.lines('There is no such appraisal: holdfast appraise PATH --title TITLE');
      else
        output.lines(
          ...table(
            page.rows,
            [
              { title: 'Id', of: (row) => row.id },
              { title: 'State', of: (row) => row.state },
              { title: 'Surveyed', of: (row) => day(row.surveyedAt) },
              { title: 'Files', align: 'right', of: (row) => count(row.files) },
              { title: 'Size', align: 'right', of: (row) => size(row.bytes) },
              { title: 'Accession', of: (row) => row.decision?.accession?.number ?? '' },
              { title: 'Title', of: (row) => row.title, shrinkTo: 20 },
              { title: 'Reason', of: (row) => row.decision?.reason ?? '', shrinkTo: 16 },
            ],
            output.width,
          ),
        );
      nextPage(invocation, page);
      return EXIT.done;
    });
  },
};

function stateOf(text: string | undefined): AppraisalState | undefined {
  if (text === undefined) return undefined;
  const state = APPRAISAL_STATES.find((each) => each === text);
  if (state !== undefined) return state;
  throw new UsageError(`--state takes ${APPRAISAL_STATES.join(', ')}; "${text}" is none of them.`);
}
