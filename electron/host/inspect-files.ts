import type { InspectedFile } from '../../shared/contract/inspection.ts';
import type { PathValue } from '../../shared/contract/common.ts';
import type { JobProgress } from '../../shared/contract/jobs.ts';
import { pathFromJson } from '../../shared/domain/path.ts';
import { flacProgram } from '../adapters/audio/flac-program.ts';
import { openQuietly } from '../adapters/storage/read-file.ts';
import { inspectFiles as inspect } from '../core/inspection/inspect-files.ts';
import { ProgressMeter } from '../core/jobs/progress.ts';
import { createFiles } from '../workers/files.ts';

export interface InspectOptions {
  readonly paths: readonly PathValue[];
  /** Also decode what proves more when decoded. */
  readonly deep: boolean;
  readonly signal: AbortSignal;
  /** Four times a second. */
  readonly onProgress: (progress: JobProgress) => void;
  /** Called as files are done, in no promised order. */
  readonly onFile: (file: InspectedFile) => void;
}

const TICK_MS = 250;

/**
 * What files say of themselves, without any archive. Files that cannot be read are rows.
 * @throws HoldfastError FOLDER_UNREADABLE; the signal's reason when it was aborted
 */
export async function inspectFiles({
  paths,
  deep,
  signal,
  onProgress,
  onFile,
}: InspectOptions): Promise<void> {
  const files = createFiles();
  const progress = new ProgressMeter();
  const timer = setInterval(() => onProgress(progress.snapshot()), TICK_MS);
  try {
    await inspect(files, {
      paths: paths.map(pathFromJson),
      ...(deep ? { deep: flacProgram((path) => openQuietly(Buffer.from(path))) } : {}),
      signal,
      progress,
      onFile,
    });
    signal.throwIfAborted();
  } finally {
    clearInterval(timer);
    await files.close();
  }
}
