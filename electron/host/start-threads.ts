import { startReaderThread } from '../adapters/sqlite/catalogue-reader.ts';
import { startWriterThread } from '../adapters/sqlite/catalogue-writer.ts';
import type { StartedThread } from '../adapters/sqlite/thread-rpc.ts';
import { createFiles, type FileWork, type StartableFiles } from '../workers/files.ts';

/** What an archive will be opened for. Nothing is refused that was not named. */
export interface Needs {
  readonly mode: 'write' | 'read';
  readonly work?: FileWork;
}

/** Threads that wait for a host. */
export interface HostThreads {
  readonly files: StartableFiles;
  readonly reader: StartedThread;
  readonly writer?: StartedThread;
}

/**
 * Starts the threads of a host. Apart from it, because a thread takes one processor as long to start as the host's own modules
 * take another to load: whoever loads those late starts the threads first.
 */
export function startThreads({ mode, work = {} }: Needs): HostThreads {
  const files = createFiles();
  const catalogue =
    mode === 'write'
      ? { writer: startWriterThread(), reader: startReaderThread() }
      : { reader: startReaderThread() };
  files.start(work);
  return { files, ...catalogue };
}

/** Ends what no host has come to use. */
export async function endThreads({ files, reader, writer }: HostThreads): Promise<void> {
  await Promise.all([files.close(), reader.worker.terminate(), writer?.worker.terminate()]);
}
