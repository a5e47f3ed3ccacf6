import type { HostModule } from '../../../../electron/cli/host-port.ts';
import type { Io } from '../../../../electron/cli/io.ts';
import { runCli } from '../../../../electron/cli/run.ts';

export interface FakeIo extends Io {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Presses Ctrl-C. */
  interrupt(): void;
  readonly exits: number[];
}

export function fakeIo(changes: Partial<Io> = {}): FakeIo {
  let out = '';
  let err = '';
  const handlers = new Set<(signal: 'SIGINT' | 'SIGTERM') => void>();
  const exits: number[] = [];
  return {
    env: { HOLDFAST_ARCHIVE: '/archive' },
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    inIsTerminal: false,
    outColumns: () => undefined,
    errColumns: () => 80,
    outIsClosed: () => false,
    ask: () => Promise.reject(new Error('nobody is there to answer')),
    onStopRequest: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    exitNow: (code) => {
      exits.push(code);
    },
    ...changes,
    stdout: () => out,
    stderr: () => err,
    interrupt: () => {
      for (const handler of handlers) handler('SIGINT');
    },
    exits,
  };
}

const noHost = (): Promise<HostModule> => Promise.reject(new Error('the host was loaded'));

/** Runs a command line; without a host, loading one is an error. */
export async function run(
  words: readonly string[],
  options: { io?: FakeIo; host?: HostModule } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const io = options.io ?? fakeIo();
  const { host } = options;
  const loadHost = host === undefined ? noHost : () => Promise.resolve(host);
  const code = await runCli(words, { io, version: '1.2.3', loadHost });
  return { code, stdout: io.stdout(), stderr: io.stderr() };
}
