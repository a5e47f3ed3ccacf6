import { newAccessionSchema, type NewAccession } from '../../../shared/contract/accession.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { ActingAgent, Catalogue, OpenedAccession } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { identifyRoots, planRoots, resumeKey } from './plan-accession.ts';

/**
 * Opens the act of taking folders into custody, or finds it again where it was interrupted, or opens the next accrual
 * of an accession that was sealed.
 * @throws HoldfastError for folders that cannot be used, and where title or rights contradict what stands recorded.
 */
export async function openAccession(
  catalogue: Catalogue,
  files: Files,
  wanted: NewAccession,
  agent: ActingAgent,
): Promise<OpenedAccession> {
  const { reader, writer } = catalogue;
  const roots = await identifyRoots(files, wanted.paths);
  const key = resumeKey(
    'accession',
    'in-place',
    roots.map((root) => root.path),
  );
  const open = await reader.openJob(key);
  if (open !== undefined) {
    if (open.state === 'running' || open.state === 'queued') {
      throw new HoldfastError(
        'JOB_RUNNING',
        `job-${String(open.id)} is taking these folders into custody right now.`,
      );
    }
    refuseContradiction(
      newAccessionSchema.parse(open.params),
      wanted,
      `job-${String(open.id)}, which was interrupted`,
    );
    return writer.reopenAccession(open.id);
  }
  const plans = await planRoots(files, roots, await reader.locationIdentities());
  const accessionId = await sealedAccessionOf(catalogue, plans, wanted);
  return writer.beginAccession({
    accession: wanted,
    roots: plans,
    resumeKey: key,
    agent,
    ...(accessionId === undefined ? {} : { accessionId }),
  });
}

async function sealedAccessionOf(
  catalogue: Catalogue,
  plans: Awaited<ReturnType<typeof planRoots>>,
  wanted: NewAccession,
): Promise<number | undefined> {
  const known = plans.flatMap((plan) =>
    'id' in plan.location ? [{ locationId: plan.location.id, path: plan.path }] : [],
  );
  if (known.length !== plans.length) return undefined;
  const earlier = await catalogue.reader.accessionsOf(known);
  const same = earlier.find((accession) => accession.title === wanted.title) ?? earlier[0];
  if (same === undefined) return undefined;
  refuseContradiction(
    same,
    wanted,
    `accession ${same.number}, to which new files would be added as an accrual`,
  );
  return Number(same.id.split('-')[1]);
}

/** Title and rights of what these folders belong to already are not changed by naming others. */
export function refuseContradiction(
  recorded: Pick<NewAccession, 'title' | 'rightsBasis'>,
  wanted: NewAccession,
  what: string,
): void {
  if (recorded.title !== wanted.title) {
    throw new HoldfastError(
      'JOB_DIFFERS',
      `These folders belong to ${what}, with the title "${recorded.title}". Nothing was done. Use that title to go on with it.`,
    );
  }
  // A gap may be closed by saying what is known now.
  if (recorded.rightsBasis !== wanted.rightsBasis && recorded.rightsBasis !== 'unknown') {
    throw new HoldfastError(
      'JOB_DIFFERS',
      `These folders belong to ${what}, with the rights basis "${recorded.rightsBasis}". Nothing was done. ` +
        `Use that basis to go on with it.`,
    );
  }
}
