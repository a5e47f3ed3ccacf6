import { createORPCClient } from '@orpc/client';
import { hashKey, QueryClient } from '@tanstack/react-query';
import type { ChangeTopic } from '../../shared/contract/archive.ts';
import { Changes, servicesOf } from './changes.ts';
import { Connection, delay, type Transport } from './connection.ts';
import type { Client } from './contract-types.ts';
import { desktopOf, type Desktop } from './desktop.ts';
import { CONNECTION_LOST, failedCall } from './errors.ts';
import { PreferenceStore } from './preference-store.ts';
import { StreamHub } from './stream-hub.ts';
import { openPort, openSocket } from './transports.ts';

/** Everything that a window has of the host, made once when the page starts. */
export interface Runtime {
  readonly connection: Connection;
  readonly client: Client;
  readonly queries: QueryClient;
  readonly streams: StreamHub;
  readonly preferences: PreferenceStore;
  readonly desktop: Desktop;
  /** Calls by name; waits for the line and asks again when it was lost in between. Only for what changes nothing. */
  readonly ask: (service: string, procedure: string, input: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Calls by name, once. */
  readonly act: (service: string, procedure: string, input: unknown) => Promise<unknown>;
}

function after(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

/** A port may be another program's by now, or another archive's: a line that comes back is asked which archive it leads to. */
class SameArchive {
  #known: string | undefined;

  async holds({ link }: Transport): Promise<boolean> {
    const id = async (): Promise<string | undefined> => {
      const info = await link.call(['archive', 'info'], {}, { context: {} });
      return typeof info === 'object' && info !== null && 'id' in info ? String(info.id) : undefined;
    };
    if (this.#known !== undefined) return (await id()) === this.#known;
    // The first screen does not wait for it.
    id().then(
      (first) => (this.#known ??= first),
      () => undefined,
    );
    return true;
  }
}

/**
 * @param words of the client's own errors, in the reader's language
 */
export function startRuntime(words: { readonly connectionLost: () => string }): Runtime {
  const bridge = window.holdfast;
  const open = bridge === undefined ? openSocket : openPort;
  const sameArchive = new SameArchive();
  const connection = new Connection({
    async open(signal) {
      const transport = await open(signal);
      if (await sameArchive.holds(transport)) return transport;
      transport.close();
      // Another archive stands behind this address by now: nothing that is on this screen may be said to it.
      location.reload();
      throw new Error('another archive answers here');
    },
    random: Math.random,
    delay,
    lostMessage: words.connectionLost,
  });
  const client: Client = createORPCClient(connection);
  const call = (service: string, procedure: string, input: unknown, signal?: AbortSignal) =>
    connection.call([service, procedure], input ?? {}, {
      context: {},
      ...(signal === undefined ? {} : { signal }),
    });

  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The host tells what changed; an answer that no hint has spoken of is still so.
        staleTime: 60_000,
        gcTime: 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // Losses are waited out in `ask`; every other answer of the host stands.
        retry: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

  const ask: Runtime['ask'] = async (service, procedure, input, signal) => {
    for (;;) {
      await connection.whenConnected(signal);
      try {
        return await call(service, procedure, input, signal);
      } catch (error) {
        const failed = failedCall(error);
        if (failed.code !== CONNECTION_LOST) throw failed;
      }
    }
  };

  const changed = new Set<(topics: readonly string[]) => void>();
  const changes = new Changes({
    now: () => performance.now(),
    schedule: after,
    invalidate(topics) {
      for (const service of servicesOf(topics))
        queries.invalidateQueries({ queryKey: [service] }).catch(() => undefined);
      for (const listener of [...changed]) listener(topics);
    },
  });
  const streams = new StreamHub({
    open: async (service, procedure, input, signal) =>
      (await call(service, procedure, input, signal)) as AsyncIterable<unknown>,
    whenConnected: (signal) => connection.whenConnected(signal),
    whenChanged: (service, signal) =>
      new Promise((resolve) => {
        const done = () => {
          changed.delete(listener);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const listener = (topics: readonly string[]) => {
          if (topics.includes(service)) done();
        };
        changed.add(listener);
        signal.addEventListener('abort', done, { once: true });
      }),
  });

  const preferences = new PreferenceStore({
    schedule: after,
    async write(key, value) {
      await call('preferences', 'set', { key, value });
      queries.setQueryData(['preferences', 'get', { key }], { value });
    },
  });

  // Whatever was missed while the line was gone is asked for again; what nobody looks at only when somebody does.
  let wasConnected = false;
  connection.subscribe(() => {
    if (connection.state !== 'connected') return;
    if (wasConnected) queries.invalidateQueries().catch(() => undefined);
    wasConnected = true;
  });
  const topicsKey = hashKey(['archive', 'changes', {}]);
  streams.subscribe(topicsKey, 'archive', 'changes', {}, () => {
    const told = streams.snapshot(topicsKey) as { topics: readonly ChangeTopic[] } | undefined;
    if (told !== undefined) changes.tell(told.topics);
  });

  window.addEventListener('online', () => connection.retryNow());
  window.addEventListener('pagehide', () => preferences.flush());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') connection.retryNow();
    else preferences.flush();
  });
  connection.run().catch(() => undefined);

  return {
    connection,
    client,
    queries,
    streams,
    preferences,
    desktop: desktopOf(bridge),
    ask,
    act: async (service, procedure, input) => {
      try {
        return await call(service, procedure, input);
      } catch (error) {
        throw failedCall(error);
      }
    },
  };
}
