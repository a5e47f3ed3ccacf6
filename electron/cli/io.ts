/** The world as the command line sees it. Tests bring their own. */
import { createInterface } from 'node:readline/promises';
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

export function processIo(): Io {
  let closed = false;
  const onError = (stream: NodeJS.WriteStream) => (error: NodeJS.ErrnoException) => {
    // A reader that has had enough is no fault: what was asked for is still done, only not shown.
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stdout) closed = true;
  };
  process.stdout.on('error', onError(process.stdout));
  process.stderr.on('error', onError(process.stderr));
  return {
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
    ask,
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

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((resolve, reject) => {
      // readline takes Ctrl-C and Ctrl-D for itself while it asks.
      const stop = (): void => reject(new Interrupted('Stopped before anything was done.'));
      lines.once('SIGINT', stop);
      lines.once('close', stop);
      lines.question(question).then(resolve, reject);
    });
  } finally {
    lines.close();
  }
}
