/**
 * One question after another. A thread answers in the order of asking and cannot be interrupted, so a question waits here for its turn:
 * one that nobody waits for any more when its turn comes is never asked.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Rejects with the signal's reason where it was given up before its turn, else as `ask` does. */
  take<Answer>(ask: () => Promise<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
    const answer = this.#last.then(() => {
      signal?.throwIfAborted();
      return ask();
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
