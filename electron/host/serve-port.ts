import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePort } from 'node:worker_threads';
import type { HostContext } from './context.ts';
import { router } from './router/index.ts';

/** Serves the contract over a MessagePort, as the Electron shell and its windows will use it. */
export function servePort(port: MessagePort, context: HostContext): void {
  new RPCHandler(router).upgrade(port, { context });
  port.start();
}
