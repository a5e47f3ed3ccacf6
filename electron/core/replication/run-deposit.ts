import { hash } from 'node:crypto';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
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
import { batchesBySize } from '../jobs/batches.ts';
import { recordBagBaselines, type BagIntake, type PlacedBag } from '../accession/bag-baselines.ts';
import { describeAccession } from '../accession/describe-accession.ts';
import { remarkOf } from '../accession/received-bags.ts';
import { refuseProtected } from '../accession/refuse-protected.ts';
import { VirusCheck } from '../accession/virus-check.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { OpenedBag, StagedFile } from '../ports/replication.ts';
import type { DigestValue, FileOutcome, FileProblem, FileStamp, ScannedFolder } from '../ports/readings.ts';
import type { VirusScanner } from '../ports/virus-scanner.ts';
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
  readonly virusScanner: VirusScanner;
  readonly bagsHandedOver: BagIntake;
}

interface CopyContext extends JobContext {
  readonly viruses: VirusCheck | undefined;
}

interface Seen {
  deposited: number;
  /** Whether anything was staged or deposited by an earlier run. */
  before: boolean;
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
  const seen: Seen = { deposited: 0, before: true };
  const viruses = await VirusCheck.begin(catalogue, run.virusScanner);
  // A sealed bag may stand in its place already: whoever cancels now comes too late, and it is recorded.
  const isSealed = (await catalogue.reader.stagedBag(opened.actId)) !== undefined;
  if (!isSealed) {
    progress.phase = 'scanning';
    const { names, bytes } = await lookThrough(run, context);
    if (!signal.aborted) {
      const staged = await catalogue.reader.stagedTally(opened.actId);
      seen.before = staged.files > 0 || opened.accession.accrual > 1;
      await requireRoom(run, Math.max(0, bytes - staged.bytes));
      progress.phase = 'copying';
      await copyAll(run, names, where, { ...context, viruses }, seen);
    }
    if (stopReason(signal) === 'pause') return { state: 'paused' };
  }
  let state: 'done' | 'cancelled' = signal.aborted && !isSealed ? 'cancelled' : 'done';
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
  const remark = remarkOf(run.bagsHandedOver.received);
  const closed = await catalogue.writer.closeBag(opened.actId, state, viruses?.ofAct, remark);
  await run.store.removeStaged(where.staged);
  const result = {
    ...(await describeAccession(catalogue.reader, opened, closed, seen.deposited)),
    ...(closed.tally.files > 0 ? { bag: pathToJson(where.place) } : {}),
  };
  const placed = state === 'done' ? await placedBags(run) : [];
  if (placed.length === 0) return { state, result };
  progress.phase = 'comparing';
  const acts = {
    catalogue,
    intake: run.bagsHandedOver,
    actId: opened.actId,
    accessionId: opened.accession.id,
  };
  return { state, result: { ...result, receivedBags: await recordBagBaselines(acts, placed, Date.now()) } };
}

/** Each bag that was handed over as it stands in the sealed bags of the accession, whichever accrual brought a file. */
async function placedBags({ catalogue, opened, bagsHandedOver }: DepositRun): Promise<PlacedBag[]> {
  const all = await catalogue.reader.handedOverFolders(opened.accession.id);
  const payloads = all.filter(({ locationId }) => locationId === opened.locationId);
  const labels = labelled(opened.sources);
  const names = new BagNames((bytes) => hash('sha256', bytes, 'buffer'));
  return bagsHandedOver.received.bags.flatMap((bag): PlacedBag[] =>
    labels
      .filter(({ source }) => sameBytes(source, bag.path))
      .map(({ label }) => ({
        bag,
        locationId: opened.locationId,
        pathsOf: (path) => {
          const raw = joinRaw(label, path);
          const mapped = [names.map(raw), ...names.mappedOtherwise(raw)].map(utf8Path);
          return payloads.flatMap(({ folder }) => mapped.map((name) => joinRaw(folder, name)));
        },
      })),
  );
}

