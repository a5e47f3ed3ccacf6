import type { JobProgress } from '../../../shared/contract/jobs.ts';

interface Sample {
  readonly at: number;
  readonly files: number;
  readonly bytes: number;
}

const WINDOW_MS = 8_000;

/** Counts what a job has done, and says how fast and how long still, from the last seconds only. */
export class ProgressMeter {
  phase = 'starting';
  files = 0;
  bytes = 0;
  problems = 0;
  filesTotal: number | undefined;
  bytesTotal: number | undefined;
  readonly #samples: Sample[] = [];

  snapshot(now = Date.now()): JobProgress {
    const samples = this.#samples;
    samples.push({ at: now, files: this.files, bytes: this.bytes });
    while (samples.length > 2 && now - (samples[0]?.at ?? now) > WINDOW_MS) samples.shift();
    const first = samples[0];
    const seconds = first === undefined ? 0 : (now - first.at) / 1000;
    const filesPerSecond = first === undefined || seconds <= 0 ? 0 : (this.files - first.files) / seconds;
    const bytesPerSecond = first === undefined || seconds <= 0 ? 0 : (this.bytes - first.bytes) / seconds;
    const left = this.#secondsLeft(filesPerSecond, bytesPerSecond);
    return {
      phase: this.phase,
      files: this.files,
      bytes: this.bytes,
      problems: this.problems,
      filesPerSecond,
      bytesPerSecond,
      ...(this.filesTotal === undefined ? {} : { filesTotal: this.filesTotal }),
      ...(this.bytesTotal === undefined ? {} : { bytesTotal: this.bytesTotal }),
      ...(left === undefined ? {} : { secondsLeft: left }),
    };
  }

  /** Small files cost by number, large ones by size: the slower of both estimates is the honest one. */
  #secondsLeft(filesPerSecond: number, bytesPerSecond: number): number | undefined {
    // Where only the size is known beforehand, as of one long file, it tells alone.
    if (this.bytesTotal !== undefined && this.filesTotal === undefined && bytesPerSecond > 0)
      return Math.max(0, this.bytesTotal - this.bytes) / bytesPerSecond;
    if (this.filesTotal === undefined || this.bytesTotal === undefined || filesPerSecond <= 0)
      return undefined;
    const byFiles = Math.max(0, this.filesTotal - this.files) / filesPerSecond;
    const byBytes = bytesPerSecond <= 0 ? 0 : Math.max(0, this.bytesTotal - this.bytes) / bytesPerSecond;
    return Math.max(byFiles, byBytes);
  }
}
