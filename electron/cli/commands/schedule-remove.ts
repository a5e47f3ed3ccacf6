import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const scheduleRemove: CliCommand = {
  name: 'schedule remove',
  summary: 'remove a schedule',
  description: 'Removes a schedule. Its runs and what they found stay on record.',
  examples: [{ does: 'One that is no longer wanted', line: 'schedule remove nightly' }],
  define(command) {
    command.argument('[NAME]', 'what the schedule is called');
  },
  run: (invocation) => {
    const name = oneName(invocation.words, 'Name one schedule; holdfast schedule list has them.');
    return withHost(invocation, 'write', async (client) => {
      const schedule = await client.schedules.remove({ name });
      invocation.output.json({ schedule });
      invocation.output.lines(`"${clean(schedule.name)}" is removed.`);
      return EXIT.done;
    });
  },
};
