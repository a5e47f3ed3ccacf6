import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { classifyCheck, type AuditOutcome, type CheckResult } from '../../../shared/domain/audit-outcome.ts';
import { plannedOf, type AuditBudget } from '../../../shared/domain/audit-budget.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { baseName, parentOf } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { CheckRecorded } from '../ports/auditing.ts';
import type { Catalogue, LocationIdentity, OpenedRun, PlannedCheck } from '../ports/catalogue.ts';
import type { Files, ReadingHow } from '../ports/files.ts';
import type { DigestOutcome } from '../ports/readings.ts';
import { cutLanes, readLanes, type AuditLane } from './audit-lanes.ts';
import { auditTagFiles, type TagFiles } from './audit-tag-files.ts';
import { confirm, unreachableNow, type Checked, type Unreachable } from './confirm-gone.ts';
import { ContentElsewhere, type Elsewhere } from './content-elsewhere.ts';
import { OutcomeCounts } from './outcome-counts.ts';
import { fileState, hex } from './evidence.ts';
import { inTapeOrder } from './tape-order.ts';
import { lookAgain, type SecondLook } from './second-look.ts';
import { undecidedAt } from './undecided.ts';

const LISTED = 1000;

interface AuditRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedRun;
  readonly locations: readonly LocationIdentity[];
  readonly budget: AuditBudget;
  /** Locations that are not connected, as planned: none of their replicas is planned, and the record says so. */
  readonly offline: NonNullable<AuditResult['offline']>;
  /**
   * Past the system's cache where it lets one. By default bytes are read through it: read-ahead makes that as fast as the disk, and what
   * was not read for weeks is in no cache. Who must know that every bit came from the medium asks for it, and the record of the run
   * says of either whether bytes may have come from memory.
   */
  readonly direct: boolean;
}

/**
 * Verifies replicas by reading them, the longest unverified of all locations first. What an interrupted run has checked is not
 * checked again; what cannot be reached is not checked, nor is what a budget of time or bytes leaves over, and the run is then
 * not complete. What a budget does not plan (`oldest`, `share`) is left for later and no part of the run.
 */
