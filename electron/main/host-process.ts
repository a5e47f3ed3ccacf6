/** The process of the host, seen from the shell: started, listened to for its heartbeat, and started again a few times. */
import type { FromHost, ToHost } from './host-messages.ts';

/** Of a utility process, what is used. `Port` is what the shell's ports are. */
export interface Child<Port> {
  postMessage(message: ToHost, transfer?: Port[]): void;
  on(event: 'message', listener: (message: FromHost) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): unknown;
}

export interface HostProcessOptions<Port> {
  fork(): Child<Port>;
  onMessage(message: FromHost): void;
  /** It ended unasked and was started again: its jobs come back paused. */
  onRestart(): void;
  /** It ended too often. Nothing is started any more until `open`. */
  onGiveUp(): void;
  readonly now?: () => number;
}

const BEAT_MS = 5_000;
/** Pings without an answer after which it counts as hanging. */
const MOST_MISSED = 3;
const MOST_RESTARTS = 3;
const WITHIN_MS = 10 * 60_000;
/** It pauses jobs, writes what is due to locations and closes the catalogue; longer than that it hangs. */
const CLOSE_MS = 30_000;

export class HostProcess<Port> {
  readonly #options: HostProcessOptions<Port>;
  readonly #now: () => number;
  #child: Child<Port> | undefined;
  #missed = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #restarts: number[] = [];
  #archive: string | undefined;
  #ended: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: HostProcessOptions<Port>) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** Opens an archive in a fresh process; what was open is closed first. */
  async open(archive: string | undefined, resume: readonly string[] = []): Promise<void> {
    await this.close();
    this.#archive = archive;
    this.#restarts = [];
    this.#start(resume);
  }

  /** @returns false where there is no process to send it to. */
  send(message: ToHost, ports: Port[] = []): boolean {
    this.#child?.postMessage(message, ports);
    return this.#child !== undefined;
  }

  /** Lets it finish what it has in hand; settles when it has ended. */
  close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return Promise.resolve();
    this.#closing ??= new Promise<void>((resolve) => {
      this.#stopBeating();
      const tooLong = setTimeout(() => child.kill(), CLOSE_MS);
      this.#ended = () => {
        clearTimeout(tooLong);
        this.#closing = undefined;
        resolve();
      };
      child.postMessage({ type: 'close' });
    });
    return this.#closing;
  }

  #start(resume: readonly string[]): void {
    const child = this.#options.fork();
    this.#child = child;
    this.#missed = 0;
    child.on('message', (message) => {
      // What an earlier process still says is no longer so.
      if (child !== this.#child) return;
      this.#missed = 0;
      if (message.type === 'opened') this.#archive = message.path;
      if (message.type !== 'pong') this.#options.onMessage(message);
    });
    child.on('exit', () => {
      if (child === this.#child) this.#gone();
    });
    const archive = this.#archive;
    child.postMessage({ type: 'open', resume, ...(archive === undefined ? {} : { archive }) });
    this.#beat = setInterval(() => {
      if (this.#missed >= MOST_MISSED) {
        child.kill();
        return;
      }
      this.#missed += 1;
      child.postMessage({ type: 'ping' });
    }, BEAT_MS);
  }

  #gone(): void {
    this.#stopBeating();
    this.#child = undefined;
    const ended = this.#ended;
    if (ended !== undefined) {
      this.#ended = undefined;
      ended();
      return;
    }
    const now = this.#now();
    this.#restarts = this.#restarts.filter((at) => now - at < WITHIN_MS);
    if (this.#restarts.length >= MOST_RESTARTS) {
      this.#options.onGiveUp();
      return;
    }
    this.#restarts.push(now);
    // Nothing is resumed: a job may be what ended it.
    this.#start([]);
    this.#options.onRestart();
  }

  #stopBeating(): void {
    clearInterval(this.#beat);
    this.#beat = undefined;
  }
}
