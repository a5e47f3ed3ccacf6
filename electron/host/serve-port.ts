import type { MessagePort } from 'node:worker_threads';
import type { HostContext } from './context.ts';
import { serveMessages } from './serve-messages.ts';

/** A MessagePort as Electron has it outside a page. Other than Node's, it gives an event that carries what was sent. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export type ServedPort = MessagePort | ElectronPort;

/** Serves the contract over a MessagePort, as the Electron shell and its windows use it. */
export function servePort(port: ServedPort, context: HostContext): void {
  const line = serveMessages({ send: (data) => port.postMessage(data), end: () => port.close() }, context);
  if (isNodes(port)) port.on('message', (data) => line.message(data));
  else port.on('message', ({ data }) => line.message(data));
  port.on('close', () => line.close());
  port.start();
}

/** Only Node's port is an EventTarget too. */
function isNodes(port: ServedPort): port is MessagePort {
  return 'addEventListener' in port;
}
