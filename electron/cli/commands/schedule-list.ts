import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { SCHEDULE_EXAMPLES } from '../../../shared/domain/schedule-words.ts';
import { showSchedules } from '../report/schedules.ts';
import { withHost } from '../with-host.ts';

export const scheduleList: CliCommand = {
  name: 'schedule list',
  summary: 'list the schedules: what is due, and what became of the last run',
  description:
    'Lists every schedule with when it is due next, how its last run ended, and whether a run is overdue or was missed. It reads only the ' +
    'catalogue.',
  examples: [{ does: 'All schedules', line: 'schedule list' }],
  isDefault: true,
  define(command) {
    command.option('--ndjson', 'print one JSON object a line');
  },
  run: (invocation) =>
    withHost(invocation, 'read', async (client) => {
      const { output } = invocation;
      const { rows, next } = await client.schedules.list();
      if (output.form === 'ndjson') for (const row of rows) output.json(row);
      else output.json({ rows, next });
      if (rows.length === 0)
        output.lines(`No schedule yet: holdfast schedule add --every "${SCHEDULE_EXAMPLES[0]}"`);
      else showSchedules(output, rows);
      return EXIT.done;
    }),
};
