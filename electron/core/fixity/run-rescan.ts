import type { RescanResult } from '../../../shared/contract/fixity.ts';
import { isFinding } from '../../../shared/domain/audit-outcome.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { isInside, joinRaw, pathToJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { Catalogue, FolderComparison, LocationIdentity, OpenedRun } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { OutcomeCounts } from './outcome-counts.ts';
import { recordOf } from './run-audit.ts';

const LISTED = 1000;

interface RescanRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedRun;
  readonly locations: readonly LocationIdentity[];
}

type LocatedPath = RescanResult['gone'][number];

interface Seen {
  unchanged: number;
  restamped: number;
  changed: number;
  untracked: number;
  gone: number;
  notChecked: number;
  bytesRead: number;
  readonly checks: OutcomeCounts;
  readonly goneRows: LocatedPath[];
  readonly untrackedRows: LocatedPath[];
}

/**
 * Compares what stands in the locations with what is registered, by size, times and inode, and reads only what differs.
 * It grants no custody: new files are untracked, changed ones findings, and what is gone a candidate for an audit.
 */
export async function runRescan(run: RescanRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened } = run;
  const { signal, progress } = context;
  progress.phase = 'scanning';
  const unreachable: RescanResult['unreachable'] = [];
  const reachedIds: number[] = [];
  const seen: Seen = {
    unchanged: 0,
    restamped: 0,
    changed: 0,
    untracked: 0,
    gone: 0,
    notChecked: 0,
    bytesRead: 0,
    checks: new OutcomeCounts(),
    goneRows: [],
    untrackedRows: [],
  };
  for (const location of run.locations) {
    if (signal.aborted) break;
    const reached = await reachLocation(run.files, location);
    if (reached.reachable) {
      await rescanLocation(run, location, context, seen);
      reachedIds.push(location.id);
    } else {
      unreachable.push({ location: publicId('location', location.id), name: location.name, reason: reached.reason });
      seen.notChecked += (await catalogue.reader.auditPlan(location.id, opened.actId)).length;
    }
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  const complete = reason === undefined && unreachable.length === 0 && seen.notChecked === 0;
  if (reason === undefined) await catalogue.writer.forgetUntracked(opened.actId, reachedIds);
  const outcomes = countsOf(seen);
  await catalogue.writer.closeRun(opened.actId, {
    planned: seen.unchanged + seen.restamped + seen.changed + seen.gone + seen.notChecked,
    complete,
    cancelled: reason === 'cancel',
    outcomes,
    bytesRead: seen.bytesRead,
  });
  const found = await catalogue.reader.findingsOf(opened.actId, LISTED);
  const result: RescanResult = {
    run: { id: publicId('run', opened.actId), complete },
    outcomes,
    findings: found.rows,
    findingsTotal: found.total,
    gone: seen.goneRows,
    untracked: seen.untrackedRows,
    bytesRead: seen.bytesRead,
    unreachable,
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

async function rescanLocation(
  run: RescanRun,
  location: LocationIdentity,
  context: JobContext,
  seen: Seen,
): Promise<void> {
  const { catalogue, files } = run;
  const { signal, progress } = context;
  const top = utf8Path('');
  const folders: RawPath[] = [];
  const closed: RawPath[] = [];
  for await (const slices of files.scan(location.root, signal, 'alone')) {
    for (const comparison of await catalogue.reader.compare(location.id, top, slices)) {
      await takeComparison(run, location, comparison, context, seen);
    }
    for (const slice of slices) {
      if (slice.last) folders.push(slice.folder);
      for (const note of slice.notes) {
        if (note.problem.code === 'folder_unreadable' || note.problem.code === 'path_too_long') {
          closed.push(joinRaw(slice.folder, note.name));
        }
      }
      progress.files += slice.names.length;
    }
  }
  if (signal.aborted) return;
  for (const gone of await catalogue.reader.goneFolders(location.id, top, folders)) {
    const path = joinRaw(gone.folder, gone.name);
    // A folder that could not be listed says nothing about the files in it.
    if (closed.some((folder) => isInside(folder, path))) seen.notChecked += 1;
    else noteGone(seen, location, path);
  }
}

async function takeComparison(
  run: RescanRun,
  location: LocationIdentity,
  comparison: FolderComparison,
  context: JobContext,
  seen: Seen,
): Promise<void> {
  const { catalogue, opened } = run;
  seen.unchanged += comparison.unchanged;
  for (const { name } of comparison.gone) noteGone(seen, location, joinRaw(comparison.folder, name));
  if (comparison.added.length > 0) {
    seen.untracked += comparison.added.length;
    for (const { name } of comparison.added) {
      list(seen.untrackedRows, location, joinRaw(comparison.folder, name));
    }
    await catalogue.writer.recordUntracked(
      opened.actId,
      location.id,
      comparison.folder,
      comparison.added.map(({ name, stamp }) => ({ name, size: stamp.size })),
    );
  }
  if (comparison.changed.length > 0) await readChanged(run, comparison, context, seen);
}

async function readChanged(
  run: RescanRun,
  comparison: FolderComparison,
  context: JobContext,
  seen: Seen,
): Promise<void> {
  const { catalogue, files, opened } = run;
  const checks = await catalogue.reader.plannedChecks(
    Int32Array.from(comparison.changed, ({ replicaId }) => replicaId),
  );
  const outcomes = await files.digestAll(
    checks.map((check) => check.path),
    context.signal,
    (bytes) => {
      context.progress.bytes += bytes;
      seen.bytesRead += bytes;
    },
  );
  if (context.signal.aborted) return;
  const recorded = checks.flatMap((check, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [recordOf(check, outcome)];
  });
  for (const row of recorded) {
    seen.checks.add(row.outcome, 1);
    if (isFinding(row.outcome)) seen.changed += 1;
    else seen.restamped += 1;
  }
  context.progress.problems = seen.checks.findings();
  await catalogue.writer.recordChecks(opened.actId, recorded);
}

function noteGone(seen: Seen, location: LocationIdentity, path: RawPath): void {
  seen.gone += 1;
  list(seen.goneRows, location, path);
}

function list(rows: LocatedPath[], location: LocationIdentity, path: RawPath): void {
  if (rows.length < LISTED) rows.push({ path: pathToJson(joinRaw(location.root, path)), location: publicId('location', location.id) });
}

function countsOf(seen: Seen): Record<string, number> {
  return {
    unchanged: seen.unchanged,
    restamped: seen.restamped,
    changed: seen.changed,
    untracked: seen.untracked,
    gone: seen.gone,
    not_checked: seen.notChecked,
  };
}
