import { hash } from 'node:crypto';
import type { ReplicationResult } from '../../../shared/contract/replication.ts';
import { BagNames } from '../../../shared/domain/bag-name.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import {
  decodeUtf8,
  displayPath,
  joinRaw,
  pathToJson,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type {
  AccrualToReplicate,
  KnownBag,
  OpenedBag,
  ReplicationRow,
  StagedFile,
  TagFile,
} from '../ports/replication.ts';
import type { FileProblem } from '../ports/readings.ts';
import { bagInfo } from './bag-info.ts';
import {
  bagPlace,
  destinationFailed,
  finishBag,
  requireRoom,
  type BagPlace,
  type BagRun,
} from './finish-bag.ts';

const PAGE = 256;
const LISTED = 1000;

export interface ReplicationRun extends BagRun {
  readonly jobId: number;
  readonly accruals: readonly AccrualToReplicate[];
  readonly bytesPerSecond?: number;
}

interface Due extends ReplicationRow {
  readonly bagPath: string;
}

/**
 * Copies accruals into a managed location, a bag each: from another bag of it where there is one, which is then the same to
 * the last byte, or from where its files stand in place. Each copy of a content is compared with its digest as it is read;
 * where one is bad or out of reach, the next is taken.
 */
export async function runReplication(run: ReplicationRun, context: JobContext): Promise<JobEnd> {
  const { progress, signal } = context;
  const result: ReplicationResult = {
    copied: 0,
    verified: 0,
    bytes: 0,
    skipped: 0,
    bags: [],
    problems: [],
    problemsTotal: 0,
  };
  const due = run.accruals.filter(({ bags }) =>
    bags.every(({ locationId }) => locationId !== run.location.id),
  );
  result.skipped = run.accruals.length - due.length;
  progress.filesTotal = due.reduce((sum, { files }) => sum + files, 0);
  // Each byte is read and written, then read back.
  progress.bytesTotal = 2 * due.reduce((sum, { bytes }) => sum + bytes, 0);
  const reachable = await reachableLocations(run);
  // What an interruption left open comes first, and is closed even where the rest is called off.
  const open = await run.catalogue.reader.openReplica(run.jobId);
  due.sort((a, b) => Number(b.accrualId === open) - Number(a.accrualId === open));
  for (const accrual of due) {
    if (signal.aborted && accrual.accrualId !== open) break;
    await replicate(run, accrual, reachable, context, result);
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  const state = reason === 'cancel' ? 'cancelled' : 'done';
  await run.catalogue.writer.endReplication(run.jobId, state);
  return { state, result };
}

async function reachableLocations({ catalogue, files }: BagRun): Promise<Map<number, LocationIdentity>> {
  const found = new Map<number, LocationIdentity>();
  for (const location of await catalogue.reader.locationIdentities())
    if ((await reachLocation(files, location)).reachable) found.set(location.id, location);
  return found;
}

async function replicate(
  run: ReplicationRun,
  accrual: AccrualToReplicate,
  reachable: ReadonlyMap<number, LocationIdentity>,
  context: JobContext,
  result: ReplicationResult,
): Promise<void> {
  const { catalogue, store } = run;
  const { signal } = context;
  const opened = await catalogue.writer.openReplica(run.jobId, accrual.accrualId, run.location.id);
  const where = await bagPlace(run, opened);
  let lacking = 0;
  let copied: readonly TagFile[] | undefined;
  // A sealed bag may stand in its place already: whoever cancels now comes too late, and it is recorded.
  const isSealed = (await catalogue.reader.stagedBag(opened.actId)) !== undefined;
  if (!isSealed && !signal.aborted) {
    const staged = await catalogue.reader.stagedTally(opened.actId);
    await requireRoom(run, Math.max(0, accrual.bytes - staged.bytes));
    context.progress.phase = 'copying';
    lacking = await copyPayload(run, opened, where, reachable, context);
    if (!signal.aborted && lacking === 0)
      copied = await copyTagFiles(run, alike(accrual.bags), where, reachable, signal);
  }
  if (!isSealed && stopReason(signal) === 'pause') return;
  let whole = isSealed || (!signal.aborted && lacking === 0);
  if (whole) {
    const recorded = await catalogue.reader.accession(opened.accession.id);
    const tagFiles = { info: bagInfo(run, opened, recorded), ...(copied === undefined ? {} : { copied }) };
    whole = await finishBag(run, opened, where, tagFiles, context);
    if (!whole && stopReason(signal) === 'pause') return;
  }
  const { tally } = await catalogue.writer.closeBag(opened.actId, whole ? 'done' : 'cancelled');
  await store.removeStaged(where.staged);
  result.problemsTotal += tally.problems;
  await listProblems(run, result);
  if (!whole) return;
  result.copied += tally.files;
  result.verified += tally.files;
  result.bytes += tally.bytes;
  result.bags.push({
    accession: publicId('accession', opened.accession.id),
    number: opened.accession.number,
    accrual: opened.accession.accrual,
    path: pathToJson(where.place),
  });
}

async function listProblems({ catalogue, jobId }: ReplicationRun, result: ReplicationResult): Promise<void> {
  const { rows } = await catalogue.reader.problems(jobId, { limit: LISTED });
  result.problems = rows
    .filter(({ severity }) => severity === 'problem')
    .map(({ path, code, message }) => ({ path, code, message }));
}

/** Returns how many files no good copy could be found of. */
async function copyPayload(
  run: ReplicationRun,
  opened: OpenedBag,
  where: BagPlace,
  reachable: ReadonlyMap<number, LocationIdentity>,
  context: JobContext,
): Promise<number> {
  const { signal, progress } = context;
  const names = await namesOf(run, opened, signal);
  const inFlight = new InFlight(run.files.concurrency * 2);
  let lacking = 0;
  try {
    for await (const page of rowsOf(run, opened.accrualId)) {
      if (signal.aborted) break;
      const rows = page.map((row): Due => ({ ...row, bagPath: names(row) }));
      const known = await run.catalogue.reader.alreadyStaged(
        opened.actId,
        rows.map(({ bagPath, size }) => ({ path: bagPath, size: BigInt(size), mtimeNs: 0n })),
      );
      const due = rows.filter((_, at) => known[at] !== 'staged');
      progress.files += rows.length - due.length;
      for (const batch of batchesBySize(due, ({ size }) => size)) {
        if (signal.aborted) break;
        await inFlight.run(async () => {
          lacking += await copyBatch(run, opened, where, batch, reachable, context);
        });
      }
    }
    await inFlight.drain();
    await run.catalogue.writer.commitStaged();
  } finally {
    await inFlight.settle();
  }
  return lacking;
}

/** Paths below `data/`: those of the bag that is copied, or names in place, mapped where no bag can have them. */
async function namesOf(
  run: ReplicationRun,
  opened: OpenedBag,
  signal: AbortSignal,
): Promise<(row: ReplicationRow) => string> {
  const names = new BagNames((bytes) => hash('sha256', bytes, 'buffer'));
  for await (const page of rowsOf(run, opened.accrualId)) {
    if (signal.aborted) break;
    for (const row of page) if (!row.isBagPath) names.add(row.path);
  }
  return (row) => (row.isBagPath ? (decodeUtf8(row.path) ?? displayPath(row.path)) : names.map(row.path));
}

async function* rowsOf({ catalogue }: BagRun, accrualId: number): AsyncGenerator<ReplicationRow[]> {
  let after: number | null = 0;
  while (after !== null) {
    const page: { rows: ReplicationRow[]; next: number | null } = await catalogue.reader.replicationRows(
      accrualId,
      after,
      PAGE,
    );
    yield page.rows;
    after = page.next;
  }
}

async function copyBatch(
  run: ReplicationRun,
  opened: OpenedBag,
  where: BagPlace,
  batch: readonly Due[],
  reachable: ReadonlyMap<number, LocationIdentity>,
  { signal, progress }: JobContext,
): Promise<number> {
  const data = joinRaw(where.staged, utf8Path('data'));
  const staged: StagedFile[] = [];
  const failed: { path: RawPath; problem: FileProblem; offset?: number }[] = [];
  let left: readonly Due[] = batch;
  for (let turn = 0; left.length > 0 && !signal.aborted; turn++) {
    const tried = left.flatMap((row) => {
      const copy = row.copies.filter(({ locationId }) => reachable.has(locationId))[turn];
      return copy === undefined ? [] : [{ row, from: copy.path }];
    });
    if (tried.length === 0) break;
    const further = tried.every(({ row }) => row.sha512 !== undefined) ? [] : (['sha512'] as const);
    const outcomes = await run.files.copyAll(
      tried.map(({ row, from }) => ({ from, to: joinRaw(data, utf8Path(row.bagPath)) })),
      {
        further,
        look: 'digest',
        within: where.job,
        ...(run.bytesPerSecond === undefined ? {} : { bytesPerSecond: run.bytesPerSecond }),
      },
      signal,
      (bytes) => (progress.bytes += bytes),
    );
    if (signal.aborted) return 0;
    const done = new Set<Due>();
    for (const [at, outcome] of outcomes.entries()) {
      const { row, from } = tried[at] as (typeof tried)[number];
      if (outcome.status === 'failed') {
        if (outcome.problem.code === 'destination_failed')
          throw destinationFailed(run.location, outcome.problem.errno);
        const { problem, offset } = outcome;
        failed.push({ path: from, problem, ...(offset === undefined ? {} : { offset }) });
        continue;
      }
      if (!sameBytes(outcome.sha256, row.sha256)) {
        failed.push({ path: from, problem: { code: 'copy_differs' } });
        continue;
      }
      const sha512 = row.sha512 ?? outcome.digests.find(({ algorithm }) => algorithm === 'sha512')?.value;
      if (sha512 === undefined) throw new Error('a file was copied without its SHA-512');
      done.add(row);
      const original = row.isBagPath || decodeUtf8(row.path) === row.bagPath ? {} : { original: row.path };
      staged.push({
        path: row.bagPath,
        sha512,
        // Whatever copy it came from, in staging it is known by its content alone.
        object: { id: row.objectId, sha256: row.sha256, size: row.size, mtimeNs: 0n },
        ...original,
      });
    }
    left = left.filter((row) => !done.has(row));
  }
  if (signal.aborted) return 0;
  await run.catalogue.writer.stageFiles(opened.actId, staged);
  for (const row of left) {
    await run.store.removeStaged(joinRaw(data, utf8Path(row.bagPath)));
    failed.push({ path: row.copies[0]?.path ?? row.path, problem: { code: 'no_good_copy' } });
  }
  if (failed.length > 0) await run.catalogue.writer.recordBagProblems(opened.actId, failed);
  progress.files += staged.length;
  progress.problems += failed.length;
  return left.length;
}

/** Bags with the payload of the first, which is what is copied; a change may have been accepted in one and not in another. */
function alike(bags: readonly KnownBag[]): readonly KnownBag[] {
  const manifestOf = ({ tagFiles }: KnownBag): TagFile | undefined =>
    tagFiles.find(({ path }) => path === 'manifest-sha256.txt');
  const [first] = bags;
  const wanted = first === undefined ? undefined : manifestOf(first);
  return bags.filter((bag) => {
    const own = manifestOf(bag);
    return (
      bag === first || (own !== undefined && wanted !== undefined && sameBytes(own.sha256, wanted.sha256))
    );
  });
}

/** The tag files of a bag of the same accrual, copied and compared; undefined where none can be had whole. */
async function copyTagFiles(
  run: ReplicationRun,
  bags: readonly KnownBag[],
  where: BagPlace,
  reachable: ReadonlyMap<number, LocationIdentity>,
  signal: AbortSignal,
): Promise<readonly TagFile[] | undefined> {
  for (const bag of bags) {
    const location = reachable.get(bag.locationId);
    if (location === undefined || bag.tagFiles.length === 0) continue;
    const from = joinRaw(location.root, bag.path);
    const outcomes = await run.files.copyAll(
      bag.tagFiles.map(({ path }) => ({
        from: joinRaw(from, utf8Path(path)),
        to: joinRaw(where.staged, utf8Path(path)),
      })),
      { further: [], look: 'digest', within: where.job },
      signal,
    );
    const same = bag.tagFiles.every(({ sha256 }, at) => {
      const outcome = outcomes[at];
      return outcome?.status === 'read' && sameBytes(outcome.sha256, sha256);
    });
    if (same) return bag.tagFiles;
  }
  return undefined;
}
