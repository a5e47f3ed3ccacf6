import { createHash } from 'node:crypto';
import { budgetWords, type AuditBudget } from '../../../shared/domain/audit-budget.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { canonicalJson } from '../events/canonical-json.ts';
import { offlineLocations } from '../locations/offline.ts';
import type { ActingAgent, Catalogue, LocationIdentity, OpenedRun } from '../ports/catalogue.ts';

/** What is asked of a run, beside where. */
export interface RunAsked {
  /** The location as it was named; absent where all were asked for. */
  readonly location?: string | undefined;
  readonly budget?: AuditBudget | undefined;
  /** Past the system's cache. */
  readonly direct?: boolean | undefined;
}

/** Opens an audit or a rescan over these locations, or finds the one that was interrupted: that of the same budget. */
export async function openRun(
  { reader, writer }: Catalogue,
  kind: 'audit' | 'rescan',
  locations: readonly LocationIdentity[],
  { location: named, budget = {}, direct = false }: RunAsked,
  agent: ActingAgent,
): Promise<OpenedRun> {
  if (locations.length === 0) {
    const [shelved] = await offlineLocations(reader);
    throw new HoldfastError(
      'BAD_INPUT',
      shelved === undefined
        ? 'The archive has no locations yet, so there is nothing to look at. Take a folder into custody first: holdfast accession FOLDER …'
        : `Every location is offline as planned, so there is nothing to look at. Once one is connected: holdfast location unshelve "${shelved.name}"`,
    );
  }
  const ids = locations.map((location) => location.id);
  const words = [budgetWords(budget), ...(direct ? ['past the cache'] : [])].filter((word) => word !== '');
  const asked = canonicalJson({
    ...(budget as Readonly<Record<string, number>>),
    ...(direct ? { direct } : {}),
  });
  const key = createHash('sha256')
    .update(JSON.stringify([kind, ids, ...(asked === '{}' ? [] : [asked])]))
    .digest('hex');
  const open = await reader.openJob(key);
  if (open?.state === 'running' || open?.state === 'queued') {
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  }
  if (open !== undefined) return writer.reopenRun(open.id);
  const where = named === undefined ? 'all locations' : (locations[0]?.name ?? named);
  const what = kind === 'audit' ? `Audit of ${where}` : `Rescan of ${where}`;
  return writer.beginRun({
    kind,
    title: [what, ...words].join(', '),
    resumeKey: key,
    params: {
      ...(named === undefined ? {} : { location: named }),
      ...(Object.keys(budget).length === 0 ? {} : { budget }),
      ...(direct ? { direct } : {}),
    },
    locationIds: ids,
    asked: budget,
    direct,
    agent,
  });
}
