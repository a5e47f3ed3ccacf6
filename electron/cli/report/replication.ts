import type { Job } from '../../../shared/contract/jobs.ts';
import type { ReplicationResult } from '../../../shared/contract/replication.ts';
import { EXIT } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { filesAndBytes, showReasons } from './problems.ts';

export function showReplication(output: Output, job: Job, result: ReplicationResult): number {
  const { bags, bytes, copied, problems, problemsTotal, skipped } = result;
  if (bags.length > 0)
    output.lines(
      `${filesAndBytes(copied, bytes)} copied, read back and found equal, in ${counted(bags.length, 'bag')}:`,
      ...bags
        .slice(0, 20)
        .map(
          ({ number, accrual, path }) =>
            `  ${number}${accrual > 1 ? `, accrual ${accrual}` : ''}  ${clean(path.display)}`,
        ),
      ...(bags.length > 20 ? [`  … and ${bags.length - 20} more`] : []),
    );
  else output.lines('Nothing was copied.');
  if (skipped > 0)
    output.lines(
      `${counted(skipped, 'bag')} ${skipped === 1 ? 'stands' : 'stand'} there already; an audit verifies what is there.`,
    );
  const told = problems.map(({ path, message }) => ({ path, reason: message }));
  showReasons(output, counted(problemsTotal, 'problem'), told, problemsTotal, `holdfast jobs show ${job.id}`);
  return problemsTotal > 0 ? EXIT.attention : EXIT.done;
}
