/** Ctrl-C and SIGTERM: the first asks the running job to stop cleanly, the second ends the program at once. */
import { EXIT } from './errors.ts';
import type { Io } from './io.ts';

export class Interrupts {
  readonly #io: Io;
  readonly #release: () => void;
  #requested = false;
  #onStop: (() => void) | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#release = io.onStopRequest(() => this.#received());
  }

  get requested(): boolean {
    return this.#requested;
  }

  /** Until the returned function is called, a first request calls `stop` instead of ending the program. */
  during(stop: () => void): () => void {
    this.#onStop = stop;
    return () => {
      this.#onStop = undefined;
    };
  }

  release(): void {
    this.#release();
  }

  #received(): void {
    const first = !this.#requested;
    this.#requested = true;
    if (first && this.#onStop !== undefined) {
      this.#onStop();
      return;
    }
    // Outside a job nothing is half done: what is recorded is recorded in transactions.
    if (!first) this.#io.err('Stopped at once; running the same command again goes on.\n');
    this.#io.exitNow(EXIT.interrupted);
  }
}
