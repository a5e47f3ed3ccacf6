import { serveThread } from './thread-rpc.ts';
import type { SigningKey } from './writer/events.ts';
import { unpackFiles, type PackedFiles } from './writer/packed-files.ts';
import { openWriter, type WriterMethods } from './writer/writer.ts';

/** What the thread of the writer is started with. */
export interface WriterThreadData {
  readonly path: string;
  readonly key: SigningKey;
}

/** As the port, but for files, which come packed. */
export type WriterThreadMethods = Omit<WriterMethods, 'recordFiles'> & {
  recordFiles(batch: PackedFiles): ReturnType<WriterMethods['recordFiles']>;
};

serveThread<WriterThreadData, WriterThreadMethods>(({ path, key }) => {
  const writer = openWriter(path, key);
  return { ...writer, recordFiles: (batch) => writer.recordFiles(unpackFiles(batch)) };
});
