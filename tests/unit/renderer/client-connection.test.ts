import { MessageChannel } from 'node:worker_threads';
import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { ORPCError, os } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { describe, expect, it, vi } from 'vitest';
import { Connection, type Transport } from '../../../renderer/client/connection.ts';
import { CONNECTION_LOST } from '../../../renderer/client/errors.ts';

/** A host of three procedures, served over a port as the real one is. */
const calls: string[] = [];
const router = {
  works: {
    answer: os.handler(() => {
      calls.push('answer');
      return 'here';
    }),
    never: os.handler(() => {
      calls.push('never');
      return new Promise<string>(() => undefined);
    }),
    refuse: os.handler(() => {
      throw new ORPCError('JOB_RUNNING', { defined: true, message: 'It is running already.' });
    }),
  },
};

interface Served {
  readonly transport: Transport;
  /** Ends the line as a host that dies does. */
  drop(): void;
}

function serve(): Served {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(router).upgrade(port1, { context: {} });
  port1.start();
  const closed = new Promise<'lost'>((resolve) => {
    port2.once('close', () => resolve('lost'));
  });
  const link: ClientLink<ClientContext> = new RPCLink({ port: port2 });
  port2.start();
  return { transport: { link, closed, close: () => port2.close() }, drop: () => port1.close() };
}

interface Client {
  works: { answer(): Promise<string>; never(): Promise<string>; refuse(): Promise<string> };
}

/** A connection whose attempts succeed only while `isUp`. */
function connect() {
  const state = { isUp: true, opened: 0, waits: [] as number[], lines: [] as Served[] };
  const wake = new Set<() => void>();
  const connection = new Connection({
    open() {
      if (!state.isUp) return Promise.reject(new Error('refused'));
      state.opened += 1;
      const line = serve();
      state.lines.push(line);
      return Promise.resolve(line.transport);
    },
    random: () => 0.5,
    delay(ms, signal) {
      state.waits.push(ms);
      return new Promise((resolve) => {
        wake.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    lostMessage: () => 'The host is away.',
  });
  const running = connection.run();
  const client = createORPCClient(connection) as unknown as Client;
  const tick = () => {
    for (const resolve of wake) resolve();
    wake.clear();
  };
  return { connection, client, state, tick, running };
}

describe('the line to the host', () => {
  it('lets the first calls wait until it stands', async () => {
    const { connection, client } = connect();
    expect(connection.state).toBe('connecting');
    await expect(client.works.answer()).resolves.toBe('here');
    expect(connection.state).toBe('connected');
    connection.close();
  });

  it('passes on what the host says, as its code', async () => {
    const { connection, client } = connect();
    await expect(client.works.refuse()).rejects.toMatchObject({ code: 'JOB_RUNNING' });
    expect(connection.state).toBe('connected');
    connection.close();
  });

  it('rejects what was under way when the line went, and asks it nowhere again', async () => {
    const { connection, client, state, tick } = connect();
    calls.length = 0;
    const pending = client.works.never();
    await vi.waitFor(() => expect(calls).toEqual(['never']));
    state.lines[0]?.drop();
    await expect(pending).rejects.toMatchObject({ code: CONNECTION_LOST, message: 'The host is away.' });
    await vi.waitFor(() => expect(connection.state).toBe('lost'));
    tick();
    await connection.whenConnected();
    await expect(client.works.answer()).resolves.toBe('here');
    expect(calls).toEqual(['never', 'answer']);
    connection.close();
  });

  it('rejects at once while the host is away, and tries ever less often', async () => {
    const { connection, client, state, tick } = connect();
    await connection.whenConnected();
    state.isUp = false;
    state.lines[0]?.drop();
    await vi.waitFor(() => expect(connection.state).toBe('lost'));
    await expect(client.works.answer()).rejects.toMatchObject({ code: CONNECTION_LOST });
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      tick();
      await vi.waitFor(() => expect(state.waits).toHaveLength(attempt));
    }
    expect(state.waits).toEqual([...state.waits].sort((a, b) => a - b));
    expect(new Set(state.waits).size).toBe(4);
    connection.close();
  });

  it('tries at once when it is woken', async () => {
    const { connection, state } = connect();
    await connection.whenConnected();
    state.lines[0]?.drop();
    await vi.waitFor(() => expect(state.waits).toHaveLength(1));
    connection.retryNow();
    await connection.whenConnected();
    expect(state.opened).toBe(2);
    connection.close();
  });

  it('opens no further line once it is closed', async () => {
    const { connection, state, running } = connect();
    await connection.whenConnected();
    connection.close();
    await running;
    expect(state.opened).toBe(1);
  });

  it('lets a wait for the line be given up', async () => {
    const { connection, state } = connect();
    await connection.whenConnected();
    state.isUp = false;
    state.lines[0]?.drop();
    await vi.waitFor(() => expect(connection.state).toBe('lost'));
    const giveUp = new AbortController();
    const waiting = connection.whenConnected(giveUp.signal);
    giveUp.abort(new Error('the screen has gone'));
    await expect(waiting).rejects.toThrow('the screen has gone');
    connection.close();
  });
});
