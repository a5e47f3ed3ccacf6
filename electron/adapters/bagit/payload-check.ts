/** The second look at data/: is every file listed as it must be and, where the payload is read, is it what the manifests say? */
import type { BagValidation } from '../../core/ports/bag-validation.ts';
import { InFlight } from '../../core/jobs/in-flight.ts';
import type { DigestOutcome } from '../../core/ports/readings.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { BagAlgorithm } from './bag-files.ts';
import type { BagReading } from './bag-reading.ts';
import { addFailure, digestOf, furtherOf } from './digests.ts';
import type { Manifest } from './payload-manifests.ts';
import { type PayloadTable, SEEN } from './payload-table.ts';
import type { BagSurvey } from './survey-bag.ts';
import type { BagEntry } from './walk-bag.ts';

/** What one call of `digest` takes: enough to keep its thread busy, little enough to hear of it soon. */
const BATCH = 256;
const BATCH_BYTES = 16 * 1024 * 1024;

/** How a bag is judged, wherever it is read from. */
export type Judging = Omit<BagValidation, 'digest'>;

interface Found {
  readonly path: RawPath;
  readonly entry: number;
}

export class PayloadCheck {
  verified = 0;
  readonly #reading: BagReading;
  readonly #manifests: readonly Manifest[];
  readonly #columns: readonly BagAlgorithm[];
  readonly #table: PayloadTable;
  readonly #validation: Judging;
  readonly #survey: BagSurvey;
  #done = 0;

  /** @param columns the known algorithms, in the order of the table's columns */
  constructor(
    reading: BagReading,
    manifests: readonly Manifest[],
    columns: readonly BagAlgorithm[],
    table: PayloadTable,
    survey: BagSurvey,
    validation: Judging,
  ) {
    this.#reading = reading;
    this.#manifests = manifests;
    this.#columns = columns;
    this.#table = table;
    this.#survey = survey;
    this.#validation = validation;
  }

  async run(): Promise<void> {
    const { source, signal } = this.#reading;
    const inFlight = new InFlight(this.#validation.concurrency * 2);
    let batch: Found[] = [];
    let bytes = 0;
    const send = async (): Promise<void> => {
      const sent = batch;
      batch = [];
      bytes = 0;
      if (sent.length > 0) await inFlight.run(() => this.#read(sent));
    };
    try {
      // Their sizes are known from the survey.
      for await (const entries of source.walk('payload', 'unasked')) {
        if (signal.aborted) break;
        for (const entry of entries) {
          const found = this.#judge(entry);
          if (found === undefined || this.#validation.mode === 'structure') continue;
          batch.push(found);
          bytes += this.#table.sizeOf(found.entry);
          if (batch.length === BATCH || bytes >= BATCH_BYTES) await send();
        }
      }
      if (!signal.aborted) await send();
      await inFlight.drain();
    } catch (error) {
      await inFlight.settle();
      throw error;
    }
  }

  /** A file that is listed somewhere, so that there is something to compare it with. */
  #judge({ kind, path }: BagEntry): Found | undefined {
    if (kind !== 'file') return undefined;
    const { findings, isStrict } = this.#reading;
    const found = this.#table.find(path);
    // Not there when the bag was surveyed, or beyond what the table holds: the latter is told already.
    if (found?.isExact !== true || !this.#table.isSeen(found.entry, SEEN.onDisk)) {
      if (!this.#table.isFull) findings.add('BAG-CHANGED-WHILE-CHECKED', path);
      return undefined;
    }
    const listedIn = this.#table.listedIn(found.entry);
    if (listedIn === 0) {
      findings.add('BAG-UNLISTED', path);
      return undefined;
    }
    const lacking = this.#manifests.filter((_, bit) => (listedIn & (1 << bit)) === 0);
    if (isStrict && lacking.length > 0)
      findings.add('BAG-NOT-IN-EVERY-MANIFEST', path, {
        detail: `${lacking.map(({ file }) => file).join(', ')} does not`,
      });
    return { path, entry: found.entry };
  }

  async #read(files: readonly Found[]): Promise<void> {
    const { source, signal } = this.#reading;
    if (signal.aborted) return;
    const paths = files.map(({ path }) => path);
    const outcomes = await source.digest(paths, furtherOf(this.#columns));
    outcomes.forEach((outcome, i) => {
      const file = files[i];
      if (file !== undefined) this.#compare(file, outcome);
    });
    this.#done += outcomes.length;
    this.#validation.onProgress?.({
      files: this.#done,
      filesTotal: this.#survey.payloadFiles,
      bytesTotal: this.#survey.payloadBytes,
    });
  }

  #compare({ path, entry }: Found, outcome: DigestOutcome): void {
    const { findings } = this.#reading;
    if (outcome.status === 'failed') {
      addFailure(findings, path, outcome);
      return;
    }
    const agree: string[] = [];
    const differ: string[] = [];
    for (const [column, algorithm] of this.#columns.entries()) {
      const made = digestOf(outcome, algorithm);
      const agrees = made && this.#table.agrees(entry, column, made);
      if (agrees !== undefined) (agrees ? agree : differ).push(algorithm);
    }
    if (differ.length === 0) {
      if (agree.length > 0) this.verified += 1;
    } else if (agree.length === 0) findings.add('BAG-DIGEST-MISMATCH', path, { detail: differ.join(', ') });
    else
      findings.add('BAG-MANIFESTS-DISAGREE', path, { expected: agree.join(', '), detail: differ.join(', ') });
  }
}
