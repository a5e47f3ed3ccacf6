/** A walk by several threads: this side shares out folders and hands on what was found, as fast as it is asked for. */
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { ScannedFolder } from '../core/ports/readings.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { displayPath, rawPath, type RawPath } from '../../shared/domain/path.ts';
import { packNames, unpackNames } from '../core/ports/packed-names.ts';
import type { FolderBlock, ScanMessage, ScanSetup, ScanTask } from './scan-messages.ts';
import { threadUrl } from './thread-url.ts';

const foldersPerTask = 48;
/** Two tasks a thread, so that it never waits for this side to hand out the next. */
const tasksPerThread = 2;

interface Thread {
  readonly worker: Worker;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly arrived: ScanMessage[];
  tasks: number;
  /** Ends its part in this walk. */
  readonly leave: () => void;
}

/**
 * Threads between walks. They are kept, because starting one costs as much as listing thousands of files, and because
 * V8 is at its most fragile where isolates come and go while others compile.
 */
export class ScanThreads {
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #ending: Promise<number>[] = [];
  #closed = false;

  take(): Worker {
    const idle = this.#idle.pop();
    if (idle !== undefined) {
      idle.ref();
      return idle;
    }
    // The walk keeps next to nothing on the heap of its thread.
    const resourceLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 6 };
    const worker = new Worker(threadUrl('scan-worker'), { resourceLimits });
    this.#all.add(worker);
    worker.once('exit', () => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    return worker;
  }

