import { serveThread } from './thread-rpc.ts';
import type { SigningKey } from './writer/events.ts';
import { openWriter, type WriterMethods } from './writer/writer.ts';

/** What the thread of the writer is started with. */
export interface WriterThreadData {
  readonly path: string;
  readonly key: SigningKey;
}

serveThread<WriterThreadData, WriterMethods>(({ path, key }) => openWriter(path, key));
