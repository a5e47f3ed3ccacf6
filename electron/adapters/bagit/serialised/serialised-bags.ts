/** The port of core for bags in one file: a thread for each, so that a hostile archive brings down nothing but its own. */
import { Worker } from 'node:worker_threads';
import { serialForm } from './form.ts';
import { packInThread } from './packing.ts';
import type { BagReport, SerialisedBags, SerialValidation } from '../../../core/ports/bag-validation.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { SerialMessage, SerialTask } from './thread-messages.ts';

/** MiB. Tag files and the table of paths stand beside it. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

export const serialisedBags: SerialisedBags = {
  formOf: serialForm,
  pack: packInThread,
  validate: (path, form, { mode, profile, ...validation }) => run({ path, form, mode, profile }, validation),
};

function run(
  task: SerialTask,
  { signal, onProgress, onBytes }: Omit<SerialValidation, 'mode' | 'profile'>,
): Promise<BagReport | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./serialised-bag-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: heap,
    });
    let report: BagReport | undefined;
    const stop = (): void => {
      worker.terminate().catch(() => undefined);
    };
    signal.addEventListener('abort', stop);
    worker.on('message', (message: SerialMessage) => {
      if (message.progress !== undefined) onProgress?.(message.progress);
      else if (message.bytes !== undefined) onBytes?.(message.bytes);
      else report = message.report;
    });
    worker.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(gaveUp(task.path, error));
    });
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop);
      if (report !== undefined || signal.aborted) resolve(signal.aborted ? undefined : report);
      else reject(gaveUp(task.path, 'its thread ended'));
    });
  });
}

function gaveUp(path: RawPath, error: unknown): HoldfastError {
  const why = error instanceof Error ? error.message : String(error);
  return new HoldfastError(
    'INTERNAL',
    `${displayPath(path)} could not be judged (${why}). Unpack it to a folder, then judge that.`,
  );
}
