import { SCHEDULE_EXAMPLES } from '../../../shared/domain/schedule-words.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { scheduleSentence } from '../report/schedules.ts';
import { withHost } from '../with-host.ts';

export const scheduleAdd: CliCommand = {
  name: 'schedule add',
  summary: 'say how much is verified, and how often',
  description:
    'Adds a schedule of audits, in plain words or in cron. "a twelfth every month" takes the longest unverified twelfth each time, so that ' +
    'everything is read within a year however the collection grows. What is due is run by `serve` and the app while they are open, and by ' +
    '`schedule run-due`, which `schedule install` has the system call. Runs that were missed are caught up with one.',
  examples: [
    { does: 'Everything within a year', line: 'schedule add --every "a twelfth every month"' },
    {
      does: 'One location, at a time of its own',
      line: 'schedule add --every "everything every week on Sunday at 03:00" --location "Studio NAS"',
    },
    { does: 'As much as a night takes', line: 'schedule add --every "500 GB every night" --name nightly' },
    { does: 'A cheap look for what changed', line: 'schedule add --every "everything every day" --rescan' },
  ],
  define(command) {
    command
      .option('--every <WORDS>', `how much and how often: ${SCHEDULE_EXAMPLES.join('; ')} (required)`)
      .option('--location <L>', 'only this location: its id or its name')
      .option('--rescan', 'a rescan instead of an audit')
      .option('--name <N>', 'what people call it (default: its words)')
      .option('--time-zone <ZONE>', 'such as Europe/Zurich (default: that of this machine)');
  },
  run: (invocation) => {
    const { options, output, words: rest } = invocation;
    const words = options.text('every');
    if (words === undefined || rest.length > 0)
      throw new UsageError(`Say how much and how often, such as --every "${SCHEDULE_EXAMPLES[0]}".`);
    const [location, name, timeZone] = ['location', 'name', 'timeZone'].map((each) => options.text(each));
    return withHost(invocation, 'write', async (client) => {
      const schedule = await client.schedules.add({
        words,
        kind: options.flag('rescan') ? 'rescan' : 'audit',
        ...(location === undefined ? {} : { location }),
        ...(name === undefined ? {} : { name }),
        ...(timeZone === undefined ? {} : { timeZone }),
      });
      output.json({ schedule });
      output.lines(`"${clean(schedule.name)}" is set. ${scheduleSentence(schedule)}`);
      output.note(
        'It is run while serve or the app is open. To have the system run it with the app closed: holdfast schedule install',
      );
      return EXIT.done;
    });
  },
};
