import { RPCHandler } from '@orpc/server/websocket';
import { z } from 'zod';
import type { HostContext } from './context.ts';
import { router } from './router/index.ts';

const handler = new RPCHandler(router);

/** As the client writes it: a call (whose address is a path), a part of a stream that it sends, or the end of what it asked. */
const messageSchema = z.object({
  i: z.union([z.string(), z.number()]),
  t: z.union([z.literal(1), z.literal(3), z.literal(4)]).optional(),
  // A call that is given up (4) has none.
  p: z.unknown().optional(),
});
const callSchema = z.object({
  u: z.string().startsWith('/'),
  m: z.string().optional(),
  h: z.record(z.string(), z.unknown()).optional(),
});

/** RFC 6455, 7.4.1: what was sent is not what is spoken here. */
const INVALID_DATA = 1007;

export interface MessageLine {
  readonly send: (data: string | ArrayBufferLike) => Promise<void> | void;
  /** Ends the line: whoever sent what cannot be read is not listened to any further. */
  readonly end: (code: number) => void;
}

/** Serves the contract over a line that carries texts. Nothing that is sent over it can harm the host or be printed by it. */
export function serveMessages(
  { send, end }: MessageLine,
  context: HostContext,
): { message(data: unknown): void; close(): void } {
  // The handler knows a line by this object and waits for what `send` returns, though its type does not say so.
  const peer = { send, addEventListener: () => undefined } as unknown as Parameters<
    typeof handler.message
  >[0];
  return {
    message(data) {
      if (typeof data !== 'string' || !isMessage(data)) {
        end(INVALID_DATA);
        return;
      }
      // What a procedure throws is an answer, and does not arrive here. What does, such as the end of a stream that was given up,
      // concerns that one call: whatever else goes over this line goes on.
      handler.message(peer, data, { context }).catch(() => undefined);
    },
    close: () => handler.close(peer),
  };
}

function isMessage(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  const message = messageSchema.safeParse(value);
  if (!message.success) return false;
  const { t = 1, p } = message.data;
  if (t === 4) return true;
  return t === 3 ? typeof p === 'object' && p !== null : callSchema.safeParse(p).success;
}
