/** Keeps at most `limit` promises under way, so that memory stays bounded however far the producer could run ahead. */
export class InFlight {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  /** Starts `work` once there is room. Throws the first failure of any earlier work. */
  async run(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#limit) await Promise.race(this.#running);
    this.#rethrow();
    const promise: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#running.delete(promise);
      });
    this.#running.add(promise);
  }

  /** Waits until one of those under way is done. Throws the first failure. */
  async oneDone(): Promise<void> {
    if (this.#running.size > 0) await Promise.race(this.#running);
    this.#rethrow();
  }

  /** Waits for everything that was started. Throws the first failure. */
  async drain(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
    this.#rethrow();
  }

  /** Waits like drain() and swallows failures: for the way out after another error. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
