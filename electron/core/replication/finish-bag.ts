import { foldName } from '../../../shared/domain/bag-name.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { KeyTable } from '../../../shared/domain/key-table.ts';
import { decodeUtf8, displayPath, joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { InFlight } from '../jobs/in-flight.ts';
import type { BagValidator } from '../ports/bag-validation.ts';
import type { BagFile, BagWriter, SharedTagFile } from '../ports/bags.ts';
import type { Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { ManagedStore } from '../ports/managed-store.ts';
import type { OpenedBag, StagedRow, TagFile } from '../ports/replication.ts';

const PAGE = 512;

/** What every act that fills a bag works with. */
export interface BagRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly store: ManagedStore;
  readonly bags: BagWriter;
  readonly validator: BagValidator;
  readonly archive: { readonly id: string; readonly name: string };
  readonly location: LocationIdentity;
  readonly software: string;
}

/** Where the parts of a bag stand while it is made. Absolute. */
export interface BagPlace {
  /** The folder of the job in staging, which stands. */
  readonly job: RawPath;
  readonly staged: RawPath;
  readonly place: RawPath;
}

export async function bagPlace(run: BagRun, opened: OpenedBag): Promise<BagPlace> {
  const { location, store, archive } = run;
  const keep = await run.catalogue.reader.openJobs();
  await store.sweepStaging(location.root, archive.id, [...keep, opened.jobId]);
  const staging = await store.openStaging(location.root, archive.id, opened.jobId);
  return {
    job: staging,
    staged: joinRaw(staging, utf8Path('bag')),
    place: joinRaw(location.root, opened.path),
  };
}

/** What stands in a bag beside its payload. */
export interface TagFilesOf {
  readonly info: readonly (readonly [string, string])[];
  /** All of it, where it was copied from a bag with the same payload. */
  readonly copied?: readonly TagFile[];
  /** What is taken over from another bag, with what it must be. */
  readonly shared?: readonly (SharedTagFile & { readonly sha256: Uint8Array })[];
}

/**
 * Makes a bag of what is staged, and records its files as further copies.
 * @returns false when it was asked to stop before the bag was whole
 */
export async function finishBag(
  run: BagRun,
  opened: OpenedBag,
  where: BagPlace,
  tagFilesOf: TagFilesOf,
  context: JobContext,
): Promise<boolean> {
  if (!(await makeBag(run, opened, where, tagFilesOf, context))) return false;
  const { writer } = run.catalogue;
  let after: string | undefined = '';
  while (after !== undefined) after = await writer.recordBagSlice(opened.actId, after);
  return true;
}

/**
 * Makes a bag of what is staged: every file is read back and compared, what stands beside the payload is written, and the bag is
 * moved to its place; only then its files may be recorded (invariant 2). Each step that an interruption left done is not done
 * again.
 * @returns false when it was asked to stop before the bag was whole
 */
export async function makeBag(
  run: BagRun,
  opened: OpenedBag,
  where: BagPlace,
  tagFilesOf: TagFilesOf,
  context: JobContext,
): Promise<boolean> {
  const { reader, writer } = run.catalogue;
  let sealed = await reader.stagedBag(opened.actId);
  if (sealed === undefined) {
    context.progress.phase = 'reading back';
    await prune(run, opened, where.staged, context.signal);
    const direct = await readBack(run, opened, where.staged, context);
    if (direct === undefined) return false;
    context.progress.phase = 'sealing';
    const tally = await reader.stagedTally(opened.actId);
    const tagFiles = tagFilesOf.copied ?? (await writeTagFiles(run, opened, where, tagFilesOf));
    if (!(await isValid(run, where.staged, context.signal))) return false;
    await writer.sealStaged(opened.actId, { octets: tally.bytes, files: tally.files, direct, tagFiles });
    sealed = { tagFiles };
  }
  context.progress.phase = 'recording';
  // Moved by a run that was interrupted right after: then it stands there, and is the same.
  if (!(await run.store.hasTagFiles(where.place, sealed.tagFiles)))
    await run.store.placeBag(where.staged, where.place);
  await run.store.writeReadme(run.location.root, run.archive);
  return true;
}

async function writeTagFiles(
  run: BagRun,
  opened: OpenedBag,
  { staged }: BagPlace,
  { info, shared = [] }: TagFilesOf,
): Promise<readonly TagFile[]> {
  const written = await run.bags.complete(staged, () => bagFiles(run, opened.actId), info, shared);
  for (const { path, sha256 } of shared) {
    const own = written.find((file) => file.path === path);
    if (own !== undefined && sameBytes(own.sha256, sha256)) continue;
    throw new HoldfastError(
      'LOCATION_UNREACHABLE',
      `"${path}" changed while it was copied into a bag at "${run.location.name}". Nothing was recorded. Check that place; run this again to go on.`,
    );
  }
  return written;
}

/**
 * Looks at the finished bag as any other would: by its own files alone. Its payload was read back and compared just before. False
 * when it was asked to stop.
 */
async function isValid(run: BagRun, bag: RawPath, signal: AbortSignal): Promise<boolean> {
  const report = await run.validator.validate(bag, {
    mode: 'structure',
    concurrency: run.files.concurrency,
    signal,
    digest: (paths, further) => run.files.digestAll(paths, signal, undefined, further),
  });
  if (report === undefined) return false;
  if (report.verdict === 'complete') return true;
  const [worst] = report.findings;
  throw new HoldfastError(
    'LOCATION_UNREACHABLE',
    `The bag that was made at "${run.location.name}" is not what it should be (${report.verdict}${worst === undefined ? '' : `, ${worst.code}`}). ` +
      'Nothing was recorded. Check that place; run this again and it is completed anew.',
  );
}

/**
 * Takes away what an interruption left half copied: a bag holds nothing that its manifests do not list. What a volume lists in
 * another form than it was given (HFS+ decomposes) is known by its folded name: no two names of a bag have the same.
 */
async function prune(run: BagRun, opened: OpenedBag, staged: RawPath, signal: AbortSignal): Promise<void> {
  const data = joinRaw(staged, utf8Path('data'));
  let known: KeyTable | undefined;
  for await (const slices of run.files.scan(data, signal, 'alone')) {
    for (const { folder, names } of slices) {
      if (names.length === 0) continue;
      const paths = names.map((name) => decodeUtf8(joinRaw(folder, name)) ?? '');
      for (const at of await run.catalogue.reader.notStaged(opened.actId, paths)) {
        known ??= await foldedNames(run, opened.actId);
        if (known.get(utf8Path(foldName(paths[at] ?? ''))) !== undefined) continue;
        await run.store.removeStaged(joinRaw(joinRaw(data, folder), names[at] as Uint8Array));
      }
    }
  }
}

async function foldedNames(run: BagRun, actId: number): Promise<KeyTable> {
  const known = new KeyTable();
  for await (const { path } of bagFiles(run, actId)) known.set(utf8Path(foldName(path)), 0);
  return known;
}

/** Whether all bytes came past the cache; undefined when it was asked to stop. */
async function readBack(
  run: BagRun,
  opened: OpenedBag,
  staged: RawPath,
  { signal, progress }: JobContext,
): Promise<boolean | undefined> {
  const { catalogue, files } = run;
  const data = joinRaw(staged, utf8Path('data'));
  const inFlight = new InFlight(files.concurrency * 2);
  let direct = true;
  let after: string | undefined = '';
  const differing: string[] = [];
  try {
    while (after !== undefined && !signal.aborted) {
      const page: StagedRow[] = await catalogue.reader.staged(opened.actId, after, PAGE);
      after = page.length < PAGE ? undefined : page.at(-1)?.path;
      const rowsLeft = page.filter((row) => !row.readBack);
      for (const row of page) if (row.readBack) progress.bytes += row.size;
      for (const batch of batchesBySize(rowsLeft, ({ size }) => size)) {
        if (signal.aborted) break;
        await inFlight.run(async () => {
          const paths = batch.map((row) => joinRaw(data, utf8Path(row.path)));
          const outcomes = await files.readBackAll(paths, signal, (bytes) => (progress.bytes += bytes));
          if (signal.aborted) return;
          const good = batch.flatMap((row, at) => {
            const outcome = outcomes[at];
            if (outcome?.status !== 'read' || !sameBytes(outcome.sha256, row.sha256)) {
              differing.push(row.path);
              return [];
            }
            if (outcome.direct !== true) direct = false;
            return [{ path: row.path, stamp: outcome.stamp }];
          });
          await catalogue.writer.confirmStaged(opened.actId, good);
        });
      }
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    throw error;
  }
  if (signal.aborted) return undefined;
  if (differing.length > 0) throw await readsBackOtherwise(run, opened, differing);
  return direct;
}

async function readsBackOtherwise(
  { catalogue, location }: BagRun,
  opened: OpenedBag,
  differing: readonly string[],
): Promise<HoldfastError> {
  await catalogue.writer.dropStaged(opened.actId, differing);
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${String(differing.length)} of the files written to "${location.name}" (${displayPath(location.root)}) do not read back as they were written, ` +
      `"${differing[0] ?? ''}" among them. Nothing was recorded. Check that place, its cable and its memory; run this again and they are copied anew.`,
  );
}

async function* bagFiles({ catalogue }: BagRun, actId: number): AsyncGenerator<BagFile> {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: StagedRow[] = await catalogue.reader.staged(actId, after, PAGE);
    after = page.length < PAGE ? undefined : page.at(-1)?.path;
    yield* page;
  }
}

/** Refuses what would not fit, before anything is copied. @param bytes still to come */
export async function requireRoom(run: BagRun, bytes: number): Promise<void> {
  const lacking = await roomLacking(run, run.location, bytes);
  if (lacking === undefined) return;
  throw new HoldfastError(
    'DISK_FULL',
    `${lacking} are still to be copied. Nothing was copied. Make room there, or name another location.`,
  );
}

/**
 * The beginning of a sentence where so many bytes, and a hundredth for what stands beside them, would not fit: how much room there
 * is, and how much is needed.
 */
export async function roomLacking(
  { store }: Pick<BagRun, 'store'>,
  { name, root }: Pick<LocationIdentity, 'name' | 'root'>,
  bytes: number,
): Promise<string | undefined> {
  const free = await store.freeBytes(root);
  const needed = Math.ceil(bytes * 1.01) + 1024 * 1024;
  return needed <= free ? undefined : `"${name}" has room for ${gigabytes(free)}, and ${gigabytes(needed)}`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** What a destination that fails in the middle means: the act stays open, and goes on where it was. */
export function destinationFailed(location: LocationIdentity, errno: string | undefined): HoldfastError {
  const where = `"${location.name}" (${displayPath(location.root)})`;
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `There is no room left at ${where}. What was copied stays staged there and nothing of it is recorded. Make room, then run this again to go on.`,
    );
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${where} cannot be written to${errno === undefined ? '' : ` (${errno})`}. Nothing that is not there was recorded. Check that it is connected and writable, then run this again to go on.`,
  );
}
