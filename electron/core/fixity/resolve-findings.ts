import { batchesBySize } from '../jobs/batches.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { Decided, FindingAtHand } from '../ports/deciding.ts';
import { acceptInBags } from './accept-in-bags.ts';
import { decisionResult } from './decision-result.ts';
import { lookAtPlaces, type Places } from './recovery-plan.ts';
import { NO_BULK_ACCEPTANCE, refusalOf, type ResolutionRun } from './resolution-plan.ts';
import { tryAccept, tryFalseAlarm, tryMove } from './try-resolution.ts';

/**
 * Decides on findings without changing a file: each is read again now, and only what was read decides. What cannot be told now is
 * refused with its reason and stays open. What is accepted in a sealed bag comes last: a successor of that bag is made for it.
 */
export async function runResolution(run: ResolutionRun, context: JobContext): Promise<JobEnd> {
  const { reader, writer } = run.catalogue;
  const { progress, signal } = context;
  progress.phase = 'reading';
  const steps = await reader.decisionSteps(run.opened.actId);
  const due = steps.filter(({ state }) => state === 'planned').map(({ findingId }) => findingId);
  const findings = await reader.findingsAtHand(due);
  const places = await lookAtPlaces(reader, run.files, NO_BULK_ACCEPTANCE);
  const inBags = run.as === 'accept' ? findings.filter(({ isSealed }) => isSealed) : [];
  const others = run.as === 'accept' ? findings.filter(({ isSealed }) => !isSealed) : findings;
  progress.filesTotal = others.length;
  progress.bytesTotal = others.reduce((sum, { size }) => sum + size, 0);
  for (const batch of batchesBySize(others, ({ size }) => size)) {
    if (signal.aborted) break;
    const decided = await Promise.all(
      batch.map((finding) => decide(run, finding, places, steps.length > 1, context)),
    );
    if (signal.aborted) break;
    await writer.recordDecisions(run.opened.actId, await withoutLostPlaces(run, places, batch, decided));
    progress.files += batch.length;
    progress.problems += decided.filter(({ became }) => became === 'refused').length;
  }
  if (run.as === 'accept') await acceptInBags(run, inBags, places, steps.length > 1, context);
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  progress.phase = 'sealing';
  const state = reason === 'cancel' ? 'cancelled' : 'done';
  await writer.closeDecision(run.opened.actId, state);
  return { state, result: await decisionResult(reader, run.opened) };
}

async function decide(
  run: ResolutionRun,
  finding: FindingAtHand,
  places: Places,
  isBulk: boolean,
  context: JobContext,
): Promise<Decided> {
  const detail = refusalOf(run.as, finding, places, isBulk);
  if (detail !== undefined) return { findingId: finding.id, became: 'refused', detail };
  switch (run.as) {
    case 'accept':
      return tryAccept(run, finding, places, context);
    case 'moved':
      return tryMove(run, finding, places, context);
    case 'false-alarm':
      return tryFalseAlarm(run, finding, context);
  }
}

/** A place that went away meanwhile says nothing of its files: what looked decided there is refused instead. */
async function withoutLostPlaces(
  { files }: ResolutionRun,
  places: Places,
  batch: readonly FindingAtHand[],
  decided: readonly Decided[],
): Promise<Decided[]> {
  const reasons = new Map<number, string>();
  for (const locationId of new Set(batch.map((finding) => finding.locationId))) {
    const location = places.get(locationId)?.location;
    if (location === undefined) continue;
    const reached = await reachLocation(files, location);
    if (!reached.reachable) reasons.set(locationId, reached.reason);
  }
  return decided.map((row, at) => {
    const reason = reasons.get(batch[at]?.locationId ?? 0);
    return reason === undefined ? row : { findingId: row.findingId, became: 'refused', detail: reason };
  });
}
