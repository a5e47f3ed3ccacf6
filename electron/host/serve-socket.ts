import type { WebSocket } from 'ws';
import type { HostContext } from './context.ts';
import { serveMessages } from './serve-messages.ts';

/** Serves the contract over a WebSocket of the loopback shell. */
export function serveSocket(socket: WebSocket, context: HostContext): void {
  const line = serveMessages(
    {
      // Settles when it has left: a stream then waits, and a reader that sleeps does not fill the memory. One that was cut off
      // closes its socket, which ends everything that runs over it.
      send: (data) => new Promise((left) => socket.send(data, () => left())),
      end: (fault) => socket.close(fault),
    },
    context,
  );
  socket.on('message', (data: Buffer, isBinary) => {
    // Binary messages close the connection where it was opened; after that nothing is heard.
    if (!isBinary && socket.readyState === socket.OPEN) line.message(data.toString('utf8'));
  });
  socket.on('close', () => line.close());
}
