import type { DecisionResult } from '../../../shared/contract/decisions.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { pathToJson } from '../../../shared/domain/path.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { OpenedDecision } from '../ports/deciding.ts';

const LISTED = 1000;

/** What an act has done, its interrupted beginnings included. */
export async function decisionResult(
  reader: CatalogueReader,
  { actId, jobId }: OpenedDecision,
): Promise<DecisionResult> {
  const steps = await reader.decisionSteps(actId);
  const done = steps.filter(({ state }) => state === 'done');
  const refused = steps.filter(({ state }) => state === 'refused');
  const listed = refused.slice(0, LISTED);
  const paths = new Map(
    (await reader.findingsAtHand(listed.map(({ findingId }) => findingId))).map(({ id, path }) => [id, path]),
  );
  let bytes = 0;
  for (let from = 0; from < done.length; from += LISTED) {
    const ids = done.slice(from, from + LISTED).map(({ findingId }) => findingId);
    for (const { size } of await reader.findingsAtHand(ids)) bytes += size;
  }
  return {
    done: done.length,
    refused: listed.flatMap(({ findingId, detail }) => {
      const path = paths.get(findingId);
      return path === undefined
        ? []
        : [{ finding: publicId('finding', findingId), path: pathToJson(path), reason: detail }];
    }),
    refusedTotal: refused.length,
    quarantined: steps.filter(({ state, damaged }) => state === 'done' && damaged !== undefined).length,
    bytes,
    ...(await successorsOf(reader, jobId)),
  };
}

async function successorsOf(
  reader: CatalogueReader,
  jobId: number,
): Promise<Pick<DecisionResult, 'successors'>> {
  const made = await reader.successorsMadeBy(jobId);
  if (made.length === 0) return {};
  return {
    successors: made.map(({ locationId, location, path, supersedes, files, bytes }) => ({
      location: { id: publicId('location', locationId), name: location },
      path: pathToJson(path),
      supersedes: pathToJson(supersedes),
      files,
      bytes,
    })),
  };
}
