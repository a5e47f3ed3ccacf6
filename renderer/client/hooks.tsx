import {
  hashKey,
  keepPreviousData,
  QueryClientProvider,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, use, useCallback, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { ConnectionState } from './connection.ts';
import type {
  Client,
  InputArguments,
  InputOf,
  OutputOf,
  Procedure,
  Service,
  SnapshotOf,
  StreamOf,
} from './contract-types.ts';
import type { Desktop } from './desktop.ts';
import type { CallError } from './errors.ts';
import { remembered } from './preference-store.ts';
import type { Runtime } from './runtime.ts';

const RuntimeContext = createContext<Runtime | undefined>(undefined);

export function ClientProvider({ runtime, children }: { runtime: Runtime; children: ReactNode }) {
  return (
    <RuntimeContext value={runtime}>
      <QueryClientProvider client={runtime.queries}>{children}</QueryClientProvider>
    </RuntimeContext>
  );
}

/** For the hooks of this folder. */
export function useRuntime(): Runtime {
  const runtime = use(RuntimeContext);
  if (runtime === undefined) throw new Error('this part of the screen stands outside ClientProvider');
  return runtime;
}

/** The contract itself, for what no hook fits. Rejects with what `callErrorOf` reads. */
export function useClient(): Client {
  return useRuntime().client;
}

export interface CallOptions {
  enabled?: boolean;
  /** Shows what stood before while another input is asked for. */
  keepPrevious?: boolean;
  /** In ms; a minute without. */
  staleTime?: number;
  /** In ms. */
  refetchInterval?: number;
}

/** Query of a procedure. Its key is [service, procedure, input]; a change of the service asks again. */
export function useCall<S extends Service, P extends Procedure<S>>(
  service: S,
  procedure: P,
  ...rest: InputArguments<S, P, CallOptions>
): UseQueryResult<OutputOf<S, P>, CallError> {
  const { ask } = useRuntime();
  const [input, options = {}] = rest;
  return useQuery<OutputOf<S, P>, CallError>({
    queryKey: [service, procedure, input ?? {}],
    queryFn: async ({ signal }) => (await ask(service, procedure, input, signal)) as OutputOf<S, P>,
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.refetchInterval === undefined ? {} : { refetchInterval: options.refetchInterval }),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface ActOptions<Output, Input> {
  onSuccess?(output: Output, input: Input): void;
  /** It is under way until what is on the screen has been asked for again: a form must not show once more what was before. */
  untilFresh?: boolean;
}

/** Mutation, never repeated by itself; a success makes what it may have changed be asked for again. */
export function useAct<S extends Service, P extends Procedure<S>>(
  service: S,
  procedure: P,
  options: ActOptions<OutputOf<S, P>, InputOf<S, P>> = {},
): UseMutationResult<OutputOf<S, P>, CallError, InputOf<S, P>> {
  const { act, queries } = useRuntime();
  return useMutation<OutputOf<S, P>, CallError, InputOf<S, P>>({
    mutationFn: async (input) => (await act(service, procedure, input)) as OutputOf<S, P>,
    async onSuccess(output, input) {
      const asked = [...new Set<string>([service, 'events', 'archive'])].map((changed) =>
        queries.invalidateQueries({ queryKey: [changed] }).catch(() => undefined),
      );
      if (options.untilFresh === true) await Promise.all(asked);
      options.onSuccess?.(output, input);
    },
  });
}

/** The latest snapshot of a stream of the contract; undefined until the first. It is asked for again after a loss. */
export function useStream<S extends Service, P extends StreamOf<S>>(
  service: S,
  procedure: P,
  ...rest: InputArguments<S, P>
): SnapshotOf<S, P> | undefined {
  const { streams } = useRuntime();
  const input = rest[0] ?? {};
  const key = hashKey([service, procedure, input]);
  const subscribe = useCallback(
    (listener: () => void) =>
      // The key says the input whole; the object itself is another one at each rendering.
      streams.subscribe(key, service, procedure, (JSON.parse(key) as unknown[])[2], listener),
    [streams, key, service, procedure],
  );
  return useSyncExternalStore(subscribe, () => streams.snapshot(key)) as SnapshotOf<S, P> | undefined;
}

export function useConnection(): ConnectionState {
  const { connection } = useRuntime();
  const subscribe = useCallback((listener: () => void) => connection.subscribe(listener), [connection]);
  return useSyncExternalStore(subscribe, () => connection.state);
}

/** Asks for the line now instead of waiting for the next attempt. */
export function useReconnect(): () => void {
  const { connection } = useRuntime();
  return useCallback(() => connection.retryNow(), [connection]);
}

export function useDesktop(): Desktop {
  return useRuntime().desktop;
}

/** What a screen remembers for this user and archive; shown at once, written when it rests. */
export function usePreference<T>(key: string, fallback: T): [T, (value: T) => void] {
  const { preferences } = useRuntime();
  const { data } = useCall('preferences', 'get', { key }, { staleTime: Number.POSITIVE_INFINITY });
  const subscribe = useCallback((listener: () => void) => preferences.subscribe(listener), [preferences]);
  const pending = useSyncExternalStore(subscribe, () => preferences.pending(key));
  const known = pending === undefined ? data?.value : pending.value;
  // The fallback is often written in place, and then another object at each rendering: the first one stands.
  const [first] = useState(() => fallback);
  const value = remembered(known, first);
  const set = useCallback((next: T) => preferences.set(key, next), [preferences, key]);
  return [value, set];
}
