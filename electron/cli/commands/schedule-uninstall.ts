import type { CliCommand } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import { timerOrder } from './schedule-install.ts';

export const scheduleUninstall: CliCommand = {
  name: 'schedule uninstall',
  summary: 'remove the timer that the system calls',
  description:
    'Stops and removes what `schedule install` wrote for this archive, and nothing else. The schedules themselves stay, and are run while ' +
    'serve or the app is open.',
  examples: [{ does: 'For this archive', line: 'schedule uninstall' }],
  define() {
    // Nothing but what every command takes.
  },
  async run(invocation) {
    const { output } = invocation;
    const module = await invocation.loadHost();
    const removed = await module.uninstallTimer(timerOrder(invocation, module));
    output.json({ removed });
    if (removed.length === 0) output.lines('There was no timer for this archive.');
    else output.lines(...removed.map((path) => `Removed: ${clean(path)}`));
    return EXIT.done;
  },
};
