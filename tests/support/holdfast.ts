import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../dist/holdfast.mjs');

/** The built program, as a person starts it. */
export function holdfastCommand(args: readonly string[]): [string, string[]] {
  if (!existsSync(PROGRAM)) throw new Error('dist/holdfast.mjs is not built; run: npm run build');
  return [process.execPath, [PROGRAM, ...args]];
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export function holdfast(args: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const [command, words] = holdfastCommand(args);
  const { status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

/** Starts a command and leaves it running. */
export function startHoldfast(args: readonly string[]): ChildProcess {
  const [command, words] = holdfastCommand(args);
  return spawn(command, words, { stdio: 'ignore' });
}
