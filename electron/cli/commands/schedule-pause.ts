import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const schedulePause: CliCommand = {
  name: 'schedule pause',
  summary: 'run nothing of a schedule until it is resumed',
  description: 'Pauses a schedule: nothing of it becomes due meanwhile. A run that is under way goes on.',
  examples: [{ does: 'While the disks are moved', line: 'schedule pause nightly' }],
  define(command) {
    command.argument('[NAME]', 'what the schedule is called');
  },
  run: (invocation) => {
    const name = oneName(invocation.words, 'Name one schedule; holdfast schedule list has them.');
    return withHost(invocation, 'write', async (client) => {
      const schedule = await client.schedules.pause({ name });
      invocation.output.json({ schedule });
      invocation.output.lines(`"${clean(schedule.name)}" is paused.`);
      return EXIT.done;
    });
  },
};
