import { setTimeout as delay } from 'node:timers/promises';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { Catalogue, FolderComparison, LocationIdentity, OpenedAccession } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { DigestValue, FileProblem, ScannedFolder } from '../ports/readings.ts';
import type { VirusScanner } from '../ports/virus-scanner.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { recordBagBaselines, type BagIntake, type PlacedBag } from './bag-baselines.ts';
import { describeAccession } from './describe-accession.ts';
import { remarkOf } from './received-bags.ts';
import { refuseProtected } from './refuse-protected.ts';
import { VirusCheck } from './virus-check.ts';

const COUNT_AFTER_MS = 2_000;

interface AccessionRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly opened: OpenedAccession;
  readonly furtherDigests: readonly DigestValue['algorithm'][];
  readonly wanted: NewAccession;
  readonly virusScanner: VirusScanner;
  readonly bags: BagIntake;
}

/** The location that a root lies in, and the roots of all. */
interface Place extends LocationIdentity {
  readonly others: readonly RawPath[];
}

/**
 * Takes what the scan finds into custody: reads each file once, records it, proposes items folder by folder, and seals
 * the accrual with its event. What was recorded before an interruption is not read again.
 */
export async function runAccession(run: AccessionRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened } = run;
  const { signal, progress } = context;
  const placed = placedBags(run);
  const seen = { known: 0, read: 0 };
  const places = await catalogue.reader.locationIdentities();
  const viruses = await VirusCheck.begin(catalogue, run.virusScanner);
  progress.phase = 'reading';
  const stopCounting = new AbortController();
  const counting = countAhead(run, context, AbortSignal.any([signal, stopCounting.signal]));
  try {
    for (const root of opened.roots) {
      const known = places.find(({ id }) => id === root.locationId);
      if (known === undefined)
        throw new Error(`location ${String(root.locationId)} is not among the known ones`);
      const place: Place = { ...known, others: places.map((other) => other.root) };
      await requirePlace(run, place, signal);
      await takeRoot(run, root, place, { ...context, viruses }, seen);
      await requirePlace(run, place, signal);
      if (signal.aborted) break;
    }
  } finally {
    stopCounting.abort();
    await counting;
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  progress.phase = 'sealing';
  const closed = await catalogue.writer.closeAccession(
    opened.actId,
    reason === 'cancel' ? 'cancelled' : 'done',
    viruses?.ofAct,
    remarkOf(run.bags.received),
  );
  // What this act recorded before an interruption is met again as known, and is not held from before.
  const alreadyHeld = seen.known - (closed.tally.files - seen.read);
  const result = await describeAccession(catalogue.reader, opened, closed, alreadyHeld);
  if (reason === 'cancel') return { state: 'cancelled', result };
  if (placed.length === 0) return { state: 'done', result };
  progress.phase = 'comparing';
  const acts = { catalogue, intake: run.bags, actId: opened.actId, accessionId: opened.accession.id };
  return {
    state: 'done',
    result: { ...result, receivedBags: await recordBagBaselines(acts, placed, Date.now()) },
  };
}

/** Each bag as it stands in its location. */
function placedBags({ bags, opened }: AccessionRun): PlacedBag[] {
  return bags.received.bags.map((bag) => {
    const root = opened.roots.find(({ locationRoot, path }) =>
      sameBytes(joinRaw(locationRoot, path), bag.path),
    );
    if (root === undefined) throw new Error('a bag is none of the folders of its accession');
    return { bag, locationId: root.locationId, pathsOf: (path) => [joinRaw(root.path, path)] };
  });
}

/**
 * A disk that went away, or an empty mount point in its place, must not end as an act that found little: it stays open, and
 * goes on once the place is back. An act that is being given up needs its place no more.
 */
async function requirePlace(run: AccessionRun, place: LocationIdentity, signal: AbortSignal): Promise<void> {
  const reached = await reachLocation(run.files, place);
  if (!reached.reachable && !signal.aborted) throw placeLost(reached.reason);
}

function placeLost(reason: string): HoldfastError {
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `Not finished: what was read before is recorded, and the same command goes on with it. ${reason}`,
  );
}

/** What a disk that has gone away says of its files. */
function mayBeLost({ code }: FileProblem): boolean {
  return code === 'vanished' || code === 'io_error' || code === 'unreadable' || code === 'folder_unreadable';
}

/**
 * A scan costs a fiftieth of a read: running one ahead gives the estimate its totals. Not for what is over in a moment
 * anyway.
 */
async function countAhead(run: AccessionRun, context: JobContext, signal: AbortSignal): Promise<void> {
  let files = 0;
  let bytes = 0;
  try {
    await delay(COUNT_AFTER_MS, undefined, { signal, ref: false });
    for (const root of run.opened.roots) {
      for await (const slices of run.files.scan(joinRaw(root.locationRoot, root.path), signal, 'aside')) {
        for (const slice of slices) {
          files += slice.names.length;
          for (let at = 0; at < slice.stamps.length; at += 4) bytes += Number(slice.stamps[at] ?? 0n);
        }
      }
    }
  } catch {
    // Ended before, or unreadable. Without totals there is no estimate; the scan that reads will say what is wrong.
    return;
  }
  if (signal.aborted) return;
  context.progress.filesTotal = files;
  context.progress.bytesTotal = bytes;
}

