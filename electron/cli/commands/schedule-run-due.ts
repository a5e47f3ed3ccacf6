import type { AuditResult, RescanResult } from '../../../shared/contract/fixity.ts';
import type { Schedule } from '../../../shared/contract/schedules.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, hasCode, Interrupted, tell } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { moment } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Client } from '../host-port.ts';
import { showAudit, showRescan } from '../report/results.ts';
import { noteTold } from '../report/telling.ts';
import { addSummaryOption, summaryFile, writeSummary } from '../summary-file.ts';
import { withHost } from '../with-host.ts';

/** What became of one schedule, as JSON has it. */
interface Ran {
  readonly schedule: string;
  readonly exit: number;
  readonly job?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

export const scheduleRunDue: CliCommand = {
  name: 'schedule run-due',
  summary: 'run what is due now',
  description:
    'Runs every schedule whose time has come, one after the other. However many runs were missed, one catches up. What an earlier call left ' +
    'unfinished goes on where it was. The exit code is that of the worst run. This is what `schedule install` has the system call.',
  examples: [
    { does: 'For cron or a timer', line: 'schedule run-due --archive /srv/archive --quiet' },
    { does: 'What would be run', line: 'schedule list' },
  ],
  define(command) {
    addSummaryOption(command);
  },
  run: (invocation) => {
    const summary = summaryFile(invocation.options);
    return withHost(invocation, 'write', async (client) => {
      const { output } = invocation;
      const { rows } = await client.schedules.due();
      const runs: Ran[] = [];
      for (const schedule of rows) runs.push(await runOne(invocation, client, schedule));
      const written = await writeSummary(
        client,
        summary,
        runs.flatMap(({ job }) => job ?? []),
      );
      const told = await client.telling.tellRuns();
      const next = await nextDue(client);
      output.json({ runs, told: told.rows, next: next ?? null, ...written });
      noteTold(output, told.rows);
      if (runs.length === 0)
        output.lines(
          `Nothing is due.${next === undefined ? '' : ` The next run is due on ${moment(next)}.`}`,
        );
      return Math.max(EXIT.done, ...runs.map(({ exit }) => exit));
    });
  },
};

async function runOne(invocation: Invocation, client: Client, { name }: Schedule): Promise<Ran> {
  const { output } = invocation;
  output.lines(output.heading(clean(name)));
  try {
    const job = await runJob(invocation, client, () => client.schedules.run({ name }));
    const exit =
      job.kind === 'rescan'
        ? showRescan(output, job.result as RescanResult)
        : showAudit(output, job.result as AuditResult);
    output.lines('');
    return { schedule: name, exit, job: job.id, result: job.result };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const { code, message, exit: failed } = tell(error);
    // Whoever else runs it, or has just run it, sees to it: nothing is left undone here.
    const isSeenTo = hasCode(error, 'JOB_RUNNING') || !(await isDue(client, name));
    const exit = isSeenTo ? EXIT.done : failed;
    output.lines(clean(message), '');
    return { schedule: name, exit, error: { code, message } };
  }
}

async function isDue(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.schedules.due();
  return rows.some((row) => row.name === name);
}

/** The earliest of all, in the future. */
async function nextDue(client: Client): Promise<string | undefined> {
  const { rows } = await client.schedules.list();
  return rows.flatMap(({ nextDueAt }) => (nextDueAt === undefined ? [] : [nextDueAt])).sort()[0];
}
