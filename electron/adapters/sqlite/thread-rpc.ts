import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, type ResourceLimits } from 'node:worker_threads';
import { ERROR_EXIT_CODES, HoldfastError, type ErrorCode } from '../../../shared/domain/errors.ts';

/**
 * Calls into a thread that owns a database connection. Handlers are synchronous and run one after another in the order
 * of the calls; arguments and results are structured-cloned (bytes arrive as Uint8Array).
 */

type Parameters_<Method> = Method extends (...args: infer Args) => unknown ? Args : never;
type Result<Method> = Method extends (...args: never[]) => infer Value ? Value : never;

interface Request {
  readonly id: number;
  /** Undefined asks the thread to close. */
  readonly method: string | undefined;
  readonly args: readonly unknown[];
}

interface Failure {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly stack: string | undefined;
}

type Reply =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: Failure };

/** Replies of this number tell how the start went. */
const START = 0;

/**
 * Serves the methods that `start` returns. When `start` throws, every call is answered with its error. A method named
 * `close` is called when the other side closes.
 * @param start gets what `connectThread` was given as data, which is the first message.
 */
export function serveThread<Data, Methods extends object>(start: (data: Data) => Methods): void {
  const port = parentPort;
  if (port === null) throw new Error('a thread file was started as a program');
  let methods: Record<string, ((...args: unknown[]) => unknown) | undefined> | undefined;
  let failed: unknown;
  const answer = (id: number, work: () => unknown) => {
    let reply: Reply;
    try {
      reply = { id, value: work() };
    } catch (error) {
      reply = { id, failure: failureOf(error) };
    }
    port.postMessage(reply);
  };
  const begin = (data: Data): void => {
    answer(START, () => {
      try {
        methods = start(data) as typeof methods;
      } catch (error) {
        failed = error;
        throw error;
      }
    });
    port.on('message', serve);
  };
  const serve = ({ id, method, args }: Request): void => {
    if (method === undefined) {
      answer(id, () => void methods?.['close']?.());
      port.close();
      return;
    }
    answer(id, () => {
      if (methods === undefined) throw failed;
      const handler = methods[method];
      if (handler === undefined) throw new Error(`this thread has no method ${method}`);
      return handler.apply(methods, args as unknown[]);
    });
  };
  port.once('message', begin);
}

/** A thread that waits to be told what to open. */
export interface StartedThread {
  readonly worker: Worker;
  /** Tells it apart in errors and profiles. */
  readonly name: string;
  /** What it threw. */
  cause?: unknown;
  exitCode?: number;
}

/** Starts the thread file at `url`; until it is connected it keeps no process alive. */
export function startThread(url: URL, name: string, resourceLimits?: ResourceLimits): StartedThread {
  const worker = new Worker(url, { name, ...(resourceLimits && { resourceLimits }) });
  worker.unref();
  const thread: StartedThread = { worker, name };
  const remember = (error: unknown): void => {
    thread.cause = error;
  };
  worker.on('error', remember);
  worker.on('messageerror', remember);
  worker.on('exit', (code) => (thread.exitCode = code));
  return thread;
}

export interface Thread<Methods extends object> {
  /** Rejects with HoldfastError as thrown in the thread, or INTERNAL when the thread has died. */
  call<Name extends keyof Methods & string>(
    method: Name,
    ...args: Parameters_<Methods[Name]>
  ): Promise<Result<Methods[Name]>>;
  /** Settles when the thread has started. Need not be awaited: calls made before it are kept in order. */
  readonly ready: Promise<void>;
  /** Lets the calls under way finish, closes the connection, ends the thread. Idempotent. */
  close(): Promise<void>;
}

/** Tells a thread what to open, and connects to it. */
export function connectThread<Methods extends object>(
  started: StartedThread,
  data: unknown,
): Thread<Methods> {
  const { worker, name } = started;
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = START;
  let death: Error | undefined;
  let closing: Promise<void> | undefined;

  const ready = new Promise<void>((resolve, reject) => {
    pending.set(START, { resolve: () => resolve(), reject });
  });
  // A failed start is told by every call; that nobody awaited `ready` is no second error.
  ready.catch(() => undefined);

  const exited = new Promise<void>((resolve) => {
    worker.on('message', (reply: Reply) => {
      const call = pending.get(reply.id);
      pending.delete(reply.id);
      if ('failure' in reply) call?.reject(errorOf(reply.failure));
      else call?.resolve(reply.value);
    });
    const onExit = (code: number): void => {
      const { cause } = started;
      const why = cause instanceof Error ? cause.message : `exit code ${code}`;
      death = new HoldfastError(
        'INTERNAL',
        closing === undefined
          ? `The ${name} ended unexpectedly (${why}). What it had committed is safe; open the archive again.`
          : `The ${name} is closed.`,
        { cause },
      );
      for (const call of pending.values()) call.reject(death);
      pending.clear();
      resolve();
    };
    if (started.exitCode === undefined) worker.on('exit', onExit);
    else onExit(started.exitCode);
  });
  worker.ref();
  worker.postMessage(data);

  const send = (method: string | undefined, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (death !== undefined || (closing !== undefined && method !== undefined)) {
        reject(death ?? new HoldfastError('INTERNAL', `The ${name} is closed.`));
        return;
      }
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      try {
        worker.postMessage({ id, method, args } satisfies Request);
      } catch (error) {
        pending.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });

  return {
    ready,
    call: (method, ...args) => send(method, args) as Promise<never>,
    close() {
      closing ??= (async () => {
        if (death !== undefined) return;
        try {
          await send(undefined, []);
        } finally {
          await exited;
        }
      })();
      return closing;
    },
  };
}

/**
 * Where a thread file of this folder stands: beside this module as `.ts` when run from sources; in a build as `.mjs`,
 * which may be one folder above the chunk that this module ended up in.
 */
export function threadUrl(name: `${string}-thread`): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`./${name}.ts`, import.meta.url);
  const places = [`./${name}.mjs`, `../${name}.mjs`].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  if (found === undefined)
    throw new HoldfastError(
      'INTERNAL',
      `This installation is incomplete: ${name}.mjs is missing. Install it again.`,
    );
  return found;
}

function failureOf(error: unknown): Failure {
  return {
    code: error instanceof HoldfastError ? error.code : undefined,
    message: error instanceof Error ? error.message : String(error),
    stack: error instanceof Error ? error.stack : undefined,
  };
}

function errorOf({ code, message, stack }: Failure): Error {
  const known = code !== undefined && code in ERROR_EXIT_CODES;
  const error = known ? new HoldfastError(code, message) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
