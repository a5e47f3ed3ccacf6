/** Packing, in a thread of its own: it digests what it writes. */
import { Worker } from 'node:worker_threads';
import type { SerialisedBags } from '../../../core/ports/bag-validation.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { PackMessage, PackTask } from './thread-messages.ts';

/** MiB. Zip keeps a table of its entries until the end. */
const heap = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 16 };

export const packInThread: SerialisedBags['pack'] = (bag, to, form, signal, onBytes) => {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const workerData: PackTask = { bag, to, form };
    const worker = new Worker(new URL('./pack-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: heap,
    });
    let done: { readonly sha256: Uint8Array } | undefined;
    const stop = (): void => {
      worker.terminate().catch(() => undefined);
    };
    signal.addEventListener('abort', stop);
    worker.on('message', (message: PackMessage) => {
      if ('bytes' in message) onBytes(message.bytes);
      else if ('sha256' in message) done = message;
      else reject(placeError(to, message.errno, message.why));
    });
    worker.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) resolve(undefined);
      else if (done !== undefined) resolve(done);
      else reject(placeError(to, undefined, 'its thread ended'));
    });
  });
};

function placeError(to: RawPath, errno: string | undefined, why: string): Error {
  const shown = displayPath(to);
  if (errno === 'ENOSPC' || errno === 'EDQUOT')
    return new HoldfastError(
      'DISK_FULL',
      `The volume of ${shown} is full. Nothing is left there of the package. Make room, or name another folder with --to.`,
    );
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `${shown} could not be written (${errno ?? why}). Check that its place is connected and writable; then run this again.`,
  );
}
