import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  relativeTo,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { Decided, DecisionStep, FindingAtHand, SetAside } from '../ports/deciding.ts';
import type { FileStamp } from '../ports/readings.ts';
import type { RecoveryAt, RecoveryFolders } from '../ports/recovery-place.ts';
import { decisionResult } from './decision-result.ts';
import { lookAtPlaces, NO_BULK_RECOVERY, refusalOf, type Place, type Places } from './recovery-plan.ts';
import { copyGood, readBack, type RecoveryRun, type Rescue } from './recovery-copies.ts';
import { storyOf } from './recovery-story.ts';
import { sweptIf } from '../../../shared/domain/quarantine.ts';
import { sweepRecoveries } from './sweep-recoveries.ts';

/**
 * Brings good copies to where findings are. For each: what stands there now is read; the best reachable copy is copied beside it
 * and compared while it is read, then read back; that it is about to be placed is recorded; the damaged file is set aside, the
 * copy takes the name where nothing stands, and only then it is recorded as recovered. What a kill leaves in between is
 * completed by the next run. A location that fails keeps its findings for then, and does not stop the others.
 */
export async function runRecovery(run: RecoveryRun, context: JobContext): Promise<JobEnd> {
  const { reader, writer } = run.catalogue;
  const { progress, signal } = context;
  progress.phase = 'planning';
  const swept = await sweepRecoveries(run, signal);
  const steps = await reader.decisionSteps(run.opened.actId);
  const due = steps.filter(({ state }) => state === 'planned' || state === 'placing');
  const findings = await reader.findingsAtHand(due.map(({ findingId }) => findingId));
  const stepOf = new Map(due.map((step) => [step.findingId, step]));
  const places = await lookAtPlaces(reader, run.files, NO_BULK_RECOVERY);
  progress.filesTotal = findings.length;
  // Each byte is read and written, then read back.
  progress.bytesTotal = 2 * findings.reduce((sum, { size }) => sum + size, 0);
  const refused: Decided[] = [];
  const byLocation = new Map<number, FindingAtHand[]>();
  for (const finding of findings) {
    const begun = stepOf.get(finding.id)?.state === 'placing';
    const reason = refusalOf(finding, places, steps.length > 1);
    if (reason !== undefined && !begun)
      refused.push({ findingId: finding.id, became: 'refused', detail: reason });
    else byLocation.set(finding.locationId, [...(byLocation.get(finding.locationId) ?? []), finding]);
  }
  if (refused.length > 0) await record(run, context, refused);
  let failure: HoldfastError | undefined;
  for (const [locationId, atLocation] of byLocation) {
    const place = places.get(locationId);
    if (place === undefined) continue;
    try {
      // What an interruption left half placed comes first, and is settled even where the rest is called off.
      atLocation.sort((a, b) => Number(isBegun(stepOf, b)) - Number(isBegun(stepOf, a)) || a.id - b.id);
      await recoverAt(run, place, places, atLocation, stepOf, context);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.code === 'INTERNAL') throw error;
      failure ??= error;
    }
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  // Called off or not, a damaged file that was set aside and not yet recorded must not be forgotten.
  const isHalfPlaced = async (): Promise<boolean> =>
    (await reader.decisionSteps(run.opened.actId)).some((step) => step.state === 'placing');
  if (failure !== undefined && (reason === undefined || (await isHalfPlaced()))) throw failure;
  progress.phase = 'sealing';
  // Also where an interrupted beginning had placed all: nothing is due there any more.
  for (const place of places.values()) await clearStaging(run, place);
  const state = reason === 'cancel' ? 'cancelled' : 'done';
  await writer.closeDecision(run.opened.actId, state);
  return { state, result: { ...(await decisionResult(reader, run.opened)), ...sweptIf(swept) } };
}

function isBegun(steps: ReadonlyMap<number, DecisionStep>, { id }: FindingAtHand): boolean {
  return steps.get(id)?.state === 'placing';
}

async function record(run: RecoveryRun, { progress }: JobContext, rows: readonly Decided[]): Promise<void> {
  await run.catalogue.writer.recordDecisions(run.opened.actId, rows);
  progress.files += rows.length;
  progress.problems += rows.filter(({ became }) => became === 'refused').length;
}

function whereOf({ archiveId, opened }: RecoveryRun, { location }: Place): RecoveryAt {
  const { root, writes } = location;
  return { root, managed: writes === 'managed', archiveId, jobId: opened.jobId };
}

/** Nothing that is needed any more stands there; a place that went away keeps it until its next recovery. */
async function clearStaging(run: RecoveryRun, place: Place): Promise<void> {
  if (place.unreachable !== undefined || place.location.writes === 'never') return;
  try {
    await run.place.clear(whereOf(run, place));
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
  }
}

