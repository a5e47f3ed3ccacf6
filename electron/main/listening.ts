/** In the shell: a recording that the host has opened, to be read over a line. */
import type { FromListener, ToListener } from './host-listening.ts';
import type { Line } from './line.ts';

export interface Recording {
  readonly size: number;
  readonly mime: string;
  readonly sha256: string;
  /** Bytes `first` to `last`, both included, as fast as they are taken. */
  read(first: number, last: number): ReadableStream<Uint8Array>;
  close(): void;
}

export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** @throws Refused as the host says it; HOST_AWAY where the host ends meanwhile. */
export async function listen(line: Line): Promise<Recording> {
  const waiting: { resolve(message: ToListener): void; reject(error: Error): void }[] = [];
  let isClosed = false;
  line.on('message', ({ data }) => {
    const message = data as ToListener;
    const next = waiting.shift();
    if (message.type === 'refused') next?.reject(new Refused(message.code, message.message));
    else next?.resolve(message);
  });
  line.on('close', () => {
    isClosed = true;
    for (const each of waiting.splice(0)) each.reject(away());
  });
  line.start();
  const answer = (question?: FromListener): Promise<ToListener> =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(away());
      waiting.push({ resolve, reject });
      if (question !== undefined) line.postMessage(question);
    });
  const opened = await answer().catch((error: unknown) => {
    line.close();
    throw error;
  });
  if (opened.type !== 'media') throw new Refused('INTERNAL', 'The host answered something else.');
  const { size, mime, sha256 } = opened;
  return {
    size,
    mime,
    sha256,
    close: () => line.close(),
    read(first, last) {
      line.postMessage({ type: 'read', first, last } satisfies FromListener);
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const piece = await answer({ type: 'more' });
              if (piece.type === 'piece') return controller.enqueue(new Uint8Array(piece.bytes));
              line.close();
              controller.close();
            } catch (error) {
              line.close();
              controller.error(error);
            }
          },
          cancel: () => line.close(),
        },
        { highWaterMark: 1 },
      );
    },
  };
}

function away(): Refused {
  return new Refused('HOST_AWAY', 'The archive is being opened again; play it once more.');
}