/** The first look: names, sizes, and what is left out. */
async function lookThrough(
  run: DepositRun,
  { signal, progress }: JobContext,
): Promise<{ names: BagNames; bytes: number }> {
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
  // Each byte is read and written, then read back.
  progress.bytesTotal = 2 * bytes;
  return { names, bytes };
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
  context: CopyContext,
  seen: Seen,
): Promise<void> {
  const { signal } = context;
  const inFlight = new InFlight(run.files.concurrency * 2);
  try {
    for (const { source, label } of labelled(run.opened.sources)) {
      for await (const slices of run.files.scan(source, signal, 'ahead')) {
        for (const slice of slices) {
          const wanted = wantedOf(names, source, label, slice);
          for (const batch of batchesBySize(await due(run, names, wanted, context, seen), sizeOf)) {
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

/** What stands neither in staging nor in an earlier bag of this accession, under whatever name it has there. */
async function due(
  run: DepositRun,
  names: BagNames,
  wanted: readonly Wanted[],
  { progress, signal }: JobContext,
  seen: Seen,
): Promise<Wanted[]> {
  const { reader } = run.catalogue;
  // A twin that came or went gives a file another name in the bag; it is the same file.
  const rows = wanted.map(({ path, raw, stamp }) => ({
    path,
    others: seen.before ? names.mappedOtherwise(raw) : [],
    ...stamp,
  }));
  const found = rows.length === 0 ? [] : await reader.alreadyStaged(run.opened.actId, rows);
  const known = await Promise.all(
    found.map(async (each, at) =>
      each === undefined || typeof each === 'string'
        ? each
        : await compared(run, wanted[at] as Wanted, each.touched, signal),
    ),
  );
  return wanted.filter((file, at) => {
    if (known[at] === undefined) return true;
    const isDeposited = known[at] === 'deposited';
    if (isDeposited) seen.deposited += 1;
    progress.files += 1;
    progress.bytes += Number(file.stamp.size) * (isDeposited ? 2 : 1);
    return false;
  });
}

/** Size and time can be as they were and the content not: what was touched since is read, and is new unless it is the same. */
async function compared(
  run: DepositRun,
  { source }: Wanted,
  deposited: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<'deposited' | undefined> {
  const [outcome] = await run.files.digestAll([source], signal);
  const isSame = outcome?.status === 'read' && deposited.some((sha256) => sameBytes(sha256, outcome.sha256));
  return isSame ? 'deposited' : undefined;
}

const sizeOf = ({ stamp }: Wanted): number => Number(stamp.size);

async function copyBatch(
  run: DepositRun,
  batch: readonly Wanted[],
  where: BagPlace,
  { signal, progress, viruses }: CopyContext,
): Promise<void> {
  const { catalogue, files, opened, wanted } = run;
  const data = joinRaw(where.staged, utf8Path('data'));
  const outcomes = await files.copyAll(
    batch.map(({ source, path }) => ({ from: source, to: joinRaw(data, utf8Path(path)) })),
    {
      further: [...new Set<DigestValue['algorithm']>(['sha512', ...run.furtherDigests])],
      look: 'whole',
      within: where.job,
      ...(wanted.bytesPerSecond === undefined ? {} : { bytesPerSecond: wanted.bytesPerSecond }),
    },
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  if (signal.aborted) return;
  const staged: StagedFile[] = [];
  const failed: { path: RawPath; problem: FileProblem; offset?: number }[] = [];
  const accepted = outcomes.map((copied): FileOutcome => {
    if (copied.status === 'read' && copied.kind === undefined)
      throw new Error('a file was copied without being looked at');
    return refuseProtected(copied, wanted);
  });
  // The originals, which nobody else is writing to.
  const looked = await viruses?.look(
    accepted,
    batch.map(({ source }) => source),
    signal,
  );
  if (signal.aborted) return;
  for (const [at, outcome] of (looked ?? accepted).entries()) {
    const { source, raw, path } = batch[at] as Wanted;
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
