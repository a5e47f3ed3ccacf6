import { hash } from 'node:crypto';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import { BagNames } from '../../../shared/domain/bag-name.ts';
import { folderLabel } from '../../../shared/domain/bag-path.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  decodeUtf8,
  displayPath,
  isInside,
  joinRaw,
  pathToJson,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { batches } from '../accession/batches.ts';
import { describeAccession } from '../accession/describe-accession.ts';
import { refuseProtected } from '../accession/refuse-protected.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { OpenedBag, StagedFile } from '../ports/replication.ts';
import type { DigestValue, FileProblem, FileStamp, ScannedFolder } from '../ports/readings.ts';
import { bagInfo } from './bag-info.ts';
import {
  bagPlace,
  destinationFailed,
  finishBag,
  requireRoom,
  type BagPlace,
  type BagRun,
} from './finish-bag.ts';

interface DepositRun extends BagRun {
  readonly opened: OpenedBag;
  readonly wanted: NewAccession;
  readonly furtherDigests: readonly DigestValue['algorithm'][];
}

/** A file that is to be copied. */
interface Wanted {
  readonly source: RawPath;
  /** Below `data/`, as it was named. */
  readonly raw: RawPath;
  readonly path: string;
  readonly stamp: FileStamp;
}

/**
 * Takes folders into custody by copying them into a sealed bag in a managed location. Looks through them twice: once for their
 * names and sizes, so that names can be mapped and room be found, then to copy.
 */
export async function runDeposit(run: DepositRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened, location } = run;
  const { signal, progress } = context;
  const where = await bagPlace(run, opened);
  const seen = { deposited: 0 };
  if ((await catalogue.reader.stagedBag(opened.actId)) === undefined) {
    progress.phase = 'scanning';
    const names = await lookThrough(run, context);
    if (!signal.aborted) {
      const staged = await catalogue.reader.stagedTally(opened.actId);
      await requireRoom(run, Math.max(0, (progress.bytesTotal ?? 0) - staged.bytes));
      progress.phase = 'copying';
      await copyAll(run, names, where, context, seen);
    }
  }
  if (stopReason(signal) === 'pause') return { state: 'paused' };
  let state: 'done' | 'cancelled' = signal.aborted ? 'cancelled' : 'done';
  if (state === 'done') {
    const reached = await reachLocation(run.files, location);
    if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
    const { files } = await catalogue.reader.stagedTally(opened.actId);
    const recorded = await catalogue.reader.accession(opened.accession.id);
    const whole =
      files === 0 || (await finishBag(run, opened, where, { info: bagInfo(run, opened, recorded) }, context));
    if (!whole && stopReason(signal) === 'pause') return { state: 'paused' };
    if (!whole) state = 'cancelled';
  }
  const closed = await catalogue.writer.closeBag(opened.actId, state);
  await run.store.removeStaged(where.staged);
  const result = await describeAccession(catalogue.reader, opened, closed, seen.deposited);
  const hasBag = closed.tally.files > 0;
  return { state, result: hasBag ? { ...result, bag: pathToJson(where.place) } : result };
}

/** The first look: names, sizes, and what is left out. */
async function lookThrough(run: DepositRun, { signal, progress }: JobContext): Promise<BagNames> {
  const names = new BagNames((bytes) => hash('sha256', bytes, 'buffer'));
  let files = 0;
  let bytes = 0;
  for (const { source, label } of labelled(run.opened.sources)) {
    for await (const slices of run.files.scan(source, signal, 'alone')) {
      for (const slice of slices) {
        const folder = joinRaw(label, slice.folder);
        for (const name of slice.names) names.add(joinRaw(folder, name));
        files += slice.names.length;
        for (let at = 0; at < slice.stamps.length; at += 4) bytes += Number(slice.stamps[at] ?? 0n);
        await recordNotes(run, source, slice);
      }
    }
  }
  progress.filesTotal = files;
  progress.bytesTotal = bytes;
  return names;
}

async function recordNotes(run: DepositRun, source: RawPath, slice: ScannedFolder): Promise<void> {
  if (slice.notes.length === 0) return;
  const rows = slice.notes.map(({ name, problem }) => ({
    path: joinRaw(joinRaw(source, slice.folder), name),
    problem,
  }));
  await run.catalogue.writer.recordBagProblems(run.opened.actId, rows);
}

