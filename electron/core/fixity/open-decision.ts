import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { OpenedDecision } from '../ports/deciding.ts';

/**
 * Opens an act over findings, or finds the one that was interrupted: the same words name the same act.
 * @param choose the findings that a new act is about
 * @throws HoldfastError BAD_INPUT where there is nothing to decide, JOB_DIFFERS where another open act has one of them
 */
export async function openDecision(
  { reader, writer }: Catalogue,
  kind: 'resolution' | 'recovery',
  wanted: { readonly title: string; readonly params: unknown },
  choose: () => Promise<readonly number[]>,
  agent: ActingAgent,
): Promise<OpenedDecision> {
  const resumeKey = createHash('sha256')
    .update(JSON.stringify([kind, wanted.params]))
    .digest('hex');
  const open = await reader.openJob(resumeKey);
  if (open?.state === 'running' || open?.state === 'queued')
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  if (open !== undefined) return writer.reopenDecision(open.id);
  const findingIds = await choose();
  if (findingIds.length === 0)
    throw new HoldfastError('BAD_INPUT', 'No open finding is meant by that. Nothing was done.');
  const other = await reader.openDecisionOn(findingIds);
  if (other !== undefined)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `job-${String(other.jobId)} is not over, and is about ${publicId('finding', other.findingId)} too. ` +
        `Go on with it or call it off first: holdfast jobs resume job-${String(other.jobId)}, holdfast jobs cancel job-${String(other.jobId)}`,
    );
  return writer.beginDecision({ kind, ...wanted, resumeKey, findingIds, agent });
}
