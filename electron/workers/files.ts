/** The port of core for work on bytes: nothing of it happens on the thread that calls it. */
import { availableParallelism } from 'node:os';
import { tapeBlocks } from '../adapters/storage/tape-blocks.ts';
import { identifyRoot } from '../adapters/storage/volume.ts';
import type { Files, ScanPace } from '../core/ports/files.ts';
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

/** What will be done with files: walked, alone or ahead of readers; read, a few at the most or all of them. */
export interface FileWork {
  readonly scan?: ScanPace;
  readonly read?: 'few' | 'all';
}

export type StartableFiles = Files & { start(work: FileWork): void };

/** Threads start at the first call that needs them, or when it is told that they will be needed. */
export function createFiles(options: FilesOptions = {}): StartableFiles {
  const threads = Math.max(1, options.threads ?? Math.min(availableParallelism(), mostThreads));
  const resourceLimits = { maxOldGenerationSizeMb: options.heapMb ?? 96, maxYoungGenerationSizeMb: 6 };
  const pool = new Pool({ url: threadUrl('file-worker'), threads, resourceLimits });
  const scanners = new ScanThreads();
  const scannersAt = (pace: ScanPace): number => (pace === 'alone' ? Math.min(threads, scanThreads) : 1);
  return {
    concurrency: threads,
    identifyRoot,
    tapeBlocks,
    start(work) {
      if (work.scan !== undefined) scanners.start(scannersAt(work.scan));
      if (work.read !== undefined) pool.start(work.read === 'few' ? 1 : threads);
    },
    scan: (root, signal, pace) =>
      scan(root, scanners, { most: scannersAt(pace), once: pace === 'aside' }, signal),
    readAll: async (root, folder, names, further, signal, onBytes) => {
      const base = folder.length === 0 ? root : joinRaw(root, folder);
      const paths = names.map((name) => joinRaw(base, name));
      return (await pool.read(paths, { further, look: 'whole' }, signal, onBytes)) as FileOutcome[];
    },
    digestAll: (paths, signal, onBytes, further = [], { bytesPerSecond, direct } = {}) =>
      pool.read(
        paths,
        {
          further,
          look: 'digest',
          ...(bytesPerSecond === undefined ? {} : { rate: bytesPerSecond }),
          ...(direct === true ? { direct } : {}),
        },
        signal,
        onBytes,
      ),
    lookAll: async (paths, signal) =>
      (await pool.read(paths, { further: [], look: 'whole' }, signal)) as FileOutcome[],
    copyAll: async (pairs, { further, look, within, bytesPerSecond }, signal, onBytes) =>
      (await pool.read(
        pairs.map(({ from }) => from),
        {
          further,
          look,
          targets: pairs.map(({ to }) => to),
          within,
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