async function recoverAt(
  run: RecoveryRun,
  place: Place,
  places: Places,
  findings: readonly FindingAtHand[],
  steps: ReadonlyMap<number, DecisionStep>,
  context: JobContext,
): Promise<void> {
  const { signal } = context;
  if (place.unreachable !== undefined) throw new HoldfastError('LOCATION_UNREACHABLE', place.unreachable);
  await requireRoom(run, place, findings);
  const folders = run.place.folders(whereOf(run, place));
  for (const batch of batchesBySize(findings, ({ size }) => size)) {
    const begun = batch.filter((finding) => isBegun(steps, finding));
    const now = signal.aborted ? begun : batch;
    if (now.length === 0) return;
    // A person's stop does not leave half placed what a kill has left half placed.
    const heeded = begun.length > 0 ? new AbortController().signal : signal;
    await recoverBatch(run, place, places, folders, now, steps, { ...context, signal: heeded });
  }
}

async function requireRoom(
  run: RecoveryRun,
  { location }: Place,
  findings: readonly FindingAtHand[],
): Promise<void> {
  const needed = Math.ceil(findings.reduce((sum, { size }) => sum + size, 0) * 1.01) + 64 * 1024;
  const free = await run.place.freeBytes(location.root);
  if (needed <= free) return;
  throw new HoldfastError(
    'DISK_FULL',
    `"${location.name}" has room for ${String(free)} bytes, and ${String(needed)} are to be written there: damaged files are kept. ` +
      'Nothing was touched. Make room there, then recover again, or recover less at once.',
  );
}

async function recoverBatch(
  run: RecoveryRun,
  { location }: Place,
  places: Places,
  folders: RecoveryFolders,
  findings: readonly FindingAtHand[],
  steps: ReadonlyMap<number, DecisionStep>,
  context: JobContext,
): Promise<void> {
  const { progress, signal } = context;
  progress.phase = 'reading';
  const { rescues, decided } = await lookAtDamage(run, location.root, folders, findings, steps, signal);
  if (decided.length > 0) await record(run, context, decided);
  if (signal.aborted || rescues.length === 0) return;
  progress.phase = 'copying';
  await run.place.makeFolder(location.root, folders.staging);
  const { copied, lacking } = await copyGood(run, places, folders, rescues, context);
  if (signal.aborted) return;
  if (lacking.length > 0) await record(run, context, await withAside(run, location.root, lacking));
  if (copied.length === 0) return;
  progress.phase = 'reading back';
  await readBack(run, location.name, copied, context);
  if (signal.aborted) return;
  for (const rescue of copied)
    rescue.stamp = await run.place.settleStaged(rescue.staged, rescue.finding.mtimeNs);
  progress.phase = 'placing';
  await run.catalogue.writer.recordDecisions(
    run.opened.actId,
    copied.map(({ finding, stamp, damaged, step }): Decided => ({
      findingId: finding.id,
      became: 'placing',
      stagedInode: stamp?.inode ?? 0n,
      ...(damaged === undefined
        ? step.damaged === undefined
          ? {}
          : { damaged: step.damaged }
        : {
            damaged: { size: Number(damaged.stamp.size), ...(damaged.sha256 && { sha256: damaged.sha256 }) },
          }),
    })),
  );
  const placed: Decided[] = [];
  try {
    for (const rescue of copied) placed.push(await placeOne(run, location.root, rescue));
  } finally {
    // What was placed before a failure is placed.
    if (placed.length > 0) await record(run, context, placed);
  }
}

/** What stands at the paths now; what needs no copy is decided already. */
async function lookAtDamage(
  run: RecoveryRun,
  root: RawPath,
  folders: RecoveryFolders,
  findings: readonly FindingAtHand[],
  steps: ReadonlyMap<number, DecisionStep>,
  signal: AbortSignal,
): Promise<{ rescues: Rescue[]; decided: Decided[] }> {
  const decided: Decided[] = [];
  const rescues: Rescue[] = [];
  const standings = await Promise.all(findings.map(({ path }) => run.place.look(root, path)));
  const files = findings.filter((_, at) => standings[at]?.kind === 'file');
  const read = await run.files.digestAll(
    files.map(({ path }) => path),
    signal,
  );
  if (signal.aborted) return { rescues, decided };
  const readOf = new Map(files.map(({ id }, at) => [id, read[at]]));
  for (const [at, finding] of findings.entries()) {
    const [step, standing] = [steps.get(finding.id), standings[at]];
    if (step === undefined || standing === undefined) continue;
    const name = utf8Path(publicId('finding', finding.id));
    const rescue: Rescue = {
      finding,
      step,
      staged: joinRaw(folders.staging, name),
      aside: joinRaw(folders.quarantine, name),
    };
    if (standing.kind === 'other') {
      const detail = `At its place stands ${standing.what}. Nothing was touched. Move it elsewhere, then recover again.`;
      decided.push({ findingId: finding.id, became: 'refused', detail });
      continue;
    }
    if (standing.kind === 'file') {
      const found = readOf.get(finding.id);
      if (found?.status === 'read' && sameBytes(found.sha256, finding.sha256)) {
        decided.push(await alreadyGood(run, root, rescue, found.stamp));
        continue;
      }
      rescue.damaged =
        found?.status === 'read' ? { stamp: found.stamp, sha256: found.sha256 } : { stamp: standing.stamp };
    }
    rescue.isStaged = step.state === 'placing' && (await isGood(run, rescue.staged, finding.sha256, signal));
    rescues.push(rescue);
  }
  return { rescues, decided };
}

