import type { Job } from '../../shared/contract/jobs.ts';
import { parsePublicId } from '../../shared/domain/ids.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import type { Catalogue } from '../core/ports/catalogue.ts';
import { dueSchedules, startDue, type DueSchedule, type StartRun } from '../core/schedules/run-due.ts';

/** Until what an error interrupted is tried again. */
const AGAIN_MS = 3_600_000;

interface SchedulerTools {
  readonly catalogue: Catalogue;
  readonly jobs: JobRunner;
  readonly start: StartRun;
  /** Tells people of runs that rest. */
  readonly tell: () => Promise<unknown>;
}

/**
 * Runs what is due while an archive stays open, one after the other and never beside other work. What a person pauses meanwhile
 * stays paused until its next time, or until that person resumes it.
 */
export class Scheduler {
  readonly #tools: SchedulerTools;
  readonly #everyMs: number | undefined;
  readonly #paused = new Set<number>();
  readonly #tried = new Map<number, number>();
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closing = false;
  #starting: Promise<unknown> = Promise.resolve();
  #underWay: Promise<void> = Promise.resolve();

  /** @param everyMs how often it is looked for what is due; undefined: never, only when asked for */
  constructor(tools: SchedulerTools, everyMs: number | undefined) {
    this.#tools = tools;
    this.#everyMs = everyMs;
    this.#stop = tools.jobs.observe((job) => this.#saw(job));
    this.#wait();
  }

  /** What is due and nobody has paused here. */
  async due(now: number): Promise<DueSchedule[]> {
    const due = await dueSchedules(this.#tools.catalogue, now);
    return due.filter(({ schedule: { last }, dueAt }) => {
      const isSame = last?.dueAt === dueAt;
      return !(isSame && this.#paused.has(numberOf(last.job)));
    });
  }

  /** Starts what is due of a schedule; one after the other, so that the second sees what the first began. */
  run(name: string, start = this.#tools.start): Promise<Job> {
    const { catalogue } = this.#tools;
    const started = this.#starting.then(() => startDue(catalogue, name, start, Date.now()));
    this.#starting = started.catch(() => undefined);
    return started;
  }

  /** No run is started any more; waits for what is under way, whose job is paused meanwhile. */
  stopStarting(): void {
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#stop();
  }

  async close(): Promise<void> {
    this.stopStarting();
    await this.#underWay;
  }

  #saw(job: Job): void {
    if (this.#closing || (job.kind !== 'audit' && job.kind !== 'rescan')) return;
    if (job.state === 'paused') this.#paused.add(numberOf(job));
    else this.#paused.delete(numberOf(job));
  }

  #wait(): void {
    if (this.#everyMs === undefined || this.#closing) return;
    this.#timer = setTimeout(() => {
      this.#underWay = this.#look()
        // A catalogue that cannot be read or written is told by whoever needs it next; the schedule stays due.
        .catch(() => undefined)
        .then(() => this.#wait());
    }, this.#everyMs);
    // Whoever ends without closing must not be kept by it.
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { jobs, tell } = this.#tools;
    for (const { schedule } of await this.due(Date.now())) {
      if (this.#closing || !jobs.isIdle) return;
      const tried = this.#tried.get(schedule.id);
      if (tried !== undefined && Math.abs(Date.now() - tried) < AGAIN_MS) continue;
      const job = await this.run(schedule.name);
      // It was started after everything else was paused.
      if (this.#closing) await jobs.stop(numberOf(job), 'pause');
      for await (const { state } of jobs.watch(numberOf(job)))
        if (state === 'interrupted') this.#tried.set(schedule.id, Date.now());
        else this.#tried.delete(schedule.id);
    }
    if (!this.#closing) await tell();
  }
}

function numberOf({ id }: Pick<Job, 'id'>): number {
  return parsePublicId(id)?.id ?? 0;
}
