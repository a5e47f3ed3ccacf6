/**
 * The threads that read files. A thread that dies or hangs (memory, a parser's endless loop) is replaced; the file it
 * died on is tried once more by itself, then without its tags, and then becomes a row that says so.
 */
import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { DigestOutcome, FileOutcome } from '../core/ports/readings.ts';
import {
  control,
  type Control,
  controlBytes,
  type FileAnswer,
  type FileSetup,
  type FileTask,
} from './file-messages.ts';
import { unpackReadings } from '../core/ports/packed-readings.ts';
import { packNames } from '../core/ports/packed-names.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';

/** Four a second: what a progress line needs, and no more. */
const beat = 250;
/** How long nothing may happen while tags are read; reading from a disk is never given up. */
const hangsAfter = 30_000;
/** A file can cause three; more without a single answer are not the files' fault. */
const mostDeathsInARow = 12;

type Outcome = FileOutcome | DigestOutcome;
interface Order extends Pick<FileTask, 'further' | 'look' | 'rate' | 'within' | 'direct'> {
  /** Where each file is copied to. */
  readonly targets?: readonly Uint8Array[];
}

/** The order for a part of the paths. */
function part(order: Order, from: number, to?: number): Order {
  return order.targets === undefined ? order : { ...order, targets: order.targets.slice(from, to) };
}

/** The outcomes so far, or the place of the file on which the thread died. */
type Ran = { readonly outcomes: readonly Outcome[] } | { readonly diedAt: number; readonly why: string };

interface Job {
  readonly id: number;
  readonly paths: readonly Uint8Array[];
  readonly order: Order;
  readonly onBytes: ((bytes: number) => void) | undefined;
  readonly done: (ran: Ran) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly control: Control;
  job: Job | undefined;
  /** Bytes already told of. */
  told: bigint;
  pulse: bigint;
  pulseSeen: number;
  /** Why it was ended from here. */
  ended?: string;
}

export interface PoolOptions {
  readonly url: URL;
  readonly threads: number;
  readonly resourceLimits: ResourceLimits;
  /** Milliseconds without a sign of life while tags are read; default 30 s. Reading from a disk is never given up. */
  readonly hangsAfter?: number;
}

