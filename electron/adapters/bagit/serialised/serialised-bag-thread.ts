/** Judges one bag in an archive, then ends. Whoever started it ends it sooner when it is asked to stop. */
import { parentPort, workerData } from 'node:worker_threads';
import { validateSerialised } from './validate-serialised.ts';
import type { SerialMessage, SerialTask } from './thread-messages.ts';

/** How many bytes are read before they are told of. */
const TOLD = 16 * 1024 * 1024;

const { path, form, mode, profile } = workerData as SerialTask;
const tell = (message: SerialMessage): void => parentPort?.postMessage(message);

let untold = 0;
const report = await validateSerialised(path, form, {
  mode,
  ...(profile === undefined ? {} : { profile }),
  signal: new AbortController().signal,
  onProgress: (progress) => tell({ progress }),
  onBytes: (bytes) => {
    untold += bytes;
    if (untold < TOLD) return;
    tell({ bytes: untold });
    untold = 0;
  },
});
tell({ bytes: untold });
if (report !== undefined) tell({ report });