async function copyAll(
  run: DepositRun,
  names: BagNames,
  where: BagPlace,
  context: JobContext,
  seen: { deposited: number },
): Promise<void> {
  const { signal } = context;
  const inFlight = new InFlight(run.files.concurrency * 2);
  try {
    for (const { source, label } of labelled(run.opened.sources)) {
      for await (const slices of run.files.scan(source, signal, 'ahead')) {
        for (const slice of slices) {
          const wanted = wantedOf(names, source, label, slice);
          for (const batch of batches(await due(run, wanted, context, seen))) {
            if (signal.aborted) return;
            await inFlight.run(() => copyBatch(run, batch, where, context));
          }
        }
      }
    }
    await inFlight.drain();
    await run.catalogue.writer.commitStaged();
  } finally {
    await inFlight.settle();
  }
}

function wantedOf(names: BagNames, source: RawPath, label: RawPath, slice: ScannedFolder): Wanted[] {
  return slice.names.map((name, at): Wanted => {
    const raw = joinRaw(joinRaw(label, slice.folder), name);
    const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = slice.stamps.subarray(at * 4, at * 4 + 4);
    return {
      source: joinRaw(joinRaw(source, slice.folder), name),
      raw,
      path: names.map(raw),
      stamp: { size, mtimeNs, ctimeNs, inode },
    };
  });
}

/** What stands neither in staging nor in an earlier bag of this accession. */
async function due(
  run: DepositRun,
  wanted: readonly Wanted[],
  { progress }: JobContext,
  seen: { deposited: number },
): Promise<Wanted[]> {
  const { reader } = run.catalogue;
  const rows = wanted.map(({ path, stamp }) => ({ path, size: stamp.size, mtimeNs: stamp.mtimeNs }));
  const known = rows.length === 0 ? [] : await reader.alreadyStaged(run.opened.actId, rows);
  return wanted.filter((file, at) => {
    if (known[at] === undefined) return true;
    if (known[at] === 'deposited') seen.deposited += 1;
    progress.files += 1;
    progress.bytes += Number(file.stamp.size);
    return false;
  });
}

async function copyBatch(
  run: DepositRun,
  batch: readonly Wanted[],
  where: BagPlace,
  { signal, progress }: JobContext,
): Promise<void> {
  const { catalogue, files, opened, wanted } = run;
  const data = joinRaw(where.staged, utf8Path('data'));
  const outcomes = await files.copyAll(
    batch.map(({ source, path }) => ({ from: source, to: joinRaw(data, utf8Path(path)) })),
    {
      further: [...new Set<DigestValue['algorithm']>(['sha512', ...run.furtherDigests])],
      look: 'whole',
      ...(wanted.bytesPerSecond === undefined ? {} : { bytesPerSecond: wanted.bytesPerSecond }),
    },
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  if (signal.aborted) return;
  const staged: StagedFile[] = [];
  const failed: { path: RawPath; problem: FileProblem; offset?: number }[] = [];
  for (const [at, copied] of outcomes.entries()) {
    const { source, raw, path } = batch[at] as Wanted;
    if (copied.status === 'read' && copied.kind === undefined)
      throw new Error('a file was copied without being looked at');
    const outcome = refuseProtected(copied, wanted);
    if (outcome.status === 'failed') {
      if (outcome.problem.code === 'destination_failed')
        throw destinationFailed(run.location, outcome.problem.errno);
      const { problem, offset } = outcome;
      failed.push({ path: source, problem, ...(offset === undefined ? {} : { offset }) });
      await run.store.removeStaged(joinRaw(data, utf8Path(path)));
      continue;
    }
    const sha512 = outcome.digests.find(({ algorithm }) => algorithm === 'sha512')?.value;
    if (sha512 === undefined) throw new Error('a file was copied without its SHA-512');
    const original = decodeUtf8(raw) === path ? {} : { original: raw };
    staged.push({ path, sha512, reading: outcome, ...original });
  }
  await catalogue.writer.stageFiles(opened.actId, staged);
  if (failed.length > 0) await catalogue.writer.recordBagProblems(opened.actId, failed);
  progress.files += outcomes.length;
  progress.problems += failed.length;
}

/** Several folders stand side by side in the bag, by their names; of a single one what is in it. */
function labelled(sources: readonly RawPath[]): { source: RawPath; label: RawPath }[] {
  const taken = new Set<string>();
  return sources.map((source) => ({
    source,
    label: sources.length === 1 ? utf8Path('') : utf8Path(folderLabel(source, taken)),
  }));
}

/** @throws HoldfastError LOCATIONS_OVERLAP where a folder would be copied into itself */
export function refuseIntoItself(sources: readonly RawPath[], location: { readonly root: RawPath }): void {
  for (const source of sources) {
    if (!isInside(source, location.root) && !isInside(location.root, source)) continue;
    throw new HoldfastError(
      'LOCATIONS_OVERLAP',
      `${displayPath(source)} and the location at ${displayPath(location.root)} lie one inside the other: a folder cannot be copied into itself. Name another location.`,
    );
  }
}
