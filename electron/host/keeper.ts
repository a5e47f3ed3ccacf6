import type { Job } from '../../shared/contract/jobs.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import {
  protectCatalogue,
  type ProtectionOrder,
  type ProtectionResult,
  type ProtectionTools,
} from '../core/replication/protect-catalogue.ts';
import type { Changes } from './changes.ts';

/** Jobs that change what stands in managed locations: after them everything that is due is written, however large. */
const OF_CUSTODY: ReadonlySet<Job['kind']> = new Set(['accession', 'replication', 'deletion']);

/** After a failure: how many times as long until the next attempt. */
const AGAIN = 10;

/**
 * Gives managed locations what changed of the catalogue, while an archive stays open for days: some time after the last act,
 * when no job runs, and once more at the end. Never two at once.
 */
export class CatalogueKeeper {
  readonly #tools: ProtectionTools;
  readonly #jobs: JobRunner;
  readonly #afterMs: number | undefined;
  readonly #stops: (() => void)[] = [];
  readonly #closing = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #occasion: ProtectionOrder['occasion'] = 'close';
  #underWay: Promise<unknown> = Promise.resolve();
  #problems: readonly string[] = [];

  /** @param afterMs since the last act; undefined: only at the end. */
  constructor(tools: ProtectionTools, jobs: JobRunner, changes: Changes, afterMs: number | undefined) {
    this.#tools = tools;
    this.#jobs = jobs;
    this.#afterMs = afterMs;
    if (afterMs === undefined) return;
    this.#stops.push(
      changes.listen((topics) => {
        if (topics.includes('events')) this.#wait();
      }),
      jobs.observe(({ kind, state, result }) => {
        if (state !== 'done') return;
        if (OF_CUSTODY.has(kind) || hasSuccessors(result)) this.#occasion = 'act';
        this.#wait();
      }),
    );
    // What an earlier session could not bring up to date.
    this.#wait();
  }

  /** Locations whose copy could not be brought up to date the last time, and why. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** The last time; waits for what is under way. */
  async close(): Promise<readonly string[]> {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    this.#closing.abort();
    await this.#underWay;
    this.#problems = sentences(await protectCatalogue(this.#tools, { occasion: 'close' }));
    return this.#problems;
  }

  #wait(times = 1): void {
    clearTimeout(this.#timer);
    if (this.#afterMs === undefined || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // The end of the job asks again.
      if (this.#jobs.isIdle) this.#underWay = this.#underWay.then(() => this.#protect());
      else this.#wait();
    }, this.#afterMs * times);
    // Whoever ends without closing must not be kept by it.
    this.#timer.unref();
  }

  async #protect(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const occasion = this.#occasion;
    this.#occasion = 'close';
    try {
      this.#problems = sentences(
        await protectCatalogue(this.#tools, { occasion, signal: this.#closing.signal }),
      );
      // Its thread, and the snapshot that it copies from, are wanted again in an hour or tomorrow.
      await this.#tools.protection.close();
    } catch (error) {
      this.#problems = [error instanceof Error ? error.message : String(error)];
    }
    // A disk may be connected again without any act.
    if (this.#problems.length > 0 && this.#timer === undefined) this.#wait(AGAIN);
  }
}

/** A decision that made bags has changed what stands there, too. */
function hasSuccessors(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'successors' in result;
}

function sentences({ problems }: ProtectionResult): string[] {
  return problems.map(
    ({ name, message }) => `The copy of the catalogue at "${name}" is not up to date. ${message}`,
  );
}
