import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';
import { connectToHost } from '../../electron/cli/remote-host.ts';
import { openHost, type HostOptions } from '../../electron/host/index.ts';
import { startServer } from '../../electron/server/index.ts';

export type Client = ContractRouterClient<Contract>;

export interface Connected {
  readonly client: Client;
  close(): Promise<void>;
}

/** Every way in which the contract is driven; the same suite runs over each. */
export const transports: Readonly<Record<string, (options: HostOptions) => Promise<Connected>>> = {
  'in-process': async (options) => {
    const host = await openHost(options);
    return {
      client: host.client,
      async close() {
        await host.close();
      },
    };
  },

  MessagePort: async (options) => {
    const host = await openHost(options);
    const { port1, port2 } = new MessageChannel();
    host.serve(port1);
    const client: Client = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    return {
      client,
      async close() {
        port2.close();
        await host.close();
      },
    };
  },

  // As the command line drives a host that another process has open; a browser's connection differs in its headers only.
  WebSocket: async (options) => {
    const host = await openHost(options);
    const server = await startServer({ host, archive: options.archive, port: 0, screens: 'none' });
    const connected = await connectToHost(options.archive, options.agent);
    if (connected === undefined) throw new Error('the loopback shell did not answer');
    return {
      client: connected.client,
      async close() {
        await connected.close();
        await server.close();
        await host.close();
      },
    };
  },
};
