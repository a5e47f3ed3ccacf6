import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One process to be timed. Its output goes to a file: a pipe would make the harness work beside what it measures. */
export interface Command {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its standard output goes. */
  readonly stdout: string;
  /** Exit codes that are not a failure; default 0. */
  readonly exitCodes?: readonly number[];
}

export interface Finished {
  /** Wall time in seconds, from spawn to exit. */
  readonly seconds: number;
  /** User and system time of the process and its threads, in seconds. */
  readonly cpuSeconds: number;
  /** Share of the machine that other processes took meanwhile, 0 to 1. */
  readonly elsewhere: number;
  /** High-water mark of resident memory, all threads, in MB of 1,000,000 bytes. */
  readonly peakMb: number;
  readonly stdout: string;
}

export interface Contender {
  readonly command: Command;
  /** What must stand anew before each round; not timed. */
  readonly prepare?: () => void | Promise<void>;
  /** Throws when the work was not done: the time of a failure means nothing. */
  readonly check: (finished: Finished) => void;
}

export interface Sample {
  readonly seconds: number[];
  readonly cpuSeconds: number[];
  readonly elsewhere: number[];
  readonly peakMb: number[];
}

const TICKS_PER_SECOND = 100;

/** A program in PATH; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs a command to its end. Rejects when it cannot be started or exits with a code that is a failure. */
export async function run(command: Command): Promise<Finished> {
  const [program, ...words] = command.argv;
  if (program === undefined) throw new RangeError('nothing to run');
  const errors = `${command.stdout}.err`;
  const out = openSync(command.stdout, 'w');
  const err = openSync(errors, 'w');
  const machine = machineTicks();
  const cpu = childTicks();
  const began = performance.now();
  const child = spawn(program, words, {
    stdio: ['ignore', out, err],
    env: { ...process.env, ...command.env },
  });
  const highWater = watchMemory(child.pid);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(() => {
    closeSync(out);
    closeSync(err);
  });
  const seconds = (performance.now() - began) / 1000;
  const peakMb = highWater.stop();
  const cpuSeconds = (childTicks() - cpu) / TICKS_PER_SECOND;
  const after = machineTicks();
  if (code === null || !(command.exitCodes ?? [0]).includes(code)) {
    const words = readFileSync(errors, 'utf8').slice(-2_000);
    throw new Error(`${shown(command)} exited with ${String(code)}: ${words}`);
  }
  const busy = (after.busy - machine.busy) / TICKS_PER_SECOND - cpuSeconds;
  const all = (after.all - machine.all) / TICKS_PER_SECOND;
  return {
    seconds,
    cpuSeconds,
    elsewhere: all === 0 ? 0 : Math.max(0, busy / all),
    peakMb,
    stdout: readFileSync(command.stdout, 'utf8'),
  };
}

/**
 * Runs the contenders in turn, the order turned round every other round, so that neither always meets the machine as the
 * other has left it.
 */
export async function alternate(
  contenders: Readonly<Record<string, Contender>>,
  rounds: number,
): Promise<Record<string, Sample>> {
  const samples = Object.fromEntries(Object.keys(contenders).map((name) => [name, emptySample()]));
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(contenders);
    if (round % 2 === 1) order.reverse();
    for (const [name, contender] of order) {
      await contender.prepare?.();
      const finished = await run(contender.command);
      contender.check(finished);
      const sample = samples[name];
      if (sample !== undefined) take(sample, finished);
    }
  }
  return samples;
}

export function emptySample(): Sample {
  return { seconds: [], cpuSeconds: [], elsewhere: [], peakMb: [] };
}

export function take(sample: Sample, finished: Finished): void {
  sample.seconds.push(finished.seconds);
  sample.cpuSeconds.push(finished.cpuSeconds);
  sample.elsewhere.push(finished.elsewhere);
  sample.peakMb.push(finished.peakMb);
}

/** As it can be typed again. */
export function shown({ argv, env }: Command): string {
  const words = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return [...Object.entries(env ?? {}).map(([name, value]) => `${name}=${value}`), ...words].join(' ');
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between neighbours; throws RangeError when there is no value. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new RangeError('no values');
  return low + (high - low) * (at - Math.floor(at));
}

/** How far apart the rounds lie: (slowest − fastest) ÷ median. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** The kernel keeps the mark itself, so that sampling misses at most what grew in the last moments. */
function watchMemory(pid: number | undefined): { stop(): number } {
  let peakKib = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${String(pid)}/status`, 'latin1');
      peakKib = Math.max(peakKib, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended, or the system keeps no such file: the mark stays as it was.
    }
  };
  const timer = setInterval(look, 20);
  return {
    stop() {
      clearInterval(timer);
      return (peakKib * 1024) / 1e6;
    },
  };
}

/** Time of children that have ended (proc(5), /proc/self/stat, fields 16 and 17). */
function childTicks(): number {
  const stat = readProc('/proc/self/stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[13] ?? 0) + Number(fields[14] ?? 0);
}

function machineTicks(): { busy: number; all: number } {
  const line = readProc('/proc/stat').split('\n', 1)[0] ?? '';
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0] = line
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + irq + soft;
  return { busy, all: busy + idle + wait };
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Elsewhere than on Linux only the noise and the processor time are not known.
    return '';
  }
}
