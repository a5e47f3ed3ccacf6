/** The port of core for work on bytes: nothing of it happens on the thread that calls it. */
import { availableParallelism } from 'node:os';
import { identifyRoot } from '../adapters/storage/volume.ts';
import type { Files } from '../core/ports/files.ts';
import type { CopyOutcome, FileOutcome } from '../core/ports/readings.ts';
import { joinRaw } from '../../shared/domain/path.ts';
import { Pool } from './pool.ts';
import { scan, ScanThreads } from './scan.ts';
import { threadUrl } from './thread-url.ts';

/** A disk is busy with two readers; more only help where a digest is slower than the disk. */
const mostThreads = 4;
/** Two walk 100,000 files as fast as their consumer compares them. */
const scanThreads = 2;

export interface FilesOptions {
  /** Threads that read files; default: as many as there are processors, up to four. */
  readonly threads?: number;
  /** Heap of a reading thread in MiB; default 96. What it reads into is beside it: 2 MiB. */
  readonly heapMb?: number;
}

export type FileWork = 'scan' | 'read';

/** Threads start at the first call that needs them, or one of a kind when it is told that it will be needed. */
export function createFiles(options: FilesOptions = {}): Files & { start(work: readonly FileWork[]): void } {
  const threads = Math.max(1, options.threads ?? Math.min(availableParallelism(), mostThreads));
  const resourceLimits = { maxOldGenerationSizeMb: options.heapMb ?? 96, maxYoungGenerationSizeMb: 6 };
  const pool = new Pool({ url: threadUrl('file-worker'), threads, resourceLimits });
  const scanners = new ScanThreads();
  return {
    concurrency: threads,
    identifyRoot,
    start(work) {
      if (work.includes('read')) pool.start();
      if (work.includes('scan')) scanners.giveBack(scanners.take());
    },
    scan: (root, signal, pace) =>
      scan(root, scanners, pace === 'ahead' ? 1 : Math.min(threads, scanThreads), signal),
    readAll: async (root, folder, names, further, signal, onBytes) => {
      const base = folder.length === 0 ? root : joinRaw(root, folder);
      const paths = names.map((name) => joinRaw(base, name));
      return (await pool.read(paths, { further, look: 'whole' }, signal, onBytes)) as FileOutcome[];
    },
    digestAll: (paths, signal, onBytes, further = []) =>
      pool.read(paths, { further, look: 'digest' }, signal, onBytes),
    copyAll: async (pairs, { further, look, bytesPerSecond }, signal, onBytes) =>
      (await pool.read(
        pairs.map(({ from }) => from),
        {
          further,
          look,
          targets: pairs.map(({ to }) => to),
          ...(bytesPerSecond === undefined ? {} : { rate: bytesPerSecond / threads }),
        },
        signal,
        onBytes,
      )) as CopyOutcome[],
    readBackAll: async (paths, signal, onBytes) =>
      await pool.read(paths, { further: [], look: 'back' }, signal, onBytes),
    close: async () => {
      await Promise.all([pool.close(), scanners.close()]);
    },
  };
}
