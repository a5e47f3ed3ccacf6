import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { ActingAgent, Catalogue, LocationIdentity, OpenedRun } from '../ports/catalogue.ts';

/** Opens an audit or a rescan over these locations, or finds the one that was interrupted. */
export async function openRun(
  { reader, writer }: Catalogue,
  kind: 'audit' | 'rescan',
  locations: readonly LocationIdentity[],
  named: string | undefined,
  agent: ActingAgent,
): Promise<OpenedRun> {
  if (locations.length === 0) {
    throw new HoldfastError(
      'BAD_INPUT',
      'The archive has no locations yet, so there is nothing to look at. Take a folder into custody first: holdfast accession FOLDER …',
    );
  }
  const ids = locations.map((location) => location.id);
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ids]))
    .digest('hex');
  const open = await reader.openJob(key);
  if (open?.state === 'running' || open?.state === 'queued') {
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  }
  if (open !== undefined) return writer.reopenRun(open.id);
  const where = named === undefined ? 'all locations' : (locations[0]?.name ?? named);
  return writer.beginRun({
    kind,
    title: kind === 'audit' ? `Audit of ${where}` : `Rescan of ${where}`,
    resumeKey: key,
    params: named === undefined ? {} : { location: named },
    locationIds: ids,
    agent,
  });
}
