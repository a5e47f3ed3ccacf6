/**
 * A disk that fails on command: the real storage adapter over a node:fs whose nth call below a folder fails, as a system call does
 * that meets a bad sector, a full disk, a volume mounted read-only or a missing right. In this thread, and in every worker that is
 * started after `failOnCommand`. Nothing of our own is replaced.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';
import threads, { type WorkerOptions } from 'node:worker_threads';

/** `once`: the next try succeeds. `file`: that call on that path fails from then on. `place`: so does every call on its location. */
export const LASTS = ['once', 'file', 'place'] as const;
export type Lasts = (typeof LASTS)[number];

export interface Fault {
  /** Which call fails, counted from 1 over all threads. */
  readonly nth: number;
  /** Only calls of this name count: `unlink`. */
  readonly call?: string;
  readonly lasts: Lasts;
  /** Chooses among the errors that such a call can meet. */
  readonly turn: number;
}

const KEY = 'holdfast-test-disk-faults';
const MET_BYTES = 4096;
/** Places in the shared state. */
const ARMED = 0;
const COUNT = 1;
const NTH = 2;
const LASTING = 3;
const TURN = 4;
const LENGTH = 5;
const CALL = 6;

interface Shared {
  /** Calls below it count; the folders in it are the locations. */
  readonly below: string;
  readonly state: Int32Array<SharedArrayBuffer>;
  /** The call that failed, as text: errno, call and path, with tabs between. */
  readonly met: Uint8Array<SharedArrayBuffer>;
}

/** What each call can meet. A read gives EIO, never "no such file": a failing disk must not look like a loss. */
const ERRORS = {
  look: ['EIO', 'EACCES'],
  read: ['EIO'],
  write: ['ENOSPC', 'EIO'],
  sync: ['EIO', 'ENOSPC'],
  make: ['ENOSPC', 'EROFS', 'EACCES', 'EIO'],
  take: ['EROFS', 'EACCES', 'EIO'],
} as const;
type Kind = keyof typeof ERRORS;

const SYNC: Readonly<Record<string, Kind>> = {
  readSync: 'read',
  writeSync: 'write',
  fsyncSync: 'sync',
  fstatSync: 'look',
  lstatSync: 'look',
  statSync: 'look',
  readdirSync: 'look',
  opendirSync: 'look',
  realpathSync: 'look',
  ftruncateSync: 'take',
  futimesSync: 'take',
  mkdirSync: 'make',
};
const ASYNC: Readonly<Record<string, Kind>> = {
  lstat: 'look',
  stat: 'look',
  realpath: 'look',
  opendir: 'look',
  readdir: 'look',
  statfs: 'look',
  access: 'look',
  mkdir: 'make',
  link: 'make',
  rename: 'make',
  writeFile: 'write',
  utimes: 'take',
  unlink: 'take',
  rmdir: 'take',
  rm: 'take',
};
const OF_HANDLE: Readonly<Record<string, Kind>> = {
  sync: 'sync',
  stat: 'look',
  read: 'read',
  readFile: 'read',
  write: 'write',
  writeFile: 'write',
};

/** Of which a fault can name one. */
const NAMES: readonly string[] = [...Object.keys(ASYNC), ...Object.keys(OF_HANDLE)];

export class FailingDisk {
  readonly #shared: Shared;

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Until `heal`. */
  fail({ nth, lasts, turn, call }: Fault): void {
    const { state } = this.#shared;
    state.set([0, 0, nth, LASTS.indexOf(lasts), turn, 0, NAMES.indexOf(call ?? '')]);
    Atomics.store(state, ARMED, 1);
  }

