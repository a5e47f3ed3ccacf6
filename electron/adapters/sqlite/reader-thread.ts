import { openReaderMethods, type ReaderMethods, type ReaderOptions } from './reader/reader.ts';
import { serveThread } from './thread-rpc.ts';

/** What a thread that reads is started with. */
export interface ReaderThreadData {
  readonly path: string;
  readonly options: ReaderOptions;
}

serveThread<ReaderThreadData, ReaderMethods>(({ path, options }) => openReaderMethods(path, options));
