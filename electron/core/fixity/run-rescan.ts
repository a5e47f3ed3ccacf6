import type { RescanResult } from '../../../shared/contract/fixity.ts';
import { isFinding } from '../../../shared/domain/audit-outcome.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { isInside, joinRaw, pathToJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { Catalogue, FolderComparison, LocationIdentity, OpenedRun } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { confirm, unreachableNow, type Unreachable } from './confirm-gone.ts';
import { OutcomeCounts } from './outcome-counts.ts';
import { ownFiles, type OwnFiles } from './own-files.ts';
import { recordOf } from './run-audit.ts';
import { lookAgain } from './second-look.ts';
import { undecidedAt } from './undecided.ts';

const LISTED = 1000;

interface RescanRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedRun;
  readonly locations: readonly LocationIdentity[];
  /** Locations that are not connected, as planned: nothing is looked for there, and the result says so. */
  readonly offline: NonNullable<RescanResult['offline']>;
}

type LocatedPath = RescanResult['gone'][number];

interface Seen {
  unchanged: number;
  restamped: number;
  changed: number;
  untracked: number;
  gone: number;
  notChecked: number;
  deaccessioned: number;
  bytesRead: number;
  /** Replicas that this act has read before it was interrupted. */
  readonly done: ReadonlySet<number>;
  /** Locations where files stand that custody has ended of. */
  readonly formerCustody: Set<number>;
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
    deaccessioned: 0,
    bytesRead: 0,
    done: new Set(await catalogue.reader.checkedReplicas(opened.actId)),
    formerCustody: new Set(),
    checks: new OutcomeCounts(),
    goneRows: [],
    untrackedRows: [],
  };
  for (const location of run.locations) {
    if (signal.aborted) break;
    const before = seen.unchanged;
    if (await catalogue.reader.hasFormerCustody(location.id)) seen.formerCustody.add(location.id);
    const lost =
      (await unreachableNow(run.files, location)) ?? (await tryRescan(run, location, context, seen));
    if (lost === undefined) reachedIds.push(location.id);
    else {
      unreachable.push(lost);
      const { ids } = await catalogue.reader.auditPlan(location.id, opened.actId);
      seen.notChecked += Math.max(0, ids.length - (seen.unchanged - before));
    }
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  const complete = reason === undefined && unreachable.length === 0 && seen.notChecked === 0;
  if (reason === undefined) await catalogue.writer.forgetUntracked(opened.actId, reachedIds);
  const outcomes = countsOf(seen);
  const { bytesRead } = await catalogue.writer.closeRun(opened.actId, {
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
    massChanges: await undecidedAt(catalogue.reader, run.locations),
    gone: seen.goneRows,
    untracked: seen.untrackedRows,
    bytesRead,
    unreachable,
    offline: run.offline,
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

/** Returns why the location was given up, when it went away in the middle. */
async function tryRescan(
  run: RescanRun,
  location: LocationIdentity,
  context: JobContext,
  seen: Seen,
): Promise<Unreachable | undefined> {
  try {
    return await rescanLocation(run, location, context, seen);
  } catch (error) {
    if (!(error instanceof HoldfastError) || error.code !== 'FOLDER_UNREADABLE') throw error;
    return { location: publicId('location', location.id), name: location.name, reason: error.message };
  }
}

async function rescanLocation(
  run: RescanRun,
  location: LocationIdentity,
  context: JobContext,
  seen: Seen,
): Promise<Unreachable | undefined> {
  const { catalogue, files } = run;
  const { signal, progress } = context;
  const top = utf8Path('');
  const own = await ownFiles(catalogue.reader, location);
  const folders: RawPath[] = [];
  const hidden: RawPath[] = [];
  const gone: RawPath[] = [];
  for await (const slices of files.scan(location.root, signal, 'alone')) {
    for (const slice of slices) {
      if (slice.last) folders.push(slice.folder);
      for (const { name, problem } of slice.notes) {
        if (HIDES.has(problem.code)) hidden.push(joinRaw(slice.folder, name));
      }
      progress.files += slice.names.length;
    }
    for (const comparison of await catalogue.reader.compare(location.id, top, slices)) {
      const lost = await takeComparison(run, location, comparison, context, seen, own);
      if (lost !== undefined) return lost;
      for (const { name } of comparison.gone) gone.push(joinRaw(comparison.folder, name));
    }
  }
  if (signal.aborted) return undefined;
  for (const { folder, name } of await catalogue.reader.goneFolders(location.id, top, folders)) {
    gone.push(joinRaw(folder, name));
  }
  // What went away while it was walked looks the same as what was gone before.
  const lost = gone.length === 0 ? undefined : await unreachableNow(run.files, location);
  if (lost !== undefined) return lost;
  for (const path of gone) {
    if (hidden.some((closed) => isInside(closed, path))) seen.notChecked += 1;
    else {
      seen.gone += 1;
      list(seen.goneRows, location, path);
    }
  }
  return undefined;
}

/** What such a note is about could not be looked at: that says nothing about the files there. */
const HIDES: ReadonlySet<ProblemCode> = new Set([
  'folder_unreadable',
  'path_too_long',
  'unreadable',
  'io_error',
  'on_other_volume',
]);

async function takeComparison(
  run: RescanRun,
  location: LocationIdentity,
  comparison: FolderComparison,
  context: JobContext,
  seen: Seen,
  own: OwnFiles,
): Promise<Unreachable | undefined> {
  const { catalogue, opened } = run;
  seen.unchanged += comparison.unchanged;
  const strangers = await own.strangers(comparison);
  const added = await newHere(run, location, { ...comparison, added: strangers }, seen);
  if (added.length > 0) {
    seen.untracked += added.length;
    for (const { name } of added) {
      list(seen.untrackedRows, location, joinRaw(comparison.folder, name));
    }
    await catalogue.writer.recordUntracked(
      opened.actId,
      location.id,
      comparison.folder,
      added.map(({ name, stamp }) => ({ name, size: stamp.size })),
    );
  }
  return comparison.changed.length === 0 ? undefined : readChanged(run, location, comparison, context, seen);
}

/** Files that nobody knows; those that custody has ended of are known, and nobody's to take in. */
async function newHere(
  { catalogue: { reader } }: RescanRun,
  location: LocationIdentity,
  { folder, added }: FolderComparison,
  seen: Seen,
): Promise<FolderComparison['added']> {
  if (added.length === 0 || !seen.formerCustody.has(location.id)) return added;
  const names = added.map(({ name }) => name);
  const former = await reader.formerCustody(location.id, folder, names);
  seen.deaccessioned += former.filter(Boolean).length;
  return added.filter((_, at) => former[at] !== true);
}

async function readChanged(
  run: RescanRun,
  location: LocationIdentity,
  comparison: FolderComparison,
  context: JobContext,
  seen: Seen,
): Promise<Unreachable | undefined> {
  const { catalogue, files, opened } = run;
  const due = comparison.changed.filter(({ replicaId }) => !seen.done.has(replicaId));
  // What this act has read before an interruption and still differs is a finding of it already.
  seen.changed += comparison.changed.length - due.length;
  const checks = await catalogue.reader.plannedChecks(Int32Array.from(due, ({ replicaId }) => replicaId));
  const outcomes = await files.digestAll(
    checks.map((check) => check.path),
    context.signal,
    (bytes) => {
      context.progress.bytes += bytes;
      seen.bytesRead += bytes;
    },
  );
  if (context.signal.aborted) return undefined;
  const confirmed = await confirm(files, location, checks, outcomes, context.signal);
  if (context.signal.aborted) return undefined;
  if (!Array.isArray(confirmed)) return confirmed;
  const looks = await lookAgain(files, catalogue.reader, confirmed, context.signal);
  if (context.signal.aborted) return undefined;
  const left = [...looks.values()].some(({ failed }) => failed !== undefined)
    ? await unreachableNow(files, location)
    : undefined;
  if (left !== undefined) return left;
  const recorded = confirmed.map(({ check, outcome }) =>
    recordOf(check, outcome, looks.get(check.replicaId)),
  );
  for (const row of recorded) {
    seen.checks.add(row.outcome, 1);
    if (isFinding(row.outcome)) seen.changed += 1;
    else seen.restamped += 1;
  }
  context.progress.problems = seen.checks.findings();
  await catalogue.writer.recordChecks(opened.actId, recorded);
  return undefined;
}

function list(rows: LocatedPath[], location: LocationIdentity, path: RawPath): void {
  if (rows.length < LISTED)
    rows.push({
      path: pathToJson(joinRaw(location.root, path)),
      location: publicId('location', location.id),
    });
}

function countsOf(seen: Seen): Record<string, number> {
  return {
    unchanged: seen.unchanged,
    restamped: seen.restamped,
    changed: seen.changed,
    untracked: seen.untracked,
    gone: seen.gone,
    not_checked: seen.notChecked,
    ...(seen.deaccessioned > 0 && { deaccessioned: seen.deaccessioned }),
  };
}
