import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { backoff } from './backoff.ts';
import { CONNECTION_LOST, FailedCall } from './errors.ts';

/**
 * `lost`: nobody answers. `ended`: the host said goodbye, as one does that a person ends. `shut-out`: a host answers that does not
 * know this window, as one does that was started anew.
 */
export type ConnectionState = 'connected' | 'connecting' | 'lost' | 'ended' | 'shut-out';

/** What an attempt fails with where a host answers and does not let this window in. */
export class ShutOut extends Error {}

/** One open line to the host. */
export interface Transport {
  readonly link: ClientLink<ClientContext>;
  /** Settles when the line is gone, whoever ended it; with `ended` where the host said goodbye. */
  readonly closed: Promise<'lost' | 'ended'>;
  close(): void;
}

/** What the connection needs of the world; tests give their own clock and chance. */
export interface ConnectionParts {
  open(signal: AbortSignal): Promise<Transport>;
  random(): number;
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /** The words of CONNECTION_LOST, in the reader's language. */
  lostMessage(): string;
}

/**
 * Keeps one line to the host open and opens another when it is gone. As a link of oRPC it passes each call to the line of
 * the moment: a call that was under way when its line went is rejected with CONNECTION_LOST, and never repeated here, since
 * only the caller knows whether asking twice is the same as asking once.
 */
export class Connection implements ClientLink<ClientContext> {
  #parts: ConnectionParts;
  #state: ConnectionState = 'connecting';
  #transport: Transport | undefined;
  #listeners = new Set<() => void>();
  #ended = new AbortController();
  #waking = new AbortController();
  #failures = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Told of every change of state. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens lines until it is closed. */
  async run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      try {
        const transport = await this.#parts.open(this.#ended.signal);
        if (this.#ended.signal.aborted) {
          transport.close();
          return;
        }
        this.#transport = transport;
        this.#failures = 0;
        this.#become('connected');
        const end = await transport.closed;
        this.#leave(end);
      } catch (error) {
        // Told by the state: whoever looks is told that the host is away, not which of many ways a line can fail.
        this.#leave(this.#stateAfter(error));
      }
      if (this.#ended.signal.aborted) return;
      this.#waking = new AbortController();
      const wait = backoff(this.#failures, this.#parts.random());
      this.#failures += 1;
      await this.#parts.delay(wait, AbortSignal.any([this.#waking.signal, this.#ended.signal]));
    }
  }

  /** Cuts the wait short: the network is back, or somebody looks at the window. */
  retryNow(): void {
    this.#failures = 0;
    this.#waking.abort();
  }

  close(): void {
    this.#ended.abort();
    this.#transport?.close();
  }

  /** Settles when a line is open; rejects with the signal's reason. */
  async whenConnected(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#state === 'connected') return;
    await new Promise<void>((resolve, reject) => {
      const stop = this.subscribe(() => {
        if (this.#state !== 'connected') return;
        finish();
        resolve();
      });
      const aborted = () => {
        finish();
        reject(signal?.reason instanceof Error ? signal.reason : new Error('given up'));
      };
      const finish = () => {
        stop();
        signal?.removeEventListener('abort', aborted);
      };
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    // Before the first line stands nothing was lost yet: the first screen may ask at once.
    if (this.#state === 'connecting') await this.#firstOutcome(options.signal);
    const transport = this.#transport;
    if (transport === undefined) throw this.#lost();
    try {
      return await transport.link.call(path, input, options);
    } catch (error) {
      // A closed line rejects whatever was under way with an AbortError, which nobody here asked for.
      if (this.#transport !== transport && options.signal?.aborted !== true && !isTold(error))
        throw this.#lost(error);
      throw error;
    }
  }

  #leave(state: ConnectionState): void {
    this.#transport = undefined;
    if (!this.#ended.signal.aborted) this.#become(state);
  }

  /** A host that was ended stays so until another one answers. */
  #stateAfter(failure: unknown): ConnectionState {
    if (failure instanceof ShutOut) return 'shut-out';
    return this.#state === 'ended' ? 'ended' : 'lost';
  }

  #lost(cause?: unknown): FailedCall {
    return new FailedCall(CONNECTION_LOST, this.#parts.lostMessage(), { cause });
  }

  async #firstOutcome(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(finish);
      function finish() {
        stop();
        signal?.removeEventListener('abort', finish);
        resolve();
      }
      signal?.addEventListener('abort', finish, { once: true });
    });
    signal?.throwIfAborted();
  }

  #become(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether the host itself answered, with an error of the contract. */
function isTold(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'defined' in error;
}

/** Settles after so many ms, or as soon as the signal says so. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
