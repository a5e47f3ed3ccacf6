import { callErrorOf, CONNECTION_LOST } from './errors.ts';

/** What a stream needs: how to open it, when the line stands again, and when a stream that ended may have more to say. */
export interface StreamParts {
  open(
    service: string,
    procedure: string,
    input: unknown,
    signal: AbortSignal,
  ): Promise<AsyncIterable<unknown>>;
  whenConnected(signal: AbortSignal): Promise<void>;
  /** Settles at the next hint that something of this service changed. */
  whenChanged(service: string, signal: AbortSignal): Promise<void>;
}

/** Kept open this long after the last listener has gone: one screen follows another with the same stream. */
const LINGER_MS = 1_000;

interface Open {
  snapshot: unknown;
  readonly listeners: Set<() => void>;
  readonly stop: AbortController;
  linger: ReturnType<typeof setTimeout> | undefined;
}

/** Every stream is open once, however many look at it; each keeps only its latest snapshot. */
export class StreamHub {
  #parts: StreamParts;
  #open = new Map<string, Open>();

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  snapshot(key: string): unknown {
    return this.#open.get(key)?.snapshot;
  }

  subscribe(
    key: string,
    service: string,
    procedure: string,
    input: unknown,
    listener: () => void,
  ): () => void {
    let stream = this.#open.get(key);
    if (stream === undefined) {
      stream = { snapshot: undefined, listeners: new Set(), stop: new AbortController(), linger: undefined };
      this.#open.set(key, stream);
      // Never rejects: what it meets is the end of the stream or a reason to ask again.
      this.#follow(stream, service, procedure, input).catch(() => undefined);
    }
    clearTimeout(stream.linger);
    stream.listeners.add(listener);
    const joined = stream;
    return () => {
      joined.listeners.delete(listener);
      if (joined.listeners.size > 0) return;
      joined.linger = setTimeout(() => {
        joined.stop.abort();
        this.#open.delete(key);
      }, LINGER_MS);
    };
  }

  async #follow(stream: Open, service: string, procedure: string, input: unknown): Promise<void> {
    const { signal } = stream.stop;
    while (!signal.aborted) {
      await this.#parts.whenConnected(signal);
      try {
        for await (const snapshot of await this.#parts.open(service, procedure, input, signal)) {
          stream.snapshot = snapshot;
          for (const listener of [...stream.listeners]) listener();
        }
      } catch (error) {
        if (signal.aborted) return;
        if (callErrorOf(error).code === CONNECTION_LOST) continue;
      }
      // It ended by itself, as that of a job does which rests: there is more only after a change.
      await this.#parts.whenChanged(service, signal);
    }
  }
}
