import type { ChangeTopic } from '../../shared/contract/archive.ts';
import type { CatalogueWriter } from '../core/ports/catalogue.ts';
import { BULK, TOPICS } from './change-topics.ts';

/** Between two hints to one watcher. */
const PACE_MS = 250;

/** Tells whoever watches which parts of what is shown may have changed, whoever changed them. */
export class Changes {
  readonly #listeners = new Set<(topics: readonly ChangeTopic[]) => void>();

  tell(topics: readonly ChangeTopic[]): void {
    if (topics.length === 0) return;
    for (const listener of this.#listeners) listener(topics);
  }

  listen(listener: (topics: readonly ChangeTopic[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Coalesced hints, at most four a second: a watcher that is slow finds one when it comes back, never a queue. */
  async *watch(signal?: AbortSignal): AsyncGenerator<{ topics: ChangeTopic[] }> {
    const waiting = new Set<ChangeTopic>();
    const pace = new Pace(signal);
    const stop = this.listen((topics) => {
      for (const topic of topics) waiting.add(topic);
      pace.wake();
    });
    try {
      while (await pace.next()) {
        const topics = [...waiting];
        waiting.clear();
        yield { topics };
      }
    } finally {
      stop();
      pace.end();
    }
  }

  /** The same writer, which tells what each of its methods has changed once it has. */
  telling(writer: CatalogueWriter): CatalogueWriter {
    // Rows that join an open transaction can be seen from the next commit on. Any other method makes it; the one that saves the
    // progress of a running job may join the transaction itself, and says whether it did.
    const uncommitted = new Set<ChangeTopic>();
    const wrapped = Object.entries(writer).map(([name, method]): [string, unknown] => {
      const method_ = method as (...args: unknown[]) => Promise<unknown>;
      const topics = TOPICS[name as keyof typeof TOPICS] as readonly ChangeTopic[] | undefined;
      if (topics === undefined || topics.length === 0) return [name, method_];
      const told = async (...args: unknown[]): Promise<unknown> => {
        const result = await method_(...args);
        const isWaiting = BULK.has(name) || (name === 'saveJob' && result === false);
        if (isWaiting) for (const topic of topics) uncommitted.add(topic);
        else {
          const all = new Set([...topics, ...uncommitted]);
          uncommitted.clear();
          this.tell([...all]);
        }
        return result;
      };
      return [name, told];
    });
    return Object.fromEntries(wrapped) as unknown as CatalogueWriter;
  }
}

/** The beat of a stream: `next` settles when something has come since, at most four times a second, and false once it is over. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  #due = false;
  #lastAt = 0;
  #wake: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    signal?.addEventListener('abort', this.#settle);
  }

  wake(): void {
    this.#due = true;
    this.#settle();
  }

  async next(): Promise<boolean> {
    while (this.#signal?.aborted !== true) {
      const wait = this.#lastAt + PACE_MS - performance.now();
      if (this.#due && wait <= 0) {
        this.#due = false;
        this.#lastAt = performance.now();
        return true;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#due) this.#timer = setTimeout(resolve, wait);
      });
      clearTimeout(this.#timer);
    }
    return false;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#settle);
  }

  readonly #settle = (): void => {
    this.#wake();
  };
}
