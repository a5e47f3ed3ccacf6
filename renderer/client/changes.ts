import type { ChangeTopic } from '../../shared/contract/archive.ts';
import type { Service } from './contract-types.ts';

/** A change is shown this long after it was told, together with what came meanwhile, in ms. @testonly */
export const SETTLE_MS = 250;
/** While changes keep coming (an accession of a million files) screens ask again only so often. @testonly */
export const STEADY_MS = 1_500;
/** A job that runs changes four times a second; its progress has a stream of its own, lists of jobs need little of it. @testonly */
export const JOBS_MS = 4_000;

export interface ChangesParts {
  now(): number;
  schedule(act: () => void, ms: number): () => void;
  invalidate(topics: readonly ChangeTopic[]): void;
}

/** Gathers hints of the host and passes each topic on no more often than a person can read. */
export class Changes {
  #parts: ChangesParts;
  #pending = new Set<ChangeTopic>();
  #passed = new Map<ChangeTopic, number>();
  #due: { at: number; cancel: () => void } | undefined;

  constructor(parts: ChangesParts) {
    this.#parts = parts;
  }

  tell(topics: readonly ChangeTopic[]): void {
    for (const topic of topics) this.#pending.add(topic);
    this.#plan();
  }

  stop(): void {
    this.#due?.cancel();
    this.#due = undefined;
    this.#pending.clear();
  }

  #dueAt(topic: ChangeTopic): number {
    const passed = this.#passed.get(topic);
    const apart = topic === 'jobs' ? JOBS_MS : STEADY_MS;
    return Math.max(this.#parts.now() + SETTLE_MS, passed === undefined ? 0 : passed + apart);
  }

  #plan(): void {
    const at = Math.min(...[...this.#pending].map((topic) => this.#dueAt(topic)));
    if (!Number.isFinite(at)) return;
    // What is planned sooner stands: a stream of hints must not put it off for ever.
    if (this.#due !== undefined && this.#due.at <= at) return;
    this.#due?.cancel();
    this.#due = { at, cancel: this.#parts.schedule(() => this.#pass(), at - this.#parts.now()) };
  }

  #pass(): void {
    this.#due = undefined;
    const now = this.#parts.now();
    const ready = [...this.#pending].filter((topic) => {
      const passed = this.#passed.get(topic);
      return passed === undefined || now >= passed + (topic === 'jobs' ? JOBS_MS : STEADY_MS);
    });
    for (const topic of ready) {
      this.#pending.delete(topic);
      this.#passed.set(topic, now);
    }
    if (ready.length > 0) this.#parts.invalidate(ready);
    this.#plan();
  }
}

/** Services that speak of what a topic of another name tells. */
const ALSO: Partial<Readonly<Record<ChangeTopic, readonly Service[]>>> = {
  fixity: ['decisions', 'quarantine', 'schedules'],
};

/** What is to be asked for again. */
export function servicesOf(topics: readonly ChangeTopic[]): readonly string[] {
  return topics.flatMap((topic) => [topic, ...(ALSO[topic] ?? [])]);
}
