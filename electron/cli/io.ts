/** The world as the command line sees it. Tests bring their own. */
import { createInterface, type Interface } from 'node:readline';
import { Interrupted } from './errors.ts';

export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  out(text: string): void;
  /** Progress and notes. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  /** Columns of the terminal that results go to; undefined where they go into a file or a pipe. */
  outColumns(): number | undefined;
  errColumns(): number;
  /** Whether whoever read the results has gone away (`| head`). */
  outIsClosed(): boolean;
  /** Puts a question on stderr and reads a line; only where stdin is a terminal. */
  ask(question: string): Promise<string>;
  /** Runs `handler` at every Ctrl-C or request to end; returns how to stop listening. */
  onStopRequest(handler: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
  exitNow(code: number): void;
}

/** The process's own; `outFailure` is why results could not be written, where that is a fault. */
export function processIo(): Io & { outFailure(): string | undefined } {
  let closed = false;
  let failure: string | undefined;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    // A reader that has had enough is no fault: what was asked for is still done, only not shown.
    if (error.code !== 'EPIPE') failure ??= error.code ?? error.message;
  });
  // Notes that nobody can read are not worth an act.
  process.stderr.on('error', () => undefined);
  return {
    outFailure: () => failure,
    env: process.env,
    out: (text) => {
      if (!closed) process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    outIsTerminal: process.stdout.isTTY,
    errIsTerminal: process.stderr.isTTY,
    inIsTerminal: process.stdin.isTTY,
    outColumns: () => (process.stdout.isTTY ? Math.max(40, process.stdout.columns || 80) : undefined),
    errColumns: () => Math.max(20, process.stderr.columns || 80),
    outIsClosed: () => closed,
    ask: asker(),
    onStopRequest: (handler) => {
      const onInt = (): void => handler('SIGINT');
      const onTerm = (): void => handler('SIGTERM');
      process.on('SIGINT', onInt);
      process.on('SIGTERM', onTerm);
      return () => {
        process.off('SIGINT', onInt);
        process.off('SIGTERM', onTerm);
      };
    },
    exitNow: (code) => process.exit(code),
  };
}

/**
 * Reads lines for all questions through one reader: a reader for each would swallow what was typed or pasted ahead. It
 * leaves the terminal as it is, so that Ctrl-C stays a signal and lines are edited as the system edits them.
 */
function asker(): (question: string) => Promise<string> {
  const typed: string[] = [];
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  let lines: Interface | undefined;
  let ended = false;
  const open = (): Interface => {
    const reader = createInterface({ input: process.stdin, terminal: false });
    reader.on('line', (line) => {
      if (waiting === undefined) typed.push(line);
      else waiting.resolve(line);
      waiting = undefined;
    });
    reader.on('close', () => {
      ended = true;
      waiting?.reject(new Interrupted('Stopped before anything was done.'));
    });
    return reader;
  };
  return async (question) => {
    process.stderr.write(question);
    const early = typed.shift();
    if (early !== undefined) return early;
    if (ended) throw new Interrupted('Stopped before anything was done.');
    lines ??= open();
    lines.resume();
    try {
      return await new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject };
      });
    } finally {
      lines.pause();
    }
  };
}
