import { createHash } from 'node:crypto';
import { newReplicationSchema, type NewReplication } from '../../../shared/contract/replication.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { refuseSuspended } from '../fixity/suspended.ts';
import { requireManaged } from '../locations/managed-root.ts';
import type { ActingAgent, Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { AccrualToReplicate } from '../ports/replication.ts';

interface OpenedReplication {
  readonly jobId: number;
  readonly location: LocationIdentity;
  readonly accruals: readonly AccrualToReplicate[];
}

/** Opens the job that copies accessions into a managed location, or finds the one that was interrupted. */
export async function openReplication(
  catalogue: Catalogue,
  files: Files,
  wanted: NewReplication,
  agent: ActingAgent,
): Promise<OpenedReplication> {
  const { reader, writer } = catalogue;
  const location = await requireManaged(reader, files, wanted.to);
  const accessionId = wanted.accession === undefined ? undefined : await reader.accessionId(wanted.accession);
  const accession = accessionId === undefined ? undefined : await reader.accession(accessionId);
  const accruals = await reader.accrualsToReplicate(accessionId);
  if (accruals.length === 0) throw nothingToCopy(wanted.accession);
  await refuseSuspended(
    reader,
    [location.id, ...(await reader.locationsOfAccruals(accruals.map(({ accrualId }) => accrualId)))],
    'nothing is replicated from there or to there. Other accessions can be named one by one',
  );
  const key = createHash('sha256')
    .update(JSON.stringify(['replication', accessionId ?? 'all', location.id]))
    .digest('hex');
  const open = await reader.openJob(key);
  if (open?.state === 'running' || open?.state === 'queued')
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  if (open !== undefined) return { jobId: open.id, location, accruals };
  const what = accession === undefined ? 'all accessions' : `accession ${accession.number}`;
  const { jobId } = await writer.beginReplication({
    title: `Replication of ${what} to ${location.name}`,
    resumeKey: key,
    params: newReplicationSchema.parse(wanted),
    agent,
  });
  return { jobId, location, accruals };
}

function nothingToCopy(named: string | undefined): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    named === undefined
      ? 'There is nothing to copy: no accession holds any file. Take a folder into custody first: holdfast accession FOLDER …'
      : `There is nothing to copy: ${named} has no sealed accrual with files in custody. Finish its job first, or see: holdfast show ${named}`,
  );
}
