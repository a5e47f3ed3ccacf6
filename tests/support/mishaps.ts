/**
 * Things that go wrong at an exact moment, without a race: loaded into the program under test with `--import`, in each of
 * its threads, this acts on the real files when the program itself opens or reads one of them, as another process would
 * that chose this moment. Only the error of a failing disk is made up.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

export type Mishap = {
  /** How the path of the file ends whose opening is the moment. */
  readonly at: string;
} & (
  | { readonly does: 'unlink' }
  /** Whenever it is read, it grows. */
  | { readonly does: 'grow' }
  /** The disk gives EIO for what lies at this offset and beyond. */
  | { readonly does: 'fail'; readonly from: number }
  | { readonly does: 'rename'; readonly path: string; readonly to: string }
  | { readonly does: 'link'; readonly path: string; readonly to: string }
  /** An empty folder stands where another was. */
  | { readonly does: 'swap'; readonly path: string; readonly to: string }
  /** The process dies, so many milliseconds later. */
  | { readonly does: 'kill'; readonly after: number }
  /** It opens once a file of this path is there. */
  | { readonly does: 'hold'; readonly until: string }
);

const MISHAPS = 'HOLDFAST_TEST_MISHAPS';

/** The environment in which these happen. */
export function withMishaps(...mishaps: readonly Mishap[]): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${import.meta.url}`, [MISHAPS]: JSON.stringify(mishaps) };
}

const planned = process.env[MISHAPS];
if (planned !== undefined) arm(JSON.parse(planned) as Mishap[]);

function arm(mishaps: readonly Mishap[]): void {
  const { openSync, readSync, closeSync } = fs;
  const opened = new Map<number, Mishap>();
  const actual = { ...fs };
  fs.openSync = (path, ...rest) => {
    const name = Buffer.isBuffer(path) ? path.toString('utf8') : String(path);
    const mishap = mishaps.find(({ at }) => name.endsWith(at));
    if (mishap !== undefined) happen(mishap, name, actual);
    const descriptor = openSync(path, ...rest);
    if (mishap !== undefined) opened.set(descriptor, mishap);
    return descriptor;
  };
  fs.closeSync = (descriptor) => {
    opened.delete(descriptor);
    closeSync(descriptor);
  };
  const read = (
    descriptor: number,
    target: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number => {
    const mishap = opened.get(descriptor);
    if (mishap?.does === 'grow') actual.appendFileSync(`/proc/self/fd/${descriptor}`, 'more');
    if (mishap?.does !== 'fail') return readSync(descriptor, target, offset, length, position);
    const good = Math.min(length, mishap.from - position);
    if (good > 0) return readSync(descriptor, target, offset, good, position);
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', errno: -5, syscall: 'read' });
  };
  fs.readSync = read as typeof fs.readSync;
  syncBuiltinESMExports();
}

function happen(mishap: Mishap, name: string, actual: typeof fs): void {
  switch (mishap.does) {
    case 'unlink':
      actual.rmSync(name, { force: true });
      return;
    case 'rename':
      // Once: it may be opened again.
      if (actual.existsSync(mishap.path) && !actual.existsSync(mishap.to))
        actual.renameSync(mishap.path, mishap.to);
      return;
    case 'link':
      if (actual.existsSync(mishap.path) && !actual.existsSync(mishap.to))
        actual.linkSync(mishap.path, mishap.to);
      return;
    case 'swap':
      if (actual.existsSync(mishap.to)) return;
      actual.renameSync(mishap.path, mishap.to);
      actual.mkdirSync(mishap.path);
      return;
    case 'kill':
      sleep(mishap.after);
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'hold':
      while (!actual.existsSync(mishap.until)) sleep(10);
      return;
    case 'grow':
    case 'fail':
      return; // while it is read
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