async function takeRoot(
  run: AccessionRun,
  root: OpenedAccession['roots'][number],
  place: Place,
  context: JobContext & { readonly viruses: VirusCheck | undefined },
  seen: { known: number; read: number },
): Promise<void> {
  const { catalogue, files, opened } = run;
  const { signal, progress } = context;
  const scanned = joinRaw(root.locationRoot, root.path);
  const folders = new OpenFolders((folder) =>
    catalogue.writer.proposeItems(opened.accrualId, root.locationId, folder),
  );
  // Twice what the workers take at once, so that none waits while results are being recorded.
  const inFlight = new InFlight(files.concurrency * 2);
  try {
    for await (const slices of files.scan(scanned, signal, 'ahead')) {
      const compared = await catalogue.reader.compare(root.locationId, root.path, slices);
      for (const [index, slice] of slices.entries()) {
        const comparison = compared[index];
        if (comparison === undefined) continue;
        const folder = joinRaw(root.path, slice.folder);
        if (slice.notes.some(({ problem }) => mayBeLost(problem))) await requirePlace(run, place, signal);
        await recordNotes(run, place, folder, slice, comparison, context);
        seen.known += comparison.unchanged + comparison.changed.length;
        progress.files += comparison.unchanged + comparison.changed.length;
        for (const batch of batchesBySize(comparison.added, ({ stamp }) => Number(stamp.size))) {
          if (signal.aborted) break;
          folders.begin(folder);
          await inFlight.run(async () => {
            const names = batch.map((file) => file.name);
            const read = await files.readAll(
              root.locationRoot,
              folder,
              names,
              run.furtherDigests,
              signal,
              (bytes) => {
                progress.bytes += bytes;
              },
            );
            const accepted = read.map((outcome) => refuseProtected(outcome, run.wanted));
            const base = joinRaw(root.locationRoot, folder);
            const outcomes =
              (await context.viruses?.look(
                accepted,
                names.map((name) => joinRaw(base, name as RawPath)),
                signal,
              )) ?? accepted;
            if (outcomes.some((outcome) => outcome.status === 'failed' && mayBeLost(outcome.problem)))
              await requirePlace(run, place, signal);
            // A batch cut short by a stop is not recorded: its unread files would look like failures.
            if (signal.aborted) return;
            const tally = await catalogue.writer.recordFiles({
              actId: opened.actId,
              accrualId: opened.accrualId,
              locationId: root.locationId,
              folder,
              files: names.map((name, at) => {
                const outcome = outcomes[at];
                if (outcome === undefined) throw new Error('readAll answered with fewer rows than files');
                return { name, outcome };
              }),
            });
            progress.files += names.length;
            seen.read += outcomes.filter((outcome) => outcome.status === 'read').length;
            progress.problems = tally.problems + tally.refused;
            await folders.end(folder);
          });
        }
        if (slice.last) await folders.complete(folder);
      }
      if (signal.aborted) break;
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    if (error instanceof HoldfastError && error.code === 'FOLDER_UNREADABLE') throw placeLost(error.message);
    throw error;
  }
}

async function recordNotes(
  run: AccessionRun,
  place: Place,
  folder: RawPath,
  slice: ScannedFolder,
  comparison: FolderComparison,
  context: JobContext,
): Promise<void> {
  const isKnown = (path: RawPath): boolean => place.others.some((other) => Buffer.compare(other, path) === 0);
  const notes = [
    // A volume that is a location itself is looked after as that.
    ...slice.notes.filter(
      ({ name, problem }) =>
        problem.code !== 'on_other_volume' || !isKnown(joinRaw(joinRaw(place.root, folder), name)),
    ),
    ...comparison.changed.map(({ name }) => ({ name, problem: { code: 'changed_since_custody' as const } })),
  ];
  if (notes.length === 0) return;
  await run.catalogue.writer.recordNotes(run.opened.actId, place.id, folder, notes);
  context.progress.problems += comparison.changed.length;
}

/** Knows which folders still have files under way, so that items are proposed once a folder is whole. */
class OpenFolders {
  readonly #pending = new Map<string, { count: number; scanned: boolean; any: boolean }>();
  readonly #whenWhole: (folder: RawPath) => Promise<void>;

  constructor(whenWhole: (folder: RawPath) => Promise<void>) {
    this.#whenWhole = whenWhole;
  }

  begin(folder: RawPath): void {
    const state = this.#state(folder);
    state.count += 1;
    state.any = true;
  }

  async end(folder: RawPath): Promise<void> {
    this.#state(folder).count -= 1;
    await this.#settle(folder);
  }

  async complete(folder: RawPath): Promise<void> {
    this.#state(folder).scanned = true;
    await this.#settle(folder);
  }

  #state(folder: RawPath): { count: number; scanned: boolean; any: boolean } {
    const key = Buffer.from(folder).toString('latin1');
    let state = this.#pending.get(key);
    if (state === undefined) {
      state = { count: 0, scanned: false, any: false };
      this.#pending.set(key, state);
    }
    return state;
  }

  async #settle(folder: RawPath): Promise<void> {
    const state = this.#state(folder);
    if (!state.scanned || state.count > 0) return;
    this.#pending.delete(Buffer.from(folder).toString('latin1'));
    if (state.any) await this.#whenWhole(folder);
  }
}
