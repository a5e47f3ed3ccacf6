/**
 * Asks for the latest text only, one question at a time: what is typed while an answer is on its way waits for it, and then only
 * the last of it is asked. So a fast host answers every key, and a slow one is never left with a queue.
 */
export class LatestOnly<Answer> {
  #ask: (text: string) => Promise<Answer>;
  #tell: (text: string, answer: Answer | undefined) => void;
  #waiting: string | undefined;
  #isAsking = false;

  /** @param tell is given undefined where the question failed */
  constructor(
    ask: (text: string) => Promise<Answer>,
    tell: (text: string, answer: Answer | undefined) => void,
  ) {
    this.#ask = ask;
    this.#tell = tell;
  }

  next(text: string): void {
    this.#waiting = text;
    if (!this.#isAsking) this.#run().catch(() => undefined);
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting !== undefined) {
      const text = this.#waiting;
      this.#waiting = undefined;
      const answer = await this.#ask(text).catch(() => undefined);
      this.#tell(text, answer);
    }
    this.#isAsking = false;
  }
}
