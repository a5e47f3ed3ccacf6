import { realpathSync } from 'node:fs';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT } from '../errors.ts';
import { clean } from '../format/text.ts';
import type { HostModule } from '../host-port.ts';
import { archiveDir } from '../with-host.ts';

export const scheduleInstall: CliCommand = {
  name: 'schedule install',
  summary: 'have the system run what is due, with the app closed',
  description:
    'Writes a timer of this user that calls `schedule run-due` every hour, and once after a time that the machine slept through: a systemd ' +
    'user timer (Linux), a launchd agent (macOS) or a task of the Task Scheduler (Windows); the last two were never tried on such a system. ' +
    'Run again, it writes the timer anew. A file of that name that Holdfast did not write is left alone. On Linux a user’s timers run while ' +
    'that user is logged in; `loginctl enable-linger` lets them run always.',
  examples: [
    { does: 'For this archive', line: 'schedule install --archive /srv/archive' },
    { does: 'What would be written', line: 'schedule install --print' },
  ],
  define(command) {
    command.option('--print', 'print what would be written, and write nothing');
  },
  async run(invocation) {
    const { options, output } = invocation;
    const module = await invocation.loadHost();
    const order = timerOrder(invocation, module);
    if (options.flag('print')) {
      const { files } = module.describeTimer(order);
      output.json({ files, written: false });
      for (const { path, text } of files) output.lines(output.heading(clean(path)), text);
      return EXIT.done;
    }
    const { files, isRunning } = await module.installTimer(order);
    output.json({ files, written: true, running: isRunning });
    output.lines(...files.map(({ path }) => `Written: ${clean(path)}`));
    output.lines(
      isRunning
        ? 'The system calls it every hour from now on.'
        : 'The system did not take it over just now: it does with the next login of this user.',
      ...(process.platform === 'linux'
        ? ['It runs while this user is logged in. To have it run always: loginctl enable-linger']
        : []),
    );
    return EXIT.done;
  },
};

/** This program as it was started, by paths that still hold when the timer calls it. */
export function timerOrder(
  invocation: Invocation,
  module: HostModule,
): Parameters<HostModule['installTimer']>[0] {
  const script = process.argv[1];
  return {
    archive: archiveDir(invocation, module),
    program: [process.execPath, ...(script === undefined ? [] : [realpathSync(script)])],
    agent: invocation.agent,
  };
}