export class Pool {
  readonly #options: PoolOptions;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextId = 1;
  #deathsInARow = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Reads the files at absolute paths, in order. After an abort there are fewer outcomes than paths.
   * @throws HoldfastError INTERNAL when threads die whatever they read
   */
  async read(
    paths: readonly Uint8Array[],
    order: Order,
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let from = 0;
    while (from < paths.length && !signal.aborted && !this.#closed) {
      const rest = from === 0 ? paths : paths.slice(from);
      const restOrder = from === 0 ? order : part(order, from);
      const ran = await this.#run(rest, restOrder, signal, onBytes);
      if ('outcomes' in ran) {
        outcomes.push(...ran.outcomes);
        break;
      }
      if (this.#deathsInARow > mostDeathsInARow) {
        throw new HoldfastError(
          'INTERNAL',
          `The threads that read files die again and again (${ran.why}). Free some memory, then run this again.`,
        );
      }
      // What it had read before was lost with it.
      const before = await this.read(
        rest.slice(0, ran.diedAt),
        part(restOrder, 0, ran.diedAt),
        signal,
        onBytes,
      );
      outcomes.push(...before);
      if (before.length < ran.diedAt) break;
      const suspect = await this.#readSuspect(
        rest[ran.diedAt] as Uint8Array,
        part(restOrder, ran.diedAt, ran.diedAt + 1),
        signal,
      );
      if (suspect === undefined) break;
      outcomes.push(suspect);
      from += ran.diedAt + 1;
    }
    return outcomes;
  }

  /** Starts as many threads, so that the first files need not wait for them. */
  start(count: number): void {
    while (this.#threads.size < Math.min(count, this.#options.threads)) this.#start().worker.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const job of this.#queue.splice(0)) job.done({ outcomes: [] });
    const threads = [...this.#threads];
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  /** The threads that there are now. */
  get workers(): readonly Worker[] {
    return [...this.#threads].map(({ worker }) => worker);
  }

  /** The file on which a thread died: again by itself, as it may have been another's fault, then without its tags. */
  async #readSuspect(path: Uint8Array, order: Order, signal: AbortSignal): Promise<Outcome | undefined> {
    const untagged: readonly Order[] = order.look === 'whole' ? [{ ...order, look: 'untagged' }] : [];
    let why = '';
    for (const attempt of [order, ...untagged]) {
      const ran = await this.#run([path], attempt, signal, undefined);
      if ('outcomes' in ran) return ran.outcomes[0];
      why = ran.why;
    }
    // Not the disk's fault and not the file's: a row all the same, so that nobody believes it was read.
    return { status: 'failed', problem: { code: 'reader_failed', detail: why } };
  }

  #run(
    paths: readonly Uint8Array[],
    order: Order,
    signal: AbortSignal,
    onBytes: ((bytes: number) => void) | undefined,
  ): Promise<Ran> {
    if (paths.length === 0 || signal.aborted || this.#closed) return Promise.resolve({ outcomes: [] });
    return new Promise((resolve) => {
      const onAbort = (): void => {
        this.#abort(job);
        job.done({ outcomes: [] });
      };
      const done = (ran: Ran): void => {
        signal.removeEventListener('abort', onAbort);
        resolve(ran);
      };
      const job: Job = { id: this.#nextId++, paths, order, onBytes, done };
      signal.addEventListener('abort', onAbort);
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  #abort(job: Job): void {
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    for (const thread of this.#threads) {
      if (thread.job === job) Atomics.store(thread.control, control.abort, BigInt(job.id));
    }
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && !this.#closed) {
      const idle = [...this.#threads].find(({ job }) => job === undefined);
      if (idle === undefined && this.#threads.size >= this.#options.threads) return;
      const thread = idle ?? this.#start();
      const job = this.#queue.shift() as Job;
      thread.job = job;
      thread.pulseSeen = performance.now();
      // Of the task before; a thread that dies before it begins died on the first.
      Atomics.store(thread.control, control.index, 0n);
      // Only work keeps the process alive: a pool that is not closed must not.
      thread.worker.ref();
      const paths = packNames(job.paths);
      const { targets, ...order } = job.order;
      const task: FileTask = {
        id: job.id,
        paths,
        count: job.paths.length,
        ...order,
        ...(targets === undefined ? {} : { targets: packNames(targets) }),
      };
      thread.worker.postMessage(task, [paths.buffer]);
      this.#timer ??= setInterval(() => this.#beat(), beat).unref();
    }
  }

  #start(): Thread {
    const shared = new BigInt64Array(new SharedArrayBuffer(controlBytes));
    const workerData: FileSetup = { control: shared };
    const worker = new Worker(this.#options.url, {
      workerData,
      resourceLimits: this.#options.resourceLimits,
    });
    const thread: Thread = { worker, control: shared, job: undefined, told: 0n, pulse: 0n, pulseSeen: 0 };
    let why: string | undefined;
    worker.on('message', (answer: FileAnswer) => {
      this.#tell(thread);
      const { job } = thread;
      thread.job = undefined;
      worker.unref();
      this.#deathsInARow = 0;
      if (job !== undefined) job.done({ outcomes: unpackReadings(answer.readings) });
      this.#dispatch();
    });
    worker.on('error', (error) => (why = error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => {
      this.#threads.delete(thread);
      this.#deathsInARow++;
      const diedAt = Number(Atomics.load(shared, control.index));
      const reason = thread.ended ?? why ?? `thread exited with ${code}`;
      thread.job?.done(this.#closed ? { outcomes: [] } : { diedAt, why: reason });
      this.#dispatch();
    });
    this.#threads.add(thread);
    return thread;
  }

  #beat(): void {
    let isBusy = false;
    for (const thread of this.#threads) {
      if (thread.job === undefined) continue;
      isBusy = true;
      this.#tell(thread);
      this.#watch(thread);
    }
    if (isBusy) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tell(thread: Thread): void {
    const bytes = Atomics.load(thread.control, control.bytes);
    const grown = Number(bytes - thread.told);
    thread.told = bytes;
    if (grown > 0) thread.job?.onBytes?.(grown);
  }

  #watch(thread: Thread): void {
    const pulse = Atomics.load(thread.control, control.pulse);
    const now = performance.now();
    if (pulse !== thread.pulse || Atomics.load(thread.control, control.inTags) === 0n) {
      thread.pulse = pulse;
      thread.pulseSeen = now;
      return;
    }
    if (now - thread.pulseSeen < (this.#options.hangsAfter ?? hangsAfter)) return;
    thread.ended = 'it did not come to an end';
    thread.worker.terminate().catch(() => undefined);
  }
}
