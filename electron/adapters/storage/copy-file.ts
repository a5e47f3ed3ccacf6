/**
 * Copying one file into staging: read in one full pass as for an accession, written as it is digested, synced to the
 * medium. The copy keeps the original's modification time; the original is only read.
 */
import { closeSync, constants, fsyncSync, ftruncateSync, futimesSync, openSync, writeSync } from 'node:fs';
import type { FailedReading } from '../../core/ports/readings.ts';
import { makeFolders } from './make-folders.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import type { FileReader, ReadOptions, ReadResult } from './read-file.ts';

/** The destination failed, not the file that was read. */
class DestinationFailure extends Error {
  readonly errno: string;

  constructor(errno: string, cause: unknown) {
    super(errno, { cause });
    this.errno = errno;
  }
}

/**
 * Copies a file; folders on the way to `target` are made, what stands there is replaced (staging is ours alone).
 * A failure of the destination is a row of code `destination_failed`.
 * @param within a folder above `target` that stands; none above it is made
 */
export async function copyFile<T>(
  reader: FileReader,
  source: Uint8Array,
  target: Uint8Array,
  within: Uint8Array,
  options: Omit<ReadOptions<T>, 'sink'>,
): Promise<ReadResult<T> | FailedReading> {
  let descriptor: number | undefined;
  try {
    const open = onDestination(() => openTarget(target, within));
    descriptor = open;
    const sink = {
      restart: () => onDestination(() => ftruncateSync(open)),
      write: (bytes: Uint8Array, position: number) => onDestination(() => writeFully(open, bytes, position)),
    };
    const result = await reader.read(source, { ...options, sink });
    if (result.status === 'failed') return result;
    const modified = Number(result.stamp.mtimeNs) / 1e9;
    onDestination(() => {
      futimesSync(open, modified, modified);
      fsyncSync(open);
    });
    return result;
  } catch (error) {
    if (!(error instanceof DestinationFailure)) throw error;
    return { status: 'failed', problem: { code: 'destination_failed', errno: error.errno } };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function openTarget(target: Uint8Array, within: Uint8Array): number {
  const path = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
  // Undefined on Windows.
  const flags = O_WRONLY | O_CREAT | O_TRUNC | ((O_NOFOLLOW as number | undefined) ?? 0);
  try {
    return openSync(path, flags, 0o644);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    makeFolders(path.subarray(0, path.lastIndexOf(0x2f)), within);
    return openSync(path, flags, 0o644);
  }
}

function writeFully(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done);
}

function onDestination<Value>(act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw new DestinationFailure(errno, error);
  }
}
