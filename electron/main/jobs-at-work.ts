/** What the machine must know while jobs run: that it should not sleep, and what is asked before the program ends. */
import type { RunningJob } from './host-messages.ts';

interface PowerSaveBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
}

export class JobsAtWork {
  readonly #power: PowerSaveBlocker;
  #running: readonly RunningJob[] = [];
  #blocker: number | undefined;

  constructor(power: PowerSaveBlocker) {
    this.#power = power;
  }

  get running(): readonly RunningJob[] {
    return this.#running;
  }

  set(running: readonly RunningJob[]): void {
    this.#running = running;
    if (running.length > 0) this.#blocker ??= this.#power.start('prevent-app-suspension');
    else if (this.#blocker !== undefined) {
      this.#power.stop(this.#blocker);
      this.#blocker = undefined;
    }
  }
}