export async function runAudit(run: AuditRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened, budget } = run;
  const { signal, progress } = context;
  progress.phase = 'planning';
  const counts = new OutcomeCounts();
  const unreachable: Unreachable[] = [];
  // What an interrupted run has checked belongs to this run's outcomes.
  for (const [outcome, count] of Object.entries(await catalogue.reader.outcomesOf(opened.actId))) {
    counts.add(outcome as AuditOutcome, count);
  }
  const done = counts.total();
  const reached: AuditLane[] = [];
  for (const location of run.locations) {
    const plan = await catalogue.reader.auditPlan(location.id, opened.actId);
    const found = await reachLocation(run.files, location);
    if (found.reachable) {
      await catalogue.writer.locationReached(location.id);
      reached.push({ location, plan, readers: readersOf(run.files, location, found.rotational) });
    } else {
      counts.add('not_checked', plan.ids.length);
      unreachable.push({
        location: publicId('location', location.id),
        name: location.name,
        reason: found.reason,
      });
    }
  }
  const due = filesOf(reached);
  const chosen = cutLanes(reached, Math.max(0, plannedOf(budget, done + due) - done));
  const mayEndEarly = budget.timeMs !== undefined || budget.bytes !== undefined;
  const tools = { files: run.files, reader: catalogue.reader };
  const lanes = await Promise.all(chosen.map((lane) => inTapeOrder(lane, tools, mayEndEarly, signal)));
  const planned = counts.total() + filesOf(lanes);
  progress.filesTotal = filesOf(lanes);
  progress.phase = 'reading';
  const reading: Reading = {
    run,
    context,
    counts,
    spent: { bytes: 0 },
    lost: new Map(),
    how: howOf(run, lanes),
    elsewhere: new ContentElsewhere(run.files, catalogue.reader),
  };
  const endedBy = await readLanes(
    lanes,
    {
      reader: catalogue.reader,
      budget,
      atOnce: run.files.concurrency * 2,
      bytesBefore: await catalogue.reader.bytesReadBy(opened.actId),
      signal,
      now: () => performance.now(),
    },
    (lane, batch) => checkBatch(reading, lane.location, batch),
  );
  unreachable.push(...reading.lost.values());
  const tagFiles: TagFiles = { intact: 0, findingsTotal: 0, findings: [] };
  let readWhole = true;
  for (const { location } of lanes) {
    if (signal.aborted || endedBy !== undefined) break;
    if (location.writes !== 'managed' || reading.lost.has(location.id)) continue;
    const gone = await auditTagFiles(run, location, signal, tagFiles);
    if (gone === undefined) continue;
    unreachable.push(gone);
    readWhole = false;
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  counts.add('not_checked', planned - counts.total());
  progress.phase = 'sealing';
  const complete = counts.of('not_checked') === 0 && readWhole;
  const outcomes = counts.asRecord();
  const { bytesRead, cached } = await catalogue.writer.closeRun(opened.actId, {
    planned,
    complete,
    cancelled: reason === 'cancel',
    outcomes,
    bytesRead: reading.spent.bytes,
    ...(endedBy === undefined ? {} : { endedBy }),
  });
  const found = await catalogue.reader.findingsOf(opened.actId, LISTED);
  const result: AuditResult = {
    run: { id: publicId('run', opened.actId), complete },
    planned,
    outcomes,
    findings: found.rows,
    findingsTotal: found.total,
    massChanges: await undecidedAt(catalogue.reader, run.locations),
    bytesRead,
    cached,
    asked: budget,
    ...(endedBy === undefined ? {} : { endedBy }),
    leftForLater: due - filesOf(lanes),
    tagFiles,
    unreachable,
    offline: run.offline,
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

function filesOf(lanes: readonly AuditLane[]): number {
  return lanes.reduce((sum, { plan }) => sum + plan.ids.length, 0);
}

/**
 * One reader where a disk turns, which two would keep seeking, and of a tape; elsewhere, and where nobody can tell, enough to keep
 * threads busy.
 */
function readersOf(
  files: Files,
  { readers, isTape }: LocationIdentity,
  rotational: boolean | undefined,
): number {
  return readers ?? (rotational === true || isTape === true ? 1 : files.concurrency * 2);
}

/** A limit of speed is for all readers together: as many as are at work have a part of it each. */
function howOf({ files, budget, direct }: AuditRun, lanes: readonly AuditLane[]): ReadingHow {
  const readers = lanes.reduce((sum, lane) => sum + lane.readers, 0);
  const atWork = Math.max(1, Math.min(files.concurrency, readers));
  return {
    direct,
    ...(budget.bytesPerSecond === undefined ? {} : { bytesPerSecond: budget.bytesPerSecond / atWork }),
  };
}

interface Reading {
  readonly run: AuditRun;
  readonly context: JobContext;
  readonly counts: OutcomeCounts;
  readonly spent: { bytes: number };
  /** Locations that were given up, by their numbers, and why. */
  readonly lost: Map<number, Unreachable>;
  readonly how: ReadingHow;
  readonly elsewhere: ContentElsewhere;
}

/** Returns whether the location is still there. */
async function checkBatch(
  { run, context: { signal, progress }, counts, spent, lost, how, elsewhere }: Reading,
  location: LocationIdentity,
  batch: readonly PlannedCheck[],
): Promise<boolean> {
  const { catalogue, files, opened } = run;
  const outcomes = await files.digestAll(
    batch.map((check) => check.path),
    signal,
    (bytes) => {
      progress.bytes += bytes;
      spent.bytes += bytes;
    },
    [],
    how,
  );
  if (signal.aborted || lost.has(location.id)) return false;
  const confirmed = await confirm(files, location, batch, outcomes, signal);
  if (signal.aborted) return false;
  if (!Array.isArray(confirmed)) {
    lost.set(location.id, confirmed);
    return false;
  }
  const looks = await lookAgain(files, catalogue.reader, confirmed, signal);
  const left = [...looks.values()].some(({ failed }) => failed !== undefined)
    ? await unreachableNow(files, location)
    : undefined;
  if (left !== undefined) {
    lost.set(location.id, left);
    return false;
  }
  const isGone = ({ outcome }: Checked<PlannedCheck>) =>
    ['absent', 'not-a-file'].includes(fileState(outcome));
  const gone = confirmed.filter(isGone).map(({ check }) => check);
  const found = await elsewhere.of(location, gone, signal);
  // Left off in the middle of looking for them: they are looked for again by whoever resumes.
  if (signal.aborted) return false;
  const recorded = confirmed.map(({ check, outcome }) =>
    recordOf(check, outcome, looks.get(check.replicaId), found.get(check.replicaId)),
  );
  for (const row of recorded) counts.add(row.outcome, 1);
  await catalogue.writer.recordChecks(opened.actId, recorded);
  for (const { stranger } of found.values()) {
    if (stranger === undefined) continue;
    const { locationId, path, size } = stranger;
    // Whoever accepts the move finds it as an untracked file.
    await catalogue.writer.recordUntracked(opened.actId, locationId, parentOf(path), [
      { name: baseName(path), size },
    ]);
  }
  progress.files += recorded.length;
  progress.problems = counts.findings();
  return true;
}

/** What one reading says of one replica, ready to be recorded. */
export function recordOf(
  check: PlannedCheck,
  first: DigestOutcome,
  look?: SecondLook,
  elsewhere?: Elsewhere,
): CheckRecorded {
  const outcome = look?.failed ?? first;
  const expected = { sha256: hex(check.sha256), size: check.size, mtimeNs: check.mtimeNs };
  const observed =
    outcome.status === 'read'
      ? { sha256: hex(outcome.sha256), size: Number(outcome.stamp.size), mtimeNs: outcome.stamp.mtimeNs }
      : undefined;
  const result = classifyCheck({
    location: 'reachable',
    file: fileState(outcome),
    expected,
    observed,
    essenceSame: look?.essenceSame,
    prefixMatches: look?.prefixMatches,
    contentAt: elsewhere?.at,
  });
  return {
    replicaId: check.replicaId,
    outcome: result.outcome,
    bytesRead: observed?.size ?? 0,
    ...(result.outcome === 'intact'
      ? {}
      : { detail: detailOf(result, expected, observed, outcome, look, elsewhere) }),
    ...(outcome.status === 'read' ? { stamp: outcome.stamp } : {}),
    ...(outcome.status === 'read' && outcome.direct === false ? { cached: true } : {}),
  };
}

function detailOf(
  result: CheckResult,
  expected: { sha256: string; size: number },
  observed: { sha256: string; size: number } | undefined,
  outcome: DigestOutcome,
  look: SecondLook | undefined,
  elsewhere: Elsewhere | undefined,
): string {
  return JSON.stringify({
    expected: { sha256: expected.sha256, size: expected.size },
    ...(observed === undefined ? {} : { observed: { sha256: observed.sha256, size: observed.size } }),
    // That nothing is there is what the outcome says by itself.
    ...(outcome.status === 'failed' && fileState(outcome) !== 'absent'
      ? { problem: outcome.problem, offset: outcome.offset }
      : {}),
    ...(result.suspectedSilentCorruption ? { suspectedSilentCorruption: true } : {}),
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    ...(look === undefined ? {} : { look }),
    ...(elsewhere === undefined ? {} : { contentAt: elsewhere.places }),
  });
}
