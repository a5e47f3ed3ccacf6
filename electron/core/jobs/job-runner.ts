import type { Job, JobProgress } from '../../../shared/contract/jobs.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { JobState } from '../../../shared/domain/vocabulary.ts';
import { ProgressMeter } from './progress.ts';

/** Where jobs are kept: the catalogue, or memory where there is no archive. */
export interface JobStore {
  get(id: number): Promise<Job | undefined>;
  save(
    id: number,
    change: {
      readonly version: number;
      readonly state: JobState;
      readonly progress: JobProgress;
      readonly result?: unknown;
      readonly error?: NonNullable<Job['error']>;
    },
  ): Promise<void>;
}

export type StopReason = 'pause' | 'cancel';

export interface JobContext {
  /** Aborted with a StopReason; the work ends at its next safe point. */
  readonly signal: AbortSignal;
  readonly progress: ProgressMeter;
}

/** How a piece of work ended by itself; an exception ends it as `interrupted`, to be resumed once its cause is gone. */
export interface JobEnd {
  readonly state: 'done' | 'paused' | 'cancelled';
  readonly result?: unknown;
}

interface LiveJob {
  readonly base: Job;
  readonly meter: ProgressMeter;
  readonly controller: AbortController;
  readonly listeners: Set<(job: Job) => void>;
  snapshot: Job;
  done: Promise<Job>;
}

const EMIT_MS = 250;
const SAVE_MS = 2_000;

/** Why a job's signal was aborted. */
export function stopReason(signal: AbortSignal): StopReason | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason === 'cancel' ? 'cancel' : 'pause';
}

/** Runs jobs of one host; a job outlives whoever watches it. */
export class JobRunner {
  readonly #store: JobStore;
  readonly #live = new Map<number, LiveJob>();
  readonly #observers = new Set<(job: Job) => void>();

  constructor(store: JobStore) {
    this.#store = store;
  }

  isRunning(id: number): boolean {
    return this.#live.has(id);
  }

  get isIdle(): boolean {
    return this.#live.size === 0;
  }

  /** What runs now, as it stands. */
  running(): Job[] {
    return [...this.#live.values()].map(({ snapshot }) => snapshot);
  }

  /** Tells of every snapshot of every job until what it returns is called. */
  observe(observer: (job: Job) => void): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Starts a stored job's work and answers at once. */
  async start(id: number, work: (context: JobContext) => Promise<JobEnd>): Promise<Job> {
    if (this.#live.has(id)) throw new HoldfastError('JOB_RUNNING', 'This job is running already.');
    const base = await this.#require(id);
    const meter = new ProgressMeter();
    const controller = new AbortController();
    const snapshot: Job = {
      ...base,
      state: 'running',
      version: base.version + 1,
      progress: meter.snapshot(),
    };
    delete snapshot.error;
    delete snapshot.finishedAt;
    const live: LiveJob = {
      base,
      meter,
      controller,
      listeners: new Set(),
      snapshot,
      done: Promise.resolve(snapshot),
    };
    this.#live.set(id, live);
    await this.#save(id, snapshot);
    this.#emit(live, snapshot);
    live.done = this.#run(id, live, work);
    return snapshot;
  }

  async get(id: number): Promise<Job> {
    return this.#live.get(id)?.snapshot ?? this.asItStands(id, await this.#require(id));
  }

  /** A job as it was stored, corrected by what runs here: only this host can run it, so if it does not, nobody does. */
  asItStands(id: number, stored: Job): Job {
    const live = this.#live.get(id)?.snapshot;
    if (live !== undefined) return live;
    return stored.state === 'running' || stored.state === 'queued'
      ? { ...stored, state: 'interrupted' }
      : stored;
  }

  /** Snapshots as they come, the newest only; ends with a state in which the job rests. */
  async *watch(id: number, signal?: AbortSignal): AsyncGenerator<Job> {
    const live = this.#live.get(id);
    if (live === undefined) {
      yield await this.get(id);
      return;
    }
    let latest: Job | undefined = live.snapshot;
    let wake: () => void = () => undefined;
    const listener = (job: Job): void => {
      latest = job;
      wake();
    };
    live.listeners.add(listener);
    const stop = (): void => {
      wake();
    };
    signal?.addEventListener('abort', stop);
    try {
      while (signal?.aborted !== true) {
        if (latest === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const job: Job = latest;
        latest = undefined;
        yield job;
        if (job.state !== 'running') return;
      }
    } finally {
      live.listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Asks a running job to stop and waits until it rests. */
  async stop(id: number, reason: StopReason): Promise<Job> {
    const live = this.#live.get(id);
    if (live === undefined) return this.#require(id);
    live.controller.abort(reason);
    return live.done;
  }

  /** Pauses everything; called before the host closes. */
  async shutdown(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((id) => this.stop(id, 'pause')));
  }

  async #run(id: number, live: LiveJob, work: (context: JobContext) => Promise<JobEnd>): Promise<Job> {
    let savedAt = Date.now();
    let saving = Promise.resolve();
    const ticker = setInterval(() => {
      this.#emit(live, {
        ...live.snapshot,
        version: live.snapshot.version + 1,
        progress: live.meter.snapshot(),
      });
      if (Date.now() - savedAt < SAVE_MS) return;
      savedAt = Date.now();
      // A progress that cannot be saved is told by the work itself, whose own rows fail too.
      saving = this.#save(id, live.snapshot).catch(() => undefined);
    }, EMIT_MS);
    let end: Pick<Job, 'state' | 'result' | 'error'>;
    try {
      const { state, result } = await work({ signal: live.controller.signal, progress: live.meter });
      end = { state, result };
    } catch (error) {
      end = { state: 'interrupted', error: describeFailure(error) };
    } finally {
      clearInterval(ticker);
    }
    await saving;
    const rests = end.state === 'done' || end.state === 'cancelled';
    const final: Job = {
      ...live.snapshot,
      ...end,
      version: live.snapshot.version + 1,
      progress: live.meter.snapshot(),
      ...(rests ? { finishedAt: new Date().toISOString() } : {}),
    };
    try {
      await this.#save(id, final);
    } catch (error) {
      // The catalogue's volume may be the very thing that failed; the watcher must still be told.
      final.error ??= describeFailure(error);
      final.state = 'interrupted';
    }
    this.#live.delete(id);
    this.#emit(live, final);
    return final;
  }

  #emit(live: LiveJob, job: Job): void {
    live.snapshot = job;
    for (const listener of live.listeners) listener(job);
    for (const observer of this.#observers) observer(job);
  }

  #save(id: number, job: Job): Promise<void> {
    return this.#store.save(id, {
      version: job.version,
      state: job.state,
      progress: job.progress,
      ...(job.result === undefined ? {} : { result: job.result }),
      ...(job.error === undefined ? {} : { error: job.error }),
    });
  }

  async #require(id: number): Promise<Job> {
    const job = await this.#store.get(id);
    if (job === undefined)
      throw new HoldfastError('NOT_FOUND', `There is no job-${String(id)} in this archive.`);
    return job;
  }
}

function describeFailure(error: unknown): NonNullable<Job['error']> {
  if (error instanceof HoldfastError) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error && error.stack !== undefined ? { trace: error.stack } : {};
  return {
    code: 'INTERNAL',
    message: `This is a fault of the program, not of your files: ${message}. What was done is recorded.`,
    ...trace,
  };
}