async function isGood(
  { files }: RecoveryRun,
  path: RawPath,
  sha256: Uint8Array,
  signal: AbortSignal,
): Promise<boolean> {
  const [found] = await files.digestAll([path], signal);
  return found?.status === 'read' && sameBytes(found.sha256, sha256);
}

/** A good file stands at the path: this act has placed it before it was killed, or nobody needed to. */
async function alreadyGood(
  run: RecoveryRun,
  root: RawPath,
  { finding, step, aside }: Rescue,
  stamp: FileStamp,
): Promise<Decided> {
  const setAside = await asideOf(run, root, finding, step, aside);
  const isOurs = step.state === 'placing' && (step.stagedInode === stamp.inode || setAside !== undefined);
  if (isOurs)
    return {
      findingId: finding.id,
      became: 'recovered',
      stamp,
      detail: '',
      ...(setAside === undefined ? {} : { setAside }),
    };
  return {
    findingId: finding.id,
    became: 'refused',
    detail: `It was read now and is intact: there is nothing to recover. Close it: holdfast findings resolve ${publicId('finding', finding.id)} --as false-alarm`,
  };
}

/** The damaged file of a finding, where it has been set aside. */
async function asideOf(
  run: RecoveryRun,
  root: RawPath,
  finding: FindingAtHand,
  step: Pick<DecisionStep, 'damaged'>,
  aside: RawPath,
): Promise<SetAside | undefined> {
  const at = joinRaw(aside, baseName(finding.path));
  const standing = await run.place.look(root, at);
  const path = relativeTo(root, at);
  if (standing.kind !== 'file' || path === undefined) return undefined;
  return {
    path,
    size: Number(standing.stamp.size),
    ...(step.damaged?.sha256 === undefined ? {} : { sha256: step.damaged.sha256 }),
  };
}

/** What cannot be recovered, with the damaged file that an interrupted run may have set aside for it. */
async function withAside(run: RecoveryRun, root: RawPath, lacking: readonly Rescue[]): Promise<Decided[]> {
  return Promise.all(
    lacking.map(async ({ finding, step, aside }): Promise<Decided> => {
      const setAside = await asideOf(run, root, finding, step, aside);
      return {
        findingId: finding.id,
        became: 'refused',
        detail:
          'Every copy of its content that can be reached was read, and none of them is good now. What stands at its place was not touched. Audit the other locations.',
        ...(setAside === undefined ? {} : { setAside }),
      };
    }),
  );
}

async function placeOne(run: RecoveryRun, root: RawPath, rescue: Rescue): Promise<Decided> {
  const { finding, step, staged, aside, damaged, from } = rescue;
  const findingId = finding.id;
  if (damaged !== undefined) {
    const story = storyOf(finding, { ...damaged, from, agent: run.agent.name });
    if (!(await run.place.setAside(root, finding.path, damaged.stamp, { folder: aside, story })))
      return {
        findingId,
        became: 'refused',
        detail:
          'It was changed while it was being recovered. Nothing was touched. Audit it, then recover again.',
      };
  }
  const known =
    damaged === undefined
      ? step
      : { damaged: { size: 0, ...(damaged.sha256 && { sha256: damaged.sha256 }) } };
  const setAside = await asideOf(run, root, finding, known, aside);
  const placed = await run.place.place(root, staged, finding.path);
  const detail = from === undefined ? '' : `from ${displayPath(from)}`;
  const withAside = setAside === undefined ? {} : { setAside };
  return placed.placed
    ? { findingId, became: 'recovered', stamp: placed.stamp, detail, ...withAside }
    : { findingId, became: 'refused', detail: placed.reason, ...withAside };
}