  /** Starts as many threads, so that the first walk need not wait for them. */
  start(count: number): void {
    const started = Array.from({ length: count - this.#all.size }, () => this.take());
    for (const worker of started) this.giveBack(worker);
  }

  giveBack(worker: Worker): void {
    if (this.#closed || !this.#all.has(worker)) return;
    // Only a walk keeps the process alive: a thread that waits for one must not.
    worker.unref();
    this.#idle.push(worker);
  }

  /** A thread more costs some 25 MB as long as it stands. */
  end(worker: Worker): void {
    this.#ending.push(worker.terminate());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#ending, ...[...this.#all].map((worker) => worker.terminate())]);
  }
}

interface WalkThreads {
  readonly most: number;
  /** They end with the walk. */
  readonly once: boolean;
}

/**
 * Walks `root` with up to `most` threads. Ends early, without an error, when `signal` is aborted. A folder whose
 * listing failed has no last slice, and a note with an empty name: what is in it is unknown.
 * @throws HoldfastError FOLDER_UNREADABLE when the root itself cannot be listed, INTERNAL when a thread dies
 */
export async function* scan(
  root: RawPath,
  threads: ScanThreads,
  how: WalkThreads,
  signal: AbortSignal,
): AsyncGenerator<ScannedFolder[]> {
  const first = await rootBlock(root);
  if (signal.aborted) return;
  const walk = new Walk(root, first, threads, how);
  const onAbort = (): void => walk.stop();
  signal.addEventListener('abort', onAbort);
  try {
    for (let slices = await walk.next(); slices !== undefined; slices = await walk.next()) yield slices;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await walk.close();
  }
}

class Walk {
  readonly #root: RawPath;
  readonly #pool: ScanThreads;
  readonly #threads: Thread[] = [];
  readonly #how: WalkThreads;
  /** Last in, first out: the walk goes deep before it goes broad, so that little is waiting at any time. */
  readonly #pending: { block: FolderBlock; next: number; at: number }[] = [];
  /** The thread in the middle of a folder: its slices follow each other. */
  #locked: Thread | undefined;
  #error: Error | undefined;
  #stopped = false;
  #wake: (() => void) | undefined;

  constructor(root: RawPath, first: FolderBlock, pool: ScanThreads, how: WalkThreads) {
    this.#root = root;
    this.#pool = pool;
    this.#how = how;
    this.#push(first);
    this.#share();
  }

  /** The threads leave off at the next folder, and nothing more is handed on. */
  stop(): void {
    this.#stopped = true;
    for (const { control } of this.#threads) {
      Atomics.store(control, 1, 1);
      Atomics.notify(control, 0);
    }
    this.#wake?.();
  }

  /** The next slices; undefined when all has been walked. */
  async next(): Promise<ScannedFolder[] | undefined> {
    for (;;) {
      if (this.#error !== undefined) throw this.#error;
      if (this.#stopped) return undefined;
      const thread = this.#locked ?? this.#threads.find(({ arrived }) => arrived.length > 0);
      const message = thread?.arrived.shift();
      if (thread !== undefined && message !== undefined) {
        Atomics.add(thread.control, 0, 1);
        Atomics.notify(thread.control, 0);
        this.#locked = message.slices.at(-1) === 0 ? thread : undefined;
        return this.#unpack(message);
      }
      if (this.#pending.length === 0 && this.#threads.every(({ tasks }) => tasks === 0)) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async close(): Promise<void> {
    this.stop();
    while (this.#threads.some(({ tasks }) => tasks > 0)) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    for (const { leave } of this.#threads) leave();
  }

  #push(block: FolderBlock): void {
    this.#pending.push({ block, next: 0, at: 0 });
  }

  #share(): void {
    for (const thread of this.#threads) {
      while (thread.tasks < tasksPerThread && this.#pending.length > 0) this.#give(thread);
    }
    // A thread more only for what the others have no hands for: a small collection never pays for it.
    while (this.#pending.length > 0 && this.#threads.length < this.#how.most) this.#give(this.#start());
  }

  #give(thread: Thread): void {
    const blocks: FolderBlock[] = [];
    for (
      let left = foldersPerTask, top = this.#pending.at(-1);
      top !== undefined && left > 0;
      top = this.#pending.at(-1)
    ) {
      const count = Math.min(left, top.block.count - top.next);
      blocks.push(part(top, count));
      left -= count;
      if (top.next === top.block.count) this.#pending.pop();
    }
    thread.tasks++;
    thread.worker.postMessage({ blocks } satisfies ScanTask);
  }

  #start(): Thread {
    const control = new Int32Array(new SharedArrayBuffer(8));
    const setup: ScanSetup = { root: this.#root, control };
    const worker = this.#pool.take();
    worker.postMessage(setup);
    const onMessage = (message: ScanMessage): void => {
      if (message.done) thread.tasks--;
      for (const block of message.found) this.#push(block);
      if (message.slices.length > 0) thread.arrived.push(message);
      // A message without slices is not taken by anybody.
      else Atomics.add(control, 0, 1);
      if (!this.#stopped) this.#share();
      this.#wake?.();
    };
    const died = (cause: unknown): void => {
      // Nothing more comes from it; whoever waits for it must not wait for ever.
      thread.tasks = 0;
      this.#wake?.();
      if (this.#stopped) return;
      const shown = displayPath(this.#root);
      this.#error = new HoldfastError('INTERNAL', `The walk through ${shown} broke off; run it again.`, {
        cause,
      });
      this.stop();
    };
    const exited = (code: number): void => died(new Error(`thread exited with ${code}`));
    worker.on('message', onMessage);
    worker.on('error', died);
    worker.on('messageerror', died);
    worker.on('exit', exited);
    const leave = (): void => {
      worker.off('message', onMessage);
      worker.off('error', died);
      worker.off('messageerror', died);
      worker.off('exit', exited);
      if (this.#how.once) this.#pool.end(worker);
      else this.#pool.giveBack(worker);
    };
    const thread: Thread = { worker, control, arrived: [], tasks: 0, leave };
    this.#threads.push(thread);
    return thread;
  }

  #unpack(message: ScanMessage): ScannedFolder[] {
    const folders: ScannedFolder[] = [];
    let byte = 0;
    let file = 0;
    for (let i = 0; i < message.slices.length; i += 2) {
      const count = message.slices[i] as number;
      const { names, end } = unpackNames(message.names, count + 1, byte);
      const notes = message.notes.filter(({ slice }) => slice * 2 === i);
      // Copied: it goes on to other threads by itself, and a view would drag the whole message behind it each time.
      const folder = rawPath(Uint8Array.from(names.shift() as RawPath));
      if (folder.length === 0) this.#assertListed(notes);
      const stamps = message.stamps.subarray(file * 4, (file + count) * 4);
      folders.push({
        folder,
        names,
        stamps,
        notes: notes.map(({ name, problem }) => ({ name, problem })),
        last: message.slices[i + 1] === 1,
      });
      byte = end;
      file += count;
    }
    return folders;
  }

  /** A root that cannot be listed is not an empty one: its files would all seem to be gone. */
  #assertListed(notes: ScanMessage['notes']): void {
    // Empty is also a file's folder when files stand in the root: only a note without a name is about the root.
    const own = notes.find(({ name }) => name.length === 0);
    if (own === undefined) return;
    throw new HoldfastError(
      'FOLDER_UNREADABLE',
      `The folder ${displayPath(this.#root)} could not be listed (${own.problem.errno ?? own.problem.code}). ` +
        'Check that its disk is connected and that this user may read it, then run this again.',
    );
  }
}

async function rootBlock(root: RawPath): Promise<FolderBlock> {
  // A root that is not there is told when it is listed.
  const stats = await stat(Buffer.from(root), { bigint: true }).catch(() => undefined);
  const own = BigInt64Array.of(stats?.dev ?? 0n, stats?.ino ?? 0n, stats?.size ?? 0n);
  return {
    folder: new Uint8Array(0),
    names: packNames([new Uint8Array(0)]),
    count: 1,
    stats: own,
    ancestors: new BigInt64Array(0),
  };
}

/** The next `count` folders of a block. */
function part(from: { block: FolderBlock; next: number; at: number }, count: number): FolderBlock {
  const { block, next, at } = from;
  const isWhole = count === block.count;
  const end = isWhole ? block.names.length : unpackNames(block.names, count, at).end;
  from.next += count;
  from.at = end;
  if (isWhole) return block;
  return {
    ...block,
    names: block.names.slice(at, end),
    count,
    stats: block.stats.slice(next * 3, (next + count) * 3),
  };
}
