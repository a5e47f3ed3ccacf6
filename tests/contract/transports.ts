import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/index.ts';
import { openHost, type HostOptions } from '../../electron/host/index.ts';

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
};
