/** What the commands that write reports share. */
import type { Command } from 'commander';
import type { ReportResult, ReportWish } from '../../shared/contract/reports.ts';
import type { Invocation } from './command.ts';
import { UsageError } from './errors.ts';
import { runJob } from './follow-job.ts';
import type { Options } from './options.ts';
import { pathFromWord } from './paths.ts';
import { showReport } from './report/report.ts';
import { withHost } from './with-host.ts';

export const WRITTEN =
  "It goes into the archive's exports/ unless --out names a folder, is never written over another file, names the archive, the time, the agent " +
  'and the head of the log, and is recorded with its digest. No recording is read for it.';

export function defineOut(command: Command): void {
  command
    .option('--pdf', 'a PDF too, by the Chromium or Chrome that is installed')
    .option('--out <DIR>', "the folder to write into (default: the archive's exports/)");
}

export function definePeriod(command: Command, fallback: string): void {
  command
    .option('--year <YEAR>', `a calendar year (default: ${fallback})`)
    .option('--from <DATE>', 'or from this day on, such as 2026-07-01')
    .option('--to <DATE>', 'up to and with this day');
}

/** @throws UsageError for a year beside days, and what is no year or day */
export function periodOf(options: Options): { year?: number; from?: string; to?: string } {
  const year = options.number('year', 1970, 9999);
  const [from, to] = [options.date('from'), options.date('to')];
  if (year !== undefined && (from !== undefined || to !== undefined))
    throw new UsageError('Say a --year, or --from and --to. Nothing was written.');
  return {
    ...(year === undefined ? {} : { year }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

export function outOf(options: Options): { pdf: boolean; folder?: ReturnType<typeof pathFromWord> } {
  const out = options.word('out');
  return { pdf: options.flag('pdf'), ...(out === undefined ? {} : { folder: pathFromWord(out) }) };
}

export function runReport(invocation: Invocation, wish: ReportWish): Promise<number> {
  return withHost(invocation, 'write', async (client) => {
    const job = await runJob(invocation, client, () => client.reports.create(wish));
    const result = job.result as ReportResult;
    invocation.output.json({ ...result });
    return showReport(invocation.output, result);
  });
}
