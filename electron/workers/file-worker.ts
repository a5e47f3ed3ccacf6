/** Reads the files of one task after another: digests, and what they are by their bytes. Knows no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChunkDigests } from '../adapters/audio/chunk-digests.ts';
import { readCueSheet } from '../adapters/audio/cue-sheet.ts';
import { FileWalk } from '../adapters/audio/file-walk.ts';
import { type Identified, identify } from '../adapters/audio/identify.ts';
import { type Described, readTags } from '../adapters/audio/tags.ts';
import { copyFile } from '../adapters/storage/copy-file.ts';
import { ReadBack } from '../adapters/storage/read-back.ts';
import { FileReader, type OpenContent } from '../adapters/storage/read-file.ts';
import { packReadings } from '../core/ports/packed-readings.ts';
import type { DigestOutcome, FileOutcome } from '../core/ports/readings.ts';
import { baseName, rawPath } from '../../shared/domain/path.ts';
import { control, type FileAnswer, type FileSetup, type FileTask } from './file-messages.ts';
import { unpackNames } from '../core/ports/packed-names.ts';

const { control: shared } = workerData as FileSetup;
const reader = new FileReader();
const readBack = new ReadBack();
const clock = new Int32Array(new SharedArrayBuffer(4));

class Aborted extends Error {}

async function readOne(
  path: Uint8Array,
  target: Uint8Array | undefined,
  task: FileTask,
): Promise<FileOutcome | DigestOutcome> {
  const onBytes = (bytes: number): void => {
    Atomics.add(shared, control.bytes, BigInt(bytes));
    Atomics.add(shared, control.pulse, 1n);
    if (Atomics.load(shared, control.abort) === BigInt(task.id)) throw new Aborted();
    if (task.rate !== undefined) rest((bytes * 1000) / task.rate);
  };
  if (task.look === 'back') return readBack.read(path, onBytes);
  const read = <T>(
    inspect: (content: OpenContent) => Promise<T>,
    listen?: (content: OpenContent) => Listener,
  ) => {
    const options = {
      further: task.further,
      onBytes,
      inspect,
      ...(listen === undefined ? {} : { listen }),
      ...(task.direct === true ? { direct: true } : {}),
    };
    if (target === undefined) return reader.read(path, options);
    if (task.within === undefined) throw new Error('a copy needs a folder that stands');
    return copyFile(reader, path, target, task.within, options);
  };
  if (task.look === 'digest') {
    const result = await read(() => Promise.resolve(true));
    if (result.status === 'failed') return result;
    const { stamp, sha256, digests, direct } = result;
    return { status: 'read', stamp, sha256, digests, ...(direct === undefined ? {} : { direct }) };
  }
  const name = baseName(rawPath(path));
  const withTags = task.look === 'whole';
  let listener: Listener | undefined;
  const result = await read(
    (content) => look(content, name, withTags, listener as Listener),
    (content) => (listener = new Listener(content, name, withTags)),
  );
  if (result.status === 'failed') return result;
  const { inspected, ...reading } = result;
  return { ...reading, ...inspected };
}

/** What is made of a file while it is read: what it is, its chunk digests, and the walk over its sound. */
class Listener {
  readonly identified: Identified;
  readonly #chunks: ChunkDigests | undefined;
  readonly #walk: FileWalk | undefined;

  constructor(content: OpenContent, name: Uint8Array, isWalked: boolean) {
    const pulsing = pulsed(content);
    this.identified = parsing(() => identify(pulsing, name));
    const { kind } = this.identified;
    // Damage is located in recordings; papers and pictures are proven, or replaced, as a whole.
    if (kind === 'audio' || kind === 'video') this.#chunks = new ChunkDigests();
    if (isWalked) this.#walk = new FileWalk(pulsing, this.identified);
  }

  write(bytes: Uint8Array): void {
    this.#chunks?.update(bytes);
    parsing(() => this.#walk?.write(bytes));
  }

  end() {
    const audio = parsing(() => this.#walk?.end());
    const chunkDigests = this.#chunks?.digest();
    return {
      ...(chunkDigests === undefined ? {} : { chunkDigests }),
      ...(audio === undefined ? {} : { audio }),
    };
  }
}

function pulsed(content: OpenContent): OpenContent {
  return {
    ...content,
    read(position: number, target: Uint8Array): number {
      Atomics.add(shared, control.pulse, 1n);
      return content.read(position, target);
    },
  };
}

/** Tells the pool that what is going on is no reading from a disk: where it stands still it is stuck. */
function parsing<T>(work: () => T): T {
  Atomics.store(shared, control.inTags, 1n);
  try {
    return work();
  } finally {
    Atomics.store(shared, control.inTags, 0n);
  }
}

async function look(content: OpenContent, name: Uint8Array, withTags: boolean, listener: Listener) {
  const pulsing = pulsed(content);
  const { identified } = listener;
  Atomics.store(shared, control.inTags, 1n);
  try {
    const described = withTags ? await readTags(pulsing, identified) : untagged;
    const sheet = withTags ? readCueSheet(pulsing, identified.kind, name) : { problems: [] };
    const { kind, format, problems } = identified;
    return {
      ...described,
      ...sheet,
      ...listener.end(),
      kind,
      format,
      problems: [...problems, ...described.problems, ...sheet.problems],
    };
  } finally {
    Atomics.store(shared, control.inTags, 0n);
  }
}

/** Sleeps as the reading is: synchronously, in a thread that does nothing else. */
function rest(ms: number): void {
  Atomics.wait(clock, 0, 0, ms);
}

const untagged: Described = {
  identifiers: [],
  problems: [
    { code: 'tags_unreadable', detail: 'reading them brought the reader down, so they were left alone' },
  ],
};

async function work(task: FileTask): Promise<FileAnswer> {
  const outcomes: (FileOutcome | DigestOutcome)[] = [];
  const { names: paths } = unpackNames(task.paths, task.count);
  const targets = task.targets && unpackNames(task.targets, task.count).names;
  for (const [index, path] of paths.entries()) {
    Atomics.store(shared, control.index, BigInt(index));
    Atomics.add(shared, control.pulse, 1n);
    try {
      outcomes.push(await readOne(path, targets?.[index], task));
    } catch (error) {
      if (!(error instanceof Aborted)) throw error;
      break;
    }
  }
  return { id: task.id, readings: packReadings(outcomes) };
}

parentPort?.on('message', (task: FileTask) => {
  work(task).then(
    (answer) => {
      const { bytes, stamps } = answer.readings;
      parentPort?.postMessage(answer, [bytes.buffer, stamps.buffer]);
    },
    // An error that is no row is a fault of ours: it ends the thread, and the pool reports the file.
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});
