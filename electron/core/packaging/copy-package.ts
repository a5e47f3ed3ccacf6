import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { PackageDigest } from '../../../shared/domain/package-forms.ts';
import { displayPath, joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { batchesBySize } from '../jobs/batches.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { PackedFile } from '../ports/bags.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { FileProblem } from '../ports/readings.ts';
import type { LeavingRow } from './package-tag-files.ts';
import { SLICE, type PlannedPackage } from './plan-package.ts';

/** What stood against a file, where it was to be copied from. */
export interface CopyProblem {
  /** Absolute. */
  readonly path: RawPath;
  readonly problem: FileProblem;
}

/** A unit of work that was begun. */
interface Copying {
  readonly files: Promise<PackedFile[]>;
}

/** With more than these a person has another task than this package. */
const MOST_LACKING = 100;

/** Thrown out of the stream where a file has no good copy: what is made of the package goes away. */
export const NO_GOOD_COPY = new Error('a file has no good copy');
/** The same of a job that is stopped. */
export const STOPPED = new Error('stopped');

/**
 * The payload of a package, copied as it is listed: from the best copy of each content that can be reached, compared as it is read
 * with what is recorded, and from the next where one is bad. Files come in their order; memory is bounded by what is in flight.
 */
export class PackagePayload {
  /** Of every copy that was tried in vain. */
  readonly problems: CopyProblem[] = [];
  problemsTotal = 0;
  readonly #tools: { readonly reader: CatalogueReader; readonly files: Files };
  readonly #planned: PlannedPackage;
  readonly #bag: RawPath;
  readonly #context: JobContext;
  #lacking = 0;

  constructor(
    tools: { readonly reader: CatalogueReader; readonly files: Files },
    planned: PlannedPackage,
    bag: RawPath,
    context: JobContext,
  ) {
    this.#tools = tools;
    this.#planned = planned;
    this.#bag = bag;
    this.#context = context;
  }

  /** @throws NO_GOOD_COPY, STOPPED; HoldfastError DISK_FULL, LOCATION_UNREACHABLE where the destination fails */
  async *files(): AsyncGenerator<PackedFile> {
    const underWay: Copying[] = [];
    try {
      for await (const rows of leavingRows(this.#tools.reader, this.#planned))
        for (const batch of batchesBySize(rows, ({ size }) => size)) {
          const files = this.#copy(batch);
          // Whatever ends this first, the others are waited for below, and their failures are not what it ended with.
          files.catch(() => undefined);
          underWay.push({ files });
          if (underWay.length >= this.#tools.files.concurrency * 2) yield* await this.#next(underWay);
        }
      while (underWay.length > 0) yield* await this.#next(underWay);
    } finally {
      await Promise.allSettled(underWay.map(({ files }) => files));
    }
    if (this.#lacking > 0) throw NO_GOOD_COPY;
  }

  async #next(underWay: Copying[]): Promise<PackedFile[]> {
    const done = await underWay.shift()?.files;
    if (this.#context.signal.aborted) throw STOPPED;
    if (this.#lacking > MOST_LACKING) throw NO_GOOD_COPY;
    return done ?? [];
  }

  async #copy(batch: readonly LeavingRow[]): Promise<PackedFile[]> {
    const { signal, progress } = this.#context;
    const { reachable, facts } = this.#planned;
    const done = new Map<LeavingRow, PackedFile>();
    let left = batch;
    for (let turn = 0; left.length > 0 && !signal.aborted; turn++) {
      const tried = left.flatMap((row) => {
        const copy = row.copies.filter(({ locationId }) => reachable.has(locationId))[turn];
        return copy === undefined ? [] : [{ row, from: copy.path }];
      });
      if (tried.length === 0) break;
      for (const [row, packed] of await this.#try(tried, facts.digests)) done.set(row, packed);
      left = left.filter((row) => !done.has(row));
    }
    if (signal.aborted) return [];
    for (const row of left) {
      this.#lacking++;
      this.#tell({ path: row.copies[0]?.path ?? row.path, problem: { code: 'no_good_copy' } });
    }
    progress.files += done.size;
    return batch.flatMap((row) => done.get(row) ?? []);
  }

  async #try(
    tried: readonly { readonly row: LeavingRow; readonly from: RawPath }[],
    digests: readonly PackageDigest[],
  ): Promise<Map<LeavingRow, PackedFile>> {
    const { signal, progress } = this.#context;
    const data = joinRaw(this.#bag, utf8Path('data'));
    const further = digests.filter((each) => each !== 'sha256');
    const isKnown = (each: PackageDigest): boolean => tried.every(({ row }) => row.digests.has(each));
    const outcomes = await this.#tools.files.copyAll(
      tried.map(({ row, from }) => ({ from, to: joinRaw(data, utf8Path(row.packagePath)) })),
      { further: further.filter((each) => !isKnown(each)), look: 'digest', within: this.#planned.partial },
      signal,
      (bytes) => (progress.bytes += bytes),
    );
    const done = new Map<LeavingRow, PackedFile>();
    if (signal.aborted) return done;
    for (const [at, { row, from }] of tried.entries()) {
      const outcome = outcomes[at];
      if (outcome === undefined) throw new Error('a copy has no outcome');
      if (outcome.status === 'failed') {
        if (outcome.problem.code === 'destination_failed')
          throw destinationFailed(this.#planned.folder, outcome.problem.errno);
        this.#tell({ path: from, problem: outcome.problem });
      } else if (!sameBytes(outcome.sha256, row.sha256)) {
        this.#tell({ path: from, problem: { code: 'copy_differs' } });
      } else {
        const made = new Map(outcome.digests.map(({ algorithm, value }) => [algorithm as string, value]));
        const values = further.map((each) => [each, row.digests.get(each) ?? made.get(each)] as const);
        done.set(row, {
          path: row.packagePath,
          size: row.size,
          digests: { sha256: row.sha256, ...Object.fromEntries(values) },
        });
      }
    }
    return done;
  }

  #tell(problem: CopyProblem): void {
    this.problemsTotal++;
    this.#context.progress.problems++;
    if (this.problems.length < MOST_LACKING) this.problems.push(problem);
  }
}

/** Everything that leaves, a slice at a time. */
export async function* leavingRows(
  reader: CatalogueReader,
  { leaving, rowsOf }: PlannedPackage,
): AsyncGenerator<LeavingRow[]> {
  for (let from = 0; from < leaving.length; from += SLICE) {
    const slice = leaving.slice(from, from + SLICE);
    const rows = await reader.chosenRows(slice);
    if (rows.length < slice.length)
      throw new HoldfastError(
        'BAD_INPUT',
        'Custody of some of these files ended while the package was made. Nothing is left of it. Run this again with what is held now.',
      );
    yield rowsOf(rows);
  }
}

function destinationFailed(folder: RawPath, errno: string | undefined): HoldfastError {
  const where = displayPath(folder);
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `There is no room left in ${where}. Nothing is left there of the package. Make room, or name another folder with --to.`,
    );
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${where} cannot be written to${errno === undefined ? '' : ` (${errno})`}. The package was not made. Check that it is connected and writable.`,
  );
}
