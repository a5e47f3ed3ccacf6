/** Reads the files of one task after another: digests, and what they are by their bytes. Knows no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { readCueSheet } from '../adapters/audio/cue-sheet.ts';
import { identify } from '../adapters/audio/identify.ts';
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
  const read = <T>(inspect: (content: OpenContent) => Promise<T>) => {
    const options = { further: task.further, onBytes, inspect };
    return target === undefined ? reader.read(path, options) : copyFile(reader, path, target, options);
  };
  if (task.look === 'digest') {
    const result = await read(() => Promise.resolve(true));
    if (result.status === 'failed') return result;
    return { status: 'read', stamp: result.stamp, sha256: result.sha256, digests: result.digests };
  }
  const result = await read((content) => look(content, baseName(rawPath(path)), task.look === 'whole'));
  if (result.status === 'failed') return result;
  const { inspected, ...reading } = result;
  return { ...reading, ...inspected };
}

async function look(content: OpenContent, name: Uint8Array, withTags: boolean) {
  const pulsing = {
    ...content,
    read(position: number, target: Uint8Array): number {
      Atomics.add(shared, control.pulse, 1n);
      return content.read(position, target);
    },
  };
  Atomics.store(shared, control.inTags, 1n);
  try {
    const identified = identify(pulsing, name);
    const described = withTags ? await readTags(pulsing, identified) : untagged;
    const sheet = withTags ? readCueSheet(pulsing, identified.kind, name) : { problems: [] };
    const { kind, format, problems } = identified;
    return {
      ...described,
      ...sheet,
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
