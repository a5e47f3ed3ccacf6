/** In the process of the host: sends a recording over a line, a piece whenever one is asked for, so that a paused player holds nothing. */
import type { Readable } from 'node:stream';
import type { Media } from '../host/index.ts';
import type { Line } from './line.ts';

export type ToListener =
  | { readonly type: 'media'; readonly size: number; readonly mime: string; readonly sha256: string }
  | { readonly type: 'refused'; readonly code: string; readonly message: string }
  | { readonly type: 'piece'; readonly bytes: Uint8Array }
  | { readonly type: 'end' };

export type FromListener =
  { readonly type: 'read'; readonly first: number; readonly last: number } | { readonly type: 'more' };

/** Serves one opening of one recording; the line ends with it, and closing the line ends it. */
export function serveListening(line: Line, open: () => Promise<Media>): void {
  let media: Media | undefined;
  let stream: Readable | undefined;
  let isClosed = false;
  let pieces: AsyncIterator<unknown> | undefined;
  const say = (message: ToListener): void => {
    if (!isClosed) line.postMessage(message);
  };
  const end = (): void => {
    isClosed = true;
    stream?.destroy();
    // Closed by reading it, where it was read; a second time is nothing.
    if (stream === undefined) media?.close().catch(() => undefined);
  };
  const refuse = (error: unknown): void => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
    say({ type: 'refused', code, message: error instanceof Error ? error.message : String(error) });
  };
  const more = async (): Promise<void> => {
    const next = await pieces?.next();
    if (next === undefined || next.done === true) say({ type: 'end' });
    else say({ type: 'piece', bytes: next.value as Uint8Array });
  };
  line.on('close', end);
  line.on('message', ({ data }) => {
    const asked = data as FromListener;
    if (asked.type === 'read' && media !== undefined && stream === undefined) {
      stream = media.read(asked.first, asked.last);
      // A read error also rejects the next piece, which tells of it.
      stream.on('error', () => undefined);
      pieces = stream[Symbol.asyncIterator]();
    } else if (asked.type === 'more') more().catch(refuse);
  });
  line.start();
  open().then((opened) => {
    media = opened;
    if (isClosed) end();
    else say({ type: 'media', size: opened.size, mime: opened.type, sha256: opened.sha256 });
  }, refuse);
}
