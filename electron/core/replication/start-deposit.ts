import { newAccessionSchema, type NewAccession } from '../../../shared/contract/accession.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { identifyRoots, resumeKey } from '../accession/plan-accession.ts';
import { refuseContradiction } from '../accession/start-accession.ts';
import { requireManaged } from '../locations/managed-root.ts';
import type { ActingAgent, Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { OpenedBag } from '../ports/replication.ts';
import { refuseIntoItself } from './run-deposit.ts';

/**
 * Opens the act of taking folders into custody by copying them into a managed location, or finds it again where it was
 * interrupted, or opens the next accrual of an accession that was copied from the same folders.
 * @throws HoldfastError for folders and locations that cannot be used, and where title or rights contradict what is recorded
 */
export async function openDeposit(
  catalogue: Catalogue,
  files: Files,
  wanted: NewAccession,
  to: string,
  agent: ActingAgent,
): Promise<{ opened: OpenedBag; location: LocationIdentity }> {
  const { reader, writer } = catalogue;
  const location = await requireManaged(reader, files, to);
  const roots = await identifyRoots(files, wanted.paths);
  const sources = roots.map((root) => root.path);
  refuseIntoItself(sources, location);
  const key = resumeKey('accession', `to ${String(location.id)}`, sources);
  const open = await reader.openJob(key);
  if (open !== undefined) {
    const job = `job-${String(open.id)}`;
    if (open.state === 'running' || open.state === 'queued')
      throw new HoldfastError('JOB_RUNNING', `${job} is depositing these folders right now.`);
    refuseContradiction(newAccessionSchema.parse(open.params), wanted, `${job}, which was interrupted`);
    return { opened: await writer.reopenDeposit(open.id), location };
  }
  const [earlier] = await reader.depositsFrom(sources);
  const recorded = earlier && (await reader.accession(earlier.id));
  if (recorded !== undefined)
    refuseContradiction(
      recorded,
      wanted,
      `accession ${recorded.number}, to which new files would be added as an accrual`,
    );
  const opened = await writer.beginDeposit({
    accession: wanted,
    sources,
    locationId: location.id,
    resumeKey: key,
    agent,
    ...(earlier === undefined ? {} : { accessionId: earlier.id }),
  });
  return { opened, location };
}
