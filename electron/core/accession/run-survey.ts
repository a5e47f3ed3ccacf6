import type { SurveyResult } from '../../../shared/contract/accession.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import type { Problem } from '../../../shared/contract/jobs.ts';
import { joinRaw, pathToJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { problemMessage, problemSeverity } from '../../../shared/domain/problem-codes.ts';
import { InFlight } from '../jobs/in-flight.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import { damageIn } from '../ports/audio-reading.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';
import type { FileProblem, FileReading, FileStamp } from '../ports/readings.ts';
import { batchesBySize } from '../jobs/batches.ts';
import { DigestTally } from './digest-tally.ts';

const LISTED = 1000;

/**
 * Looks at folders without taking custody: reads every file as an accession would and records nothing.
 * @param reader the archive's, to say what it holds already; absent where there is no archive
 */
export async function runSurvey(
  files: Files,
  reader: Pick<CatalogueReader, 'held'> | undefined,
  roots: readonly RootIdentity[],
  context: JobContext,
): Promise<JobEnd> {
  const report = new SurveyReport();
  const { signal, progress } = context;
  progress.phase = 'reading';
  const inFlight = new InFlight(files.concurrency * 2);
  try {
    for (const root of roots) {
      for await (const slices of files.scan(root.path, signal, 'ahead')) {
        for (const slice of slices) {
          const folder = joinRaw(root.path, slice.folder);
          for (const note of slice.notes) {
            const path = joinRaw(folder, note.name);
            const isRoot = roots.some((other) => Buffer.compare(other.path, path) === 0);
            if (note.problem.code !== 'on_other_volume' || !isRoot) report.note(path, note.problem);
          }
          const found = slice.names.map((name, index) => ({ name, stamp: stampAt(slice.stamps, index) }));
          for (const batch of batchesBySize(found, ({ stamp }) => Number(stamp.size))) {
            if (signal.aborted) break;
            await inFlight.run(async () => {
              const names = batch.map((file) => file.name);
              const outcomes = await files.readAll(root.path, slice.folder, names, [], signal, (bytes) => {
                progress.bytes += bytes;
              });
              if (signal.aborted) return;
              const read: FileReading[] = [];
              outcomes.forEach((outcome, index) => {
                const path = joinRaw(folder, names[index] ?? utf8Path(''));
                if (outcome.status === 'failed')
                  report.note(path, { offset: outcome.offset, ...outcome.problem });
                else {
                  read.push(outcome);
                  for (const problem of [...outcome.problems, ...damageIn(outcome.audio)])
                    report.note(path, problem);
                }
              });
              const held = (await reader?.held(read.map((reading) => reading.sha256))) ?? [];
              read.forEach((reading, index) => {
                report.add(reading, held[index] === true);
              });
              progress.files += names.length;
              progress.problems = report.problemsTotal;
            });
          }
        }
      }
    }
    await inFlight.drain();
  } catch (error) {
    await inFlight.settle();
    throw error;
  }
  const stopped = stopReason(signal);
  // A survey keeps nothing to go on with: stopped, it is over.
  return { state: stopped === undefined ? 'done' : 'cancelled', result: report.result() };
}

function stampAt(stamps: BigInt64Array, index: number): FileStamp {
  const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = stamps.subarray(index * 4, index * 4 + 4);
  return { size, mtimeNs, ctimeNs, inode };
}

class SurveyReport {
  problemsTotal = 0;
  #files = 0;
  #bytes = 0;
  #durationMs = 0;
  #leftOutTotal = 0;
  #refusedTotal = 0;
  #advisoriesTotal = 0;
  #alreadyHeld = 0;
  readonly #byFormat = new Map<string, Tally>();
  readonly #byKind = new Map<string, Tally>();
  readonly #contents = new DigestTally();
  readonly #refused: SurveyResult['refused'] = [];
  readonly #problems: Pick<Problem, 'path' | 'code' | 'message'>[] = [];
  readonly #advisories: Pick<Problem, 'path' | 'code' | 'message'>[] = [];
  readonly #leftOut: SurveyResult['leftOut'] = [];

  add(reading: FileReading, held: boolean): void {
    const bytes = Number(reading.stamp.size);
    const durationMs = reading.technical?.durationMs ?? 0;
    this.#files += 1;
    this.#bytes += bytes;
    this.#durationMs += durationMs;
    if (held) this.#alreadyHeld += 1;
    this.#contents.add(reading.sha256, bytes);
    tally(this.#byFormat, reading.format.name, bytes, durationMs);
    tally(this.#byKind, reading.kind, bytes, durationMs);
  }

  note(path: RawPath, problem: FileProblem): void {
    const message = problemMessage(problem.code, problem);
    if (problem.code === 'left_out') {
      this.#leftOutTotal += 1;
      if (this.#leftOut.length < LISTED) this.#leftOut.push({ path: pathToJson(path), reason: message });
      return;
    }
    switch (problemSeverity(problem.code)) {
      case 'refusal':
        this.#refusedTotal += 1;
        if (this.#refused.length < LISTED) this.#refused.push({ path: pathToJson(path), reason: message });
        return;
      case 'problem':
        this.problemsTotal += 1;
        if (this.#problems.length < LISTED) {
          this.#problems.push({ path: pathToJson(path), code: problem.code, message });
        }
        return;
      case 'advisory':
        this.#advisoriesTotal += 1;
        if (this.#advisories.length < LISTED) {
          this.#advisories.push({ path: pathToJson(path), code: problem.code, message });
        }
    }
  }

  result(): SurveyResult {
    const repeated = this.#contents.repeated();
    return {
      files: this.#files,
      bytes: this.#bytes,
      hours: this.#durationMs / 3_600_000,
      byFormat: Object.fromEntries(this.#byFormat),
      byKind: Object.fromEntries(this.#byKind),
      duplicates: { ...repeated, alreadyHeld: this.#alreadyHeld },
      refused: this.#refused,
      refusedTotal: this.#refusedTotal,
      problems: this.#problems,
      problemsTotal: this.problemsTotal,
      advisories: this.#advisories,
      advisoriesTotal: this.#advisoriesTotal,
      leftOut: this.#leftOut,
      leftOutTotal: this.#leftOutTotal,
    };
  }
}

function tally(into: Map<string, Tally>, key: string, bytes: number, durationMs: number): void {
  const row = into.get(key) ?? { count: 0, bytes: 0, hours: 0 };
  into.set(key, {
    count: row.count + 1,
    bytes: row.bytes + bytes,
    hours: row.hours + durationMs / 3_600_000,
  });
}
