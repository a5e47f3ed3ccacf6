import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { Decided, FindingAtHand } from '../ports/deciding.ts';
import type { BagToSucceed } from '../ports/succession.ts';
import { makeSuccessor } from '../replication/make-successor.ts';
import type { Obstacle } from '../replication/successor-payload.ts';
import type { Place, Places } from './recovery-plan.ts';
import { bagRefusal, refusalOf, type ResolutionRun } from './resolution-plan.ts';
import { whyNotAccepted } from './try-resolution.ts';

/**
 * Accepts changes in sealed bags. Nothing is changed in one: for each that holds an accepted file a successor is made beside it.
 * What an interruption left comes first. A location that fails keeps its findings, and does not stop the others.
 * @throws HoldfastError the first failure of a location, once the others are done
 */
export async function acceptInBags(
  run: ResolutionRun,
  findings: readonly FindingAtHand[],
  places: Places,
  isBulk: boolean,
  context: JobContext,
): Promise<void> {
  const { reader } = run.catalogue;
  const { progress, signal } = context;
  const begun = await reader.openSuccessions(run.opened.jobId);
  const ofBag = new Map<number, FindingAtHand[]>(begun.map((bagId) => [bagId, []]));
  const refused = new Map<FindingAtHand, string>();
  for (const finding of findings) {
    const { bagId = 0, resolved } = finding;
    // What stands half made waits for a place that is not there now, and is not given up.
    const reason =
      begun.includes(bagId) && !resolved ? undefined : refusalOf('accept', finding, places, isBulk);
    if (reason === undefined) ofBag.set(bagId, [...(ofBag.get(bagId) ?? []), finding]);
    else refused.set(finding, reason);
  }
  await refuse(run, refused, context);
  const bags = await reader.bagsToSucceed([...ofBag.keys()], run.opened.jobId);
  progress.filesTotal = (progress.filesTotal ?? 0) + bags.reduce((sum, { files }) => sum + files, 0);
  // Each byte is read and written, then read back.
  progress.bytesTotal = (progress.bytesTotal ?? 0) + 2 * bags.reduce((sum, { bytes }) => sum + bytes, 0);
  const failed = new Map<number, HoldfastError>();
  for (const [bagId, accepted] of ofBag) {
    const isBegun = begun.includes(bagId);
    if (signal.aborted && !isBegun) break;
    const bag = bags.find(({ id }) => id === bagId);
    const place = places.get(bag?.locationId ?? accepted[0]?.locationId ?? 0);
    if (place === undefined || failed.has(place.location.id)) continue;
    try {
      await acceptInBag(run, place, bag, accepted, isBegun, context);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code === 'INTERNAL') throw error;
      failed.set(place.location.id, error);
    }
  }
  const [failure] = failed.values();
  if (failure !== undefined) throw failure;
}

async function acceptInBag(
  run: ResolutionRun,
  place: Place,
  bag: BagToSucceed | undefined,
  accepted: readonly FindingAtHand[],
  isBegun: boolean,
  context: JobContext,
): Promise<void> {
  const { location } = place;
  const reason = isBegun ? undefined : await bagRefusal(run.bags.store, place, bag);
  if (reason !== undefined || bag === undefined) {
    await refuse(run, new Map(accepted.map((finding) => [finding, reason ?? ''])), context);
    return;
  }
  context.progress.phase = 'copying';
  const { opened, furtherDigests } = run;
  const successor = {
    ...run.bags,
    location,
    jobId: opened.jobId,
    decisionActId: opened.actId,
    furtherDigests,
  };
  const accepting = new Map(
    accepted.map((finding) => [
      finding.replicaId,
      (reading: Parameters<typeof whyNotAccepted>[1]) => whyNotAccepted(finding, reading),
    ]),
  );
  const made = await makeSuccessor(successor, bag, accepting, context);
  if (typeof made === 'object') await refuse(run, reasonsOf(accepted, made), context);
}

/** One file stands against the successor; those that are meant beside it wait for what becomes of that one. */
function reasonsOf(
  accepted: readonly FindingAtHand[],
  { replicaId, path, reason }: Obstacle,
): Map<FindingAtHand, string> {
  const general =
    path === undefined
      ? reason
      : `A successor of its bag takes over every other file as it was sealed, and "${path}" stands against that. ${reason} Recover that one, or decide on it together with this one.`;
  return new Map(accepted.map((finding) => [finding, finding.replicaId === replicaId ? reason : general]));
}

async function refuse(
  { catalogue, opened }: ResolutionRun,
  refused: ReadonlyMap<FindingAtHand, string>,
  { progress }: JobContext,
): Promise<void> {
  if (refused.size === 0) return;
  const rows = [...refused].map(([{ id }, detail]): Decided => ({
    findingId: id,
    became: 'refused',
    detail,
  }));
  await catalogue.writer.recordDecisions(opened.actId, rows);
  progress.problems += rows.length;
}
