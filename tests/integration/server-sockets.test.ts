/** Who may drive the contract over the loopback shell's WebSocket, and what becomes of connections. */
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { connectToHost, askForLink } from '../../electron/cli/remote-host.ts';
import { loopback, sharedLoopback, type Loopback } from '../support/loopback.ts';

const theShell = sharedLoopback();

interface EndpointFile {
  readonly port: number;
  readonly secret: string;
  readonly pid: number;
}

function endpointOf({ archive }: Loopback): EndpointFile {
  return JSON.parse(readFileSync(join(archive, 'host-endpoint.json'), 'utf8')) as EndpointFile;
}

/** Calls `archive.info` as the renderer's client does, and returns the raw answer. */
async function callInfo(socket: WebSocket): Promise<string> {
  socket.send(JSON.stringify({ i: '1', p: { u: '/archive/info', b: {} } }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  return data.toString('utf8');
}

describe('a browser', () => {
  it('is let in with its cookie, from a page of this origin', async () => {
    const shell = theShell();
    const socket = await shell.socket({ cookie: await shell.enter(), origin: shell.origin });
    expect(socket).toBeInstanceOf(WebSocket);
    expect(await callInfo(socket as WebSocket)).toContain('Test archive');
  });

  it('is not without a cookie, nor with another', async () => {
    const shell = theShell();
    const { origin } = shell;
    expect(await shell.socket({ origin })).toBe(401);
    const cookie = `holdfast-${shell.server.port}=${'A'.repeat(43)}`;
    expect(await shell.socket({ origin, cookie })).toBe(401);
    expect(
      await shell.socket({ origin, cookie: `holdfast-${shell.server.port}=${await shell.token()}` }),
    ).toBe(401);
  });

  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    'https://127.0.0.1:PORT',
    undefined,
  ])('is not from a page of %s, cookie or not', async (name) => {
    const shell = theShell();
    const cookie = await shell.enter();
    const origin = name?.replace('PORT', String(shell.server.port));
    expect(await shell.socket({ cookie, ...(origin === undefined ? {} : { origin }) })).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('is not when it says that it asks for a page of %s', async (site) => {
    const shell = theShell();
    const headers = { cookie: await shell.enter(), origin: shell.origin, 'sec-fetch-site': site };
    expect(await shell.socket(headers)).toBe(403);
    // Opening a page is what may come from elsewhere; a WebSocket is no page, whatever it says.
    const disguised = { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await shell.socket(disguised)).toBe(403);
  });

  it('is not under another name (DNS rebinding)', async () => {
    const shell = theShell();
    const host = `evil.example:${shell.server.port}`;
    expect(await shell.socket({ cookie: await shell.enter(), host, origin: `http://${host}` })).toBe(421);
  });

  it('reaches nothing else by an upgrade', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const own = `Host: 127.0.0.1:${shell.server.port}\r\nCookie: ${cookie}\r\nOrigin: ${shell.origin}\r\n`;
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n`;
    expect(await shell.raw(`GET /media/rep-1 HTTP/1.1\r\n${own}${upgrade}`)).toMatch(/^HTTP\/1.1 404/);
    expect(await shell.raw(`GET /rpc%00 HTTP/1.1\r\n${own}${upgrade}`)).toMatch(/^HTTP\/1.1 404/);
    expect(await shell.raw(`POST /rpc HTTP/1.1\r\n${own}${upgrade}`)).toMatch(/^HTTP\/1.1 400/);
    const h2 = 'Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
    expect(await shell.raw(`GET /rpc HTTP/1.1\r\n${own}${h2}`)).toMatch(/^HTTP\/1.1 400/);
  });

  it('cannot say that somebody else acts', async () => {
    const shell = theShell();
    const headers = { cookie: await shell.enter(), origin: shell.origin, 'x-holdfast-agent': 'Mallory' };
    const socket = (await shell.socket(headers)) as WebSocket;
    socket.send(
      JSON.stringify({ i: '1', p: { u: '/agents/add', b: { json: { name: 'Named by a page' } } } }),
    );
    await once(socket, 'message');
    const { rows } = await shell.host.client.events.list({ limit: 1 });
    expect(rows[0]?.agent).toBe('Tester');
  });
});

describe('a connection', () => {
  it('is closed by a message that is too large, or no text', async () => {
    const shell = theShell();
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    const large = (await shell.socket(headers)) as WebSocket;
    large.send('x'.repeat(5 * 1024 * 1024));
    expect((await once(large, 'close'))[0]).toBe(1009);
    const binary = (await shell.socket(headers)) as WebSocket;
    binary.send(Buffer.from([1, 2, 3]));
    expect((await once(binary, 'close'))[0]).toBe(1003);
    const again = (await shell.socket(headers)) as WebSocket;
    expect(await callInfo(again)).toContain('Test archive');
  });

  it.each([
    'this is no message',
    '',
    'null',
    '[]',
    '{"i":"1"}',
    '{"i":{},"p":{"u":"/archive/info"}}',
    '{"i":"1","t":99,"p":{}}',
    '{"i":"1","t":3,"p":null}',
    '{"i":"1","p":{"u":"http://[","b":{}}}',
    '{"i":"1","p":{"u":7,"b":{}}}',
    '{"i":"1","p":{"u":"/archive/info","h":"x"}}',
    `{"i":"1","p":${'['.repeat(100_000)}}`,
  ])('is closed with a code by a text that is no message: %.60s', async (text) => {
    const shell = theShell();
    const printed = vi.spyOn(console, 'error');
    onTestFinished(() => printed.mockRestore());
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    const bystander = (await shell.socket(headers)) as WebSocket;
    const socket = (await shell.socket(headers)) as WebSocket;
    socket.send(text);
    expect((await once(socket, 'close'))[0]).toBe(1007);
    expect(await callInfo(bystander)).toContain('Test archive');
    expect(printed).not.toHaveBeenCalled();
  });

  it('goes on after a call was given up, whose word has no payload', async () => {
    const shell = theShell();
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    const socket = (await shell.socket(headers)) as WebSocket;
    socket.send('{"i":"9","t":4}');
    expect(await callInfo(socket)).toContain('Test archive');
  });

  it('goes on after a call whose headers promise another body', async () => {
    const shell = theShell();
    const printed = vi.spyOn(console, 'error');
    onTestFinished(() => printed.mockRestore());
    const socket = (await shell.socket({ cookie: await shell.enter(), origin: shell.origin })) as WebSocket;
    const h = { 'content-type': 'multipart/form-data; boundary=x' };
    socket.send(JSON.stringify({ i: '7', p: { u: '/archive/info', h, b: 'no form' } }));
    expect(await callInfo(socket)).toContain('Test archive');
    expect(printed).not.toHaveBeenCalled();
  });

  it('is one of so many', async () => {
    const shell = await loopback();
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    for (let n = 0; n < 32; n += 1) expect(await shell.socket(headers)).toBeInstanceOf(WebSocket);
    expect(await shell.socket(headers)).toBe(503);
  });

  it('that no longer answers is given up; one that does stays', async () => {
    const shell = await loopback({ heartbeatMs: 200 });
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    const alive = (await shell.socket(headers)) as WebSocket;
    const dead = (await shell.socket(headers, { autoPong: false })) as WebSocket;
    expect((await once(dead, 'close'))[0]).toBe(1006);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await callInfo(alive)).toContain('Test archive');
  });

  it('is told when the host goes away', async () => {
    const shell = await loopback();
    const headers = { cookie: await shell.enter(), origin: shell.origin };
    const socket = (await shell.socket(headers)) as WebSocket;
    const closed = once(socket, 'close');
    await shell.server.close();
    expect((await closed)[0]).toBe(1001);
    await expect(shell.ask('/')).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe('the command line', () => {
  it('finds the host by a file that only this user can read, and which goes with it', async () => {
    const shell = await loopback();
    const file = join(shell.archive, 'host-endpoint.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(endpointOf(shell)).toMatchObject({ port: shell.server.port, pid: process.pid });
    const connected = await connectToHost(shell.archive, 'Berta');
    expect(await connected?.client.archive.info()).toMatchObject({ name: 'Test archive' });
    await connected?.close();
    await shell.server.close();
    expect(() => statSync(file)).toThrow(/ENOENT/);
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
  });

  it('acts in the name of who typed it, whatever letters that has', async () => {
    const shell = theShell();
    for (const agent of ['Berta Novák', 'テスト', 'A, B; c="d"']) {
      const connected = await connectToHost(shell.archive, agent);
      await connected?.client.agents.add({ name: `Named by ${agent}` });
      await connected?.close();
      const { rows } = await shell.host.client.events.list({ limit: 1 });
      expect(rows[0]?.agent).toBe(agent);
    }
    await shell.host.client.agents.add({ name: 'Named by the host' });
    expect((await shell.host.client.events.list({ limit: 1 })).rows[0]?.agent).toBe('Tester');
  });

  it('is let in by its secret alone, and a page that knew it would not be', async () => {
    const shell = theShell();
    const { secret } = endpointOf(shell);
    const authorization = `Bearer ${secret}`;
    expect(await shell.socket({ authorization })).toBeInstanceOf(WebSocket);
    expect(await shell.socket({ authorization, origin: shell.origin })).toBe(401);
    expect(await shell.socket({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await shell.socket({ authorization: 'Bearer wrong', cookie: await shell.enter() })).toBe(401);
    expect((await shell.ask('/', { headers: { authorization } })).status).toBe(401);
  });

  it('gets a fresh link, which works', async () => {
    const shell = theShell();
    const url = (await askForLink(shell.archive)) ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect((await shell.ask(url.slice(shell.origin.length))).status).toBe(303);
  });

  it('tells its secret to whoever has the port now, and nothing else to one that cannot prove itself', async () => {
    const shell = await loopback();
    const endpoint = endpointOf(shell);
    await shell.server.close();
    let asked = 0;
    const impostor = createServer((_, response) => {
      asked += 1;
      response.end(JSON.stringify({ url: 'http://127.0.0.1:1/?token=theirs' }));
    });
    let heard = 0;
    new WebSocketServer({ server: impostor }).on('connection', (socket) => {
      asked += 1;
      socket.on('message', () => (heard += 1));
    });
    impostor.listen(0, '127.0.0.1');
    onTestFinished(() => void impostor.close());
    await once(impostor, 'listening');
    const { port } = impostor.address() as AddressInfo;
    const file = join(shell.archive, 'host-endpoint.json');
    writeFileSync(file, JSON.stringify({ schema: 1, ...endpoint, port }), { mode: 0o600 });
    expect(await askForLink(shell.archive)).toBeUndefined();
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
    expect([asked, heard]).toEqual([2, 0]);
  });

  it('believes no file that others could have written or read', async () => {
    const shell = await loopback();
    const file = join(shell.archive, 'host-endpoint.json');
    chmodSync(file, 0o644);
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
    chmodSync(file, 0o600);
    const copy = join(shell.dir, 'endpoint.json');
    writeFileSync(copy, readFileSync(file), { mode: 0o600 });
    writeFileSync(file, '{"schema":1,"port":"80"}');
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
    rmSync(file);
    symlinkSync(copy, file);
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
  });

  it('finds nobody where the process is gone', async () => {
    const shell = await loopback();
    const file = join(shell.archive, 'host-endpoint.json');
    const left = readFileSync(file);
    await shell.server.close();
    writeFileSync(file, left, { mode: 0o600 });
    expect(await connectToHost(shell.archive, 'Berta')).toBeUndefined();
    expect(await askForLink(shell.archive)).toBeUndefined();
  });
});
