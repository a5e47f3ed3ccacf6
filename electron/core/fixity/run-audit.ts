import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { classifyCheck, type AuditOutcome, type CheckResult } from '../../../shared/domain/audit-outcome.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type {
  Catalogue,
  CheckRecorded,
  LocationIdentity,
  OpenedRun,
  PlannedCheck,
} from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { DigestOutcome } from '../ports/readings.ts';
import { auditTagFiles, type TagFiles } from './audit-tag-files.ts';
import { OutcomeCounts } from './outcome-counts.ts';
import { fileState, hex } from './evidence.ts';

const LISTED = 1000;
const BATCH = 64;
const BATCH_BYTES = 16 * 1024 * 1024;

interface AuditRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedRun;
  readonly locations: readonly LocationIdentity[];
}

export interface Unreachable {
  readonly location: string;
  readonly name: string;
  readonly reason: string;
}

/**
 * Verifies replicas by reading them, the longest unverified first. What an interrupted run has checked is not checked
 * again; what cannot be reached is not checked, and the run is then not complete.
 */
export async function runAudit(run: AuditRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened } = run;
  const { signal, progress } = context;
  progress.phase = 'planning';
  const counts = new OutcomeCounts();
  const unreachable: Unreachable[] = [];
  const plans: { location: LocationIdentity; ids: Int32Array }[] = [];
  // What an interrupted run has checked belongs to this run's outcomes.
  for (const [outcome, count] of Object.entries(await catalogue.reader.outcomesOf(opened.actId))) {
    counts.add(outcome as AuditOutcome, count);
  }
  let planned = counts.total();
  for (const location of run.locations) {
    const ids = await catalogue.reader.auditPlan(location.id, opened.actId);
    planned += ids.length;
    const reached = await reachLocation(run.files, location);
    if (reached.reachable) {
      await catalogue.writer.locationReached(location.id);
      plans.push({ location, ids });
    } else {
      counts.add('not_checked', ids.length);
      unreachable.push({
        location: publicId('location', location.id),
        name: location.name,
        reason: reached.reason,
      });
    }
  }
  progress.filesTotal = plans.reduce((sum, plan) => sum + plan.ids.length, 0);
  progress.phase = 'reading';
  const spent = { bytes: 0 };
  const tagFiles: TagFiles = { intact: 0, findingsTotal: 0, findings: [] };
  for (const plan of plans) {
    const lost = await auditLocation(run, plan.location, plan.ids, context, counts, spent);
    if (lost !== undefined) unreachable.push(lost);
    else if (plan.location.writes === 'managed') await auditTagFiles(run, plan.location, signal, tagFiles);
    if (signal.aborted) break;
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  const notReached = planned - counts.total();
  counts.add('not_checked', notReached);
  progress.phase = 'sealing';
  const complete = counts.of('not_checked') === 0;
  const outcomes = counts.asRecord();
  const { bytesRead } = await catalogue.writer.closeRun(opened.actId, {
    planned,
    complete,
    cancelled: reason === 'cancel',
    outcomes,
    bytesRead: spent.bytes,
  });
  const found = await catalogue.reader.findingsOf(opened.actId, LISTED);
  const result: AuditResult = {
    run: { id: publicId('run', opened.actId), complete },
    planned,
    outcomes,
    findings: found.rows,
    findingsTotal: found.total,
    bytesRead,
    tagFiles,
    unreachable,
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

/** Returns why the location was given up, when it went away in the middle. */
async function auditLocation(
  run: AuditRun,
  location: LocationIdentity,
  ids: Int32Array,
  context: JobContext,
  counts: OutcomeCounts,
  spent: { bytes: number },
): Promise<Unreachable | undefined> {
  const { catalogue, files, opened } = run;
  const { signal, progress } = context;
  const inFlight = new InFlight(files.concurrency * 2);
  let lost: Unreachable | undefined;
  try {
    for (let from = 0; from < ids.length && lost === undefined && !signal.aborted; from += 1024) {
      const checks = await catalogue.reader.plannedChecks(ids.subarray(from, from + 1024));
      for (const batch of unitsOfWork(checks)) {
        if (signal.aborted) break;
        await inFlight.run(async () => {
          const outcomes = await files.digestAll(
            batch.map((check) => check.path),
            signal,
            (bytes) => {
              progress.bytes += bytes;
              spent.bytes += bytes;
            },
          );
          if (signal.aborted || lost !== undefined) return;
          const confirmed = await confirm(files, location, batch, outcomes, signal);
          if (signal.aborted) return;
          if (!Array.isArray(confirmed)) {
            lost = confirmed;
            return;
          }
          const recorded = confirmed.map(({ check, outcome }) => recordOf(check, outcome));
          for (const row of recorded) counts.add(row.outcome, 1);
          await catalogue.writer.recordChecks(opened.actId, recorded);
          progress.files += recorded.length;
          progress.problems = counts.findings();
        });
      }
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    throw error;
  }
  return lost;
}

export interface Checked {
  readonly check: PlannedCheck;
  readonly outcome: DigestOutcome;
}

/**
 * A file that is not there may be a disk that is not there, or was not for a moment: before any loss is told, the location
 * must be found in its place, and the file still not. Returns why the location was given up otherwise.
 */
export async function confirm(
  files: Files,
  location: LocationIdentity,
  checks: readonly PlannedCheck[],
  outcomes: readonly DigestOutcome[],
  signal: AbortSignal,
): Promise<Checked[] | Unreachable> {
  const rows = checks.flatMap((check, at) => {
    const outcome = outcomes[at];
    return outcome === undefined ? [] : [{ check, outcome }];
  });
  if (rows.every(({ outcome }) => fileState(outcome) === 'present')) return rows;
  const reached = await reachLocation(files, location);
  if (!reached.reachable)
    return { location: publicId('location', location.id), name: location.name, reason: reached.reason };
  const absent = rows.filter(({ outcome }) => fileState(outcome) === 'absent').map(({ check }) => check);
  const again = await files.digestAll(
    absent.map((check) => check.path),
    signal,
  );
  const seenAgain = new Map(absent.map((check, at) => [check.replicaId, again[at]]));
  return rows.map(({ check, outcome }) => ({ check, outcome: seenAgain.get(check.replicaId) ?? outcome }));
}

/** What one reading says of one replica, ready to be recorded. */
export function recordOf(check: PlannedCheck, outcome: DigestOutcome): CheckRecorded {
  const expected = { sha256: hex(check.sha256), size: check.size, mtimeNs: check.mtimeNs };
  const observed =
    outcome.status === 'read'
      ? { sha256: hex(outcome.sha256), size: Number(outcome.stamp.size), mtimeNs: outcome.stamp.mtimeNs }
      : undefined;
  const result = classifyCheck({ location: 'reachable', file: fileState(outcome), expected, observed });
  return {
    replicaId: check.replicaId,
    outcome: result.outcome,
    bytesRead: observed?.size ?? 0,
    ...(result.outcome === 'intact' ? {} : { detail: detailOf(result, expected, observed, outcome) }),
    ...(outcome.status === 'read' ? { stamp: outcome.stamp } : {}),
  };
}

function detailOf(
  result: CheckResult,
  expected: { sha256: string; size: number },
  observed: { sha256: string; size: number } | undefined,
  outcome: DigestOutcome,
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
  });
}

function* unitsOfWork(checks: readonly PlannedCheck[]): Generator<PlannedCheck[]> {
  let unit: PlannedCheck[] = [];
  let bytes = 0;
  for (const check of checks) {
    if (unit.length > 0 && (unit.length >= BATCH || bytes + check.size > BATCH_BYTES)) {
      yield unit;
      unit = [];
      bytes = 0;
    }
    unit.push(check);
    bytes += check.size;
  }
  if (unit.length > 0) yield unit;
}
