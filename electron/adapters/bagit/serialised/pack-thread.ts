/** Packs one bag, then ends. Whoever started it ends it sooner when it is asked to stop, and takes away what it left. */
import { parentPort, workerData } from 'node:worker_threads';
import { errnoOf } from '../../../core/ports/errno.ts';
import { packBag } from './pack-bag.ts';
import type { PackMessage, PackTask } from './thread-messages.ts';

/** How many bytes are packed before they are told of. */
const TOLD = 16 * 1024 * 1024;

const { bag, to, form } = workerData as PackTask;
const tell = (message: PackMessage): void => parentPort?.postMessage(message);

let untold = 0;
try {
  const sha256 = await packBag(bag, to, form, (bytes) => {
    untold += bytes;
    if (untold < TOLD) return;
    tell({ bytes: untold });
    untold = 0;
  });
  tell({ bytes: untold });
  tell({ sha256 });
} catch (error) {
  tell({ why: error instanceof Error ? error.message : String(error), errno: errnoOf(error) });
}