  /** Which call met the fault (`EIO read shelf/1.wav`); undefined where none was the nth. */
  heal(): { readonly errno: string; readonly call: string; readonly path: string } | undefined {
    Atomics.store(this.#shared.state, ARMED, 0);
    const [errno = '', call = '', path = ''] = metOf(this.#shared);
    return errno === '' ? undefined : { errno, call, path };
  }

  /** Calls since the disk was last told to fail. */
  get calls(): number {
    return Atomics.load(this.#shared.state, COUNT);
  }
}

/** @param below the folder whose folders are the locations; absolute, UTF-8 */
export function failOnCommand(below: string): FailingDisk {
  const shared: Shared = {
    below: `${below}/`,
    state: new Int32Array(new SharedArrayBuffer(4 * (CALL + 1))),
    met: new Uint8Array(new SharedArrayBuffer(MET_BYTES)),
  };
  threads.setEnvironmentData(KEY, shared);
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(url: string | URL, options: WorkerOptions = {}) {
      super(url, { ...options, execArgv: [...(options.execArgv ?? []), `--import=${import.meta.url}`] });
    }
  };
  stand(shared);
  return new FailingDisk(shared);
}

const given = threads.isMainThread ? undefined : threads.getEnvironmentData(KEY);
if (given !== undefined) stand(given as unknown as Shared);

type Call = (...parameters: unknown[]) => unknown;
type Calls = Record<string, Call>;

/** Stands between the program and node:fs in this thread. */
function stand(shared: Shared): void {
  const sync = fs as unknown as Calls;
  const later = fs.promises as unknown as Calls;
  const opened = new Map<number, string>();
  const pathOf = (first: unknown): string | undefined => {
    if (typeof first === 'number') return opened.get(first);
    const path = Buffer.isBuffer(first) ? first.toString('utf8') : String(first);
    return `${path}/`.startsWith(shared.below) ? path.slice(shared.below.length) : undefined;
  };
  const { openSync, closeSync, writeSync } = fs;
  const open = sync['openSync'] as Call;
  sync['openSync'] = (first, ...rest) => {
    const path = pathOf(first);
    if (path !== undefined) meet(shared, isForWriting(rest[0]) ? 'make' : 'look', 'open', path);
    const descriptor = open(first, ...rest) as number;
    if (path !== undefined) opened.set(descriptor, path);
    return descriptor;
  };
  sync['closeSync'] = (descriptor) => {
    opened.delete(descriptor as number);
    closeSync(descriptor as number);
  };
  for (const [name, kind] of Object.entries(SYNC)) {
    const actual = sync[name] as Call;
    const call = name.slice(0, -'Sync'.length);
    const through = (...parameters: unknown[]): unknown => {
      const path = pathOf(parameters[0]);
      if (path !== undefined)
        meet(shared, kind, call, path, () => {
          // A disk that fills up takes a part of what is written.
          if (call !== 'write') return;
          const [descriptor, bytes, offset, length, position] = parameters as [
            number,
            Uint8Array,
            number,
            number,
            number,
          ];
          writeSync(descriptor, bytes, offset, Math.floor(length / 2), position);
        });
      return actual(...parameters);
    };
    sync[name] = Object.assign(through, actual);
  }
  for (const [name, kind] of Object.entries(ASYNC)) {
    const actual = later[name] as Call;
    later[name] = async (...parameters) => {
      const path = pathOf(parameters[0]);
      if (path !== undefined)
        meet(shared, kind, name, path, () => {
          if (name === 'writeFile') halfOf(parameters, openSync, writeSync, closeSync);
        });
      return actual(...parameters);
    };
  }
  const openLater = later['open'] as Call;
  later['open'] = async (first, ...rest) => {
    const path = pathOf(first);
    if (path === undefined) return openLater(first, ...rest);
    meet(shared, isForWriting(rest[0]) ? 'make' : 'look', 'open', path);
    const handle = (await openLater(first, ...rest)) as Calls;
    for (const [name, kind] of Object.entries(OF_HANDLE)) {
      const actual = (handle[name] as Call).bind(handle);
      handle[name] = async (...parameters) => {
        meet(shared, kind, name, path);
        return actual(...parameters);
      };
    }
    return handle;
  };
  syncBuiltinESMExports();
}

function halfOf(
  [path, text]: unknown[],
  openSync: typeof fs.openSync,
  writeSync: typeof fs.writeSync,
  closeSync: typeof fs.closeSync,
): void {
  const bytes = Buffer.from(text as string);
  const descriptor = openSync(path as Buffer, 'w');
  writeSync(descriptor, bytes, 0, Math.floor(bytes.length / 2));
  closeSync(descriptor);
}

function isForWriting(flags: unknown): boolean {
  if (typeof flags === 'string') return /[wax+]/.test(flags);
  const { O_WRONLY, O_RDWR, O_CREAT } = fs.constants;
  return typeof flags === 'number' && (flags & (O_WRONLY | O_RDWR | O_CREAT)) !== 0;
}

/** Throws where this call is the one that fails, or one that fails since. */
function meet(shared: Shared, kind: Kind, call: string, path: string, before?: () => void): void {
  const { state, met } = shared;
  if (Atomics.load(state, ARMED) === 0) return;
  const only = NAMES[Atomics.load(state, CALL)];
  const count = only === undefined || only === call ? Atomics.add(state, COUNT, 1) + 1 : 0;
  const errors: readonly string[] = ERRORS[kind];
  if (count === Atomics.load(state, NTH)) {
    const errno = errors[Atomics.load(state, TURN) % errors.length] ?? 'EIO';
    const text = Buffer.from([errno, call, path].join('\t')).subarray(0, MET_BYTES);
    met.set(text);
    Atomics.store(state, LENGTH, text.length);
    before?.();
    throw failure(errno, call, path);
  }
  if (Atomics.load(state, LENGTH) === 0) return;
  const lasts = LASTS[Atomics.load(state, LASTING)];
  const [errno = '', callThen, pathThen = ''] = metOf(shared);
  if (lasts === 'file' && call === callThen && path === pathThen) throw failure(errno, call, path);
  if (lasts === 'place' && path.split('/')[0] === pathThen.split('/')[0]) throw failure('EIO', call, path);
}

function metOf({ state, met }: Shared): string[] {
  const length = Atomics.load(state, LENGTH);
  return length === 0
    ? []
    : Buffer.from(Uint8Array.from(met.subarray(0, length)))
        .toString('utf8')
        .split('\t');
}

function failure(errno: string, call: string, path: string): Error {
  const code = (constants.errno as Readonly<Record<string, number>>)[errno] ?? 5;
  return Object.assign(new Error(`${errno}: injected, ${call} '${path}'`), {
    code: errno,
    errno: -code,
    syscall: call,
  });
}
