import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { scheduleSentence } from '../report/schedules.ts';
import { withHost } from '../with-host.ts';
import { oneName } from './agent-add.ts';

export const scheduleResume: CliCommand = {
  name: 'schedule resume',
  summary: 'let a paused schedule go on',
  description: 'Lets a paused schedule go on. What would have been due meanwhile is caught up with one run.',
  examples: [{ does: 'Once the disks are back', line: 'schedule resume nightly' }],
  define(command) {
    command.argument('[NAME]', 'what the schedule is called');
  },
  run: (invocation) => {
    const name = oneName(invocation.words, 'Name one schedule; holdfast schedule list has them.');
    return withHost(invocation, 'write', async (client) => {
      const schedule = await client.schedules.resume({ name });
      invocation.output.json({ schedule });
      invocation.output.lines(`"${clean(schedule.name)}" goes on. ${scheduleSentence(schedule)}`);
      return EXIT.done;
    });
  },
};
