/** Lines to the host as the Electron shell has them: what is sent over one is input, and a port is not the same everywhere. */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { sharedFolder } from '../support/temp.ts';
import type { Client } from './transports.ts';

const folder = sharedFolder();
// One for all: whatever was sent to it before, it lives.
let host: Host;
beforeAll(async () => {
  const archive = join(folder, 'archive');
  await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
  host = await openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
});
afterAll(async () => void (await host.close()));

/** A client at the other end of a line that the host serves. */
function clientOf(): Client {
  const { port1, port2 } = new MessageChannel();
  host.serve(port1);
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  onTestFinished(() => port2.close());
  return client;
}

/** A port as Electron documents it outside a page: an EventEmitter, no EventTarget, whose messages come in an event. */
class ElectronPort extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port.close();
  }
}

describe('a port of Electron', () => {
  it('carries the contract, though it gives events and not what was sent', async () => {
    const { port1, port2 } = new MessageChannel();
    host.serve(new ElectronPort(port1));
    const client: Client = createORPCClient(new RPCLink({ port: port2 }));
    port2.start();
    onTestFinished(() => port2.close());
    expect((await client.archive.status()).archive.name).toBe('Test archive');
  });

  it('is closed by what is no message', async () => {
    const { port1, port2 } = new MessageChannel();
    host.serve(new ElectronPort(port1));
    const closed = once(port2, 'close');
    port2.postMessage({ data: '{"i":"1","p":{"u":"/archive/info"}}' });
    await closed;
  });
});

const circle: { self?: unknown } = {};
circle.self = circle;

describe('a MessagePort that carries what is not ours', () => {
  it.each<readonly [name: string, sent: unknown]>([
    ['a text', 'this is no message'],
    ['an empty text', ''],
    ['half a message', '{"i":"1","p":{"u":"/archive/in'],
    ['a call without an address', '{"i":"1"}'],
    ['a kind that there is not', '{"i":"1","t":99,"p":{}}'],
    ['a text of 10 MB', 'x'.repeat(10_000_000)],
    ['brackets without end', `{"i":"1","p":${'['.repeat(100_000)}}`],
    ['nothing', undefined],
    ['null', null],
    ['a number', Number.NaN],
    ['a message that was not written as text', { i: '1', p: { u: '/archive/info' } }],
    ['an object that holds itself', circle],
    ['bytes', new Uint8Array(1_000).fill(0xff)],
    ['an error', new Error('thrown over the line')],
    ['a map', new Map([['i', '1']])],
  ])('is closed by %s; the host lives, and says nothing', async (_, sent) => {
    const printed = vi.spyOn(console, 'error');
    onTestFinished(() => printed.mockRestore());
    const bystander = clientOf();
    const { port1, port2 } = new MessageChannel();
    host.serve(port1);
    const closed = once(port2, 'close');
    port2.postMessage(sent);
    await closed;
    expect((await bystander.archive.status()).archive.name).toBe('Test archive');
    expect((await clientOf().archive.status()).archive.name).toBe('Test archive');
    expect(printed).not.toHaveBeenCalled();
  });

  it('answers a call of a procedure that there is not, and hears the next one', async () => {
    const { port1, port2 } = new MessageChannel();
    host.serve(port1);
    onTestFinished(() => port2.close());
    port2.postMessage('{"i":"1","p":{"u":"/archive/burn"}}');
    const [refusal] = (await once(port2, 'message')) as [string];
    expect(JSON.parse(refusal)).toMatchObject({ i: '1', p: { s: 404 } });
    port2.postMessage('{"i":"2","p":{"u":"/archive/info"}}');
    const [info] = (await once(port2, 'message')) as [string];
    expect(info).toContain('Test archive');
  });
});
