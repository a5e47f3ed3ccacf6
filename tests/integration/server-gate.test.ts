/** The loopback shell lets in whoever holds its link or its cookie, from its own pages, under its own name. */
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loopback, sharedLoopback, tokenOf } from '../support/loopback.ts';

const theShell = sharedLoopback();

const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('the link', () => {
  it('is exchanged for a cookie that scripts cannot read, and does not stay in the address', async () => {
    const shell = theShell();
    const token = tokenOf(shell.server.url);
    const { status, headers } = await shell.ask(`/?token=${token}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    const cookie = headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/^holdfast-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(token);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    const page = await shell.ask('/', { headers: { cookie: cookie.split(';', 1)[0] ?? '' } });
    expect(page.status).toBe(200);
  });

  it('works once: found later in a history or a list of processes it opens nothing', async () => {
    const shell = theShell();
    const token = await shell.token();
    const { headers } = await shell.ask(`/?token=${token}`);
    const cookie = headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '';
    const again = await shell.ask(`/?token=${token}`);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    // The browser that used it is only sent on.
    const own = await shell.ask(`/?token=${token}`, { headers: { cookie } });
    expect(own.status).toBe(303);
    expect(own.headers['set-cookie']).toBeUndefined();
  });

  it('is not used up by a look at it', async () => {
    const shell = theShell();
    const token = await shell.token();
    expect((await shell.ask(`/?token=${token}`, { method: 'HEAD' })).status).toBe(401);
    expect((await shell.ask(`/?token=${token}`)).status).toBe(303);
  });

  it.each(['', 'wrong', 'A'.repeat(43), '../../etc/passwd'])(
    'with another token (%j) opens nothing',
    async (token) => {
      const shell = theShell();
      const { status, headers } = await shell.ask(`/?token=${encodeURIComponent(token)}`);
      expect(status).toBe(401);
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it('has 256 bits that no other start shares', async () => {
    const [one, two] = [theShell(), await loopback()];
    expect(Buffer.from(await one.token(), 'base64url')).toHaveLength(32);
    expect((await one.ask(`/?token=${await two.token()}`)).status).toBe(401);
    expect(await one.token()).not.toBe(await one.token());
  });
});

describe('without the cookie', () => {
  it.each(['/', '/holdings/item-1', '/assets/main-Bq2f9aLx.js', '/icon.svg', '/media/rep-1', '/link'])(
    '%s is closed',
    async (path) => {
      const shell = theShell();
      const { status, text } = await shell.ask(path);
      expect([401, 405]).toContain(status);
      expect(text).not.toContain('csp-nonce');
    },
  );

  it.each([
    'holdfast=x',
    'session=1',
    'holdfast-PORT=',
    `holdfast-PORT=${'A'.repeat(43)}`,
    `holdfast-1=VALUE`,
  ])('a cookie such as %s is none', async (cookie) => {
    const shell = theShell();
    const [, value = ''] = (await shell.enter()).split('=', 2);
    const sent = cookie.replace('PORT', String(shell.server.port)).replace('VALUE', value);
    expect((await shell.ask('/', { headers: { cookie: sent } })).status).toBe(401);
  });

  it('the token itself is no cookie', async () => {
    const shell = theShell();
    const cookie = `holdfast-${shell.server.port}=${await shell.token()}`;
    expect((await shell.ask('/', { headers: { cookie } })).status).toBe(401);
  });
});

describe('under another name', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    '0.0.0.0:PORT',
    '[::1]:PORT',
    'LOCALHOST:PORT',
    '127.0.0.1:PORT@evil.example',
  ])('%j it does not answer, cookie or not (DNS rebinding)', async (name) => {
    const shell = theShell();
    const cookie = await shell.enter();
    const host = name.replace('PORT', String(shell.server.port));
    for (const path of ['/', '/icon.svg', '/media/rep-1', `/?token=${await shell.token()}`]) {
      const { status, text } = await shell.ask(path, { headers: { host, cookie } });
      expect(status).toBe(421);
      expect(text).not.toContain('csp-nonce');
    }
  });

  it('nor with two names, none, or a whole address as target', async () => {
    const shell = theShell();
    const { port } = shell.server;
    const cookie = await shell.enter();
    const rest = `Cookie: ${cookie}\r\nConnection: close\r\n\r\n`;
    const own = `Host: 127.0.0.1:${port}\r\n`;
    expect(await shell.raw(`GET / HTTP/1.1\r\n${own}Host: evil.example\r\n${rest}`)).toMatch(/^HTTP\/1.1 4/);
    expect(await shell.raw(`GET / HTTP/1.1\r\nHost: \r\n${rest}`)).toMatch(/^HTTP\/1.1 4/);
    expect(await shell.raw(`GET / HTTP/1.0\r\n${rest}`)).toMatch(/^HTTP\/1.1 421/);
    expect(await shell.raw(`GET http://evil.example/ HTTP/1.1\r\n${own}${rest}`)).toMatch(/^HTTP\/1.1 400/);
    expect(await shell.raw(`GET //evil.example/ HTTP/1.1\r\n${own}${rest}`)).toMatch(/^HTTP\/1.1 400/);
    expect(await shell.raw(`GET / HTTP/1.1\r\n${own}${rest}`)).toMatch(/^HTTP\/1.1 200/);
  });

  it('but as localhost too', async () => {
    const shell = theShell();
    const host = `localhost:${shell.server.port}`;
    expect((await shell.ask('/', { headers: { host, cookie: await shell.enter() } })).status).toBe(200);
  });
});

describe('for pages of others', () => {
  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
  ])('of origin %s nothing is answered', async (name) => {
    const shell = theShell();
    const cookie = await shell.enter();
    const origin = name.replace('PORT', String(shell.server.port));
    for (const method of ['GET', 'POST', 'OPTIONS', 'PUT', 'DELETE']) {
      const { status, headers } = await shell.ask('/icon.svg', { method, headers: { origin, cookie } });
      expect(status).toBe(403);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each(['cross-site', 'same-site', 'anything'])(
    'requests that the browser marks %s are refused, but for opening the app',
    async (site) => {
      const shell = theShell();
      const cookie = await shell.enter();
      const headers = { cookie, 'sec-fetch-site': site };
      for (const path of ['/', '/icon.svg', '/media/rep-1'])
        expect((await shell.ask(path, { headers })).status).toBe(403);
      const embedded = { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
      expect((await shell.ask('/', { headers: embedded })).status).toBe(403);
      expect((await shell.ask('/holdings', { headers: { ...headers, ...visit } })).status).toBe(200);
      for (const path of ['/icon.svg', '/media/rep-1', '/assets/main-Bq2f9aLx.js'])
        expect((await shell.ask(path, { headers: { ...headers, ...visit } })).status).toBe(403);
      expect((await shell.ask('/', { method: 'POST', headers: { ...headers, ...visit } })).status).toBe(403);
    },
  );

  it('a browser that keeps its cookie back is asked once more, by a page of this origin', async () => {
    const shell = theShell();
    const cross = { 'sec-fetch-site': 'cross-site', ...visit };
    expect((await shell.ask('/', { headers: cross })).text).toContain('http-equiv="refresh"');
    const own = { 'sec-fetch-site': 'same-origin', ...visit };
    expect((await shell.ask('/', { headers: own })).text).not.toContain('http-equiv="refresh"');
  });
});

describe('only reading is answered', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE'])(
    '%s changes nothing',
    async (method) => {
      const shell = theShell();
      const cookie = await shell.enter();
      for (const path of ['/', '/rpc', '/icon.svg', '/media/rep-1', '/?token=x']) {
        expect((await shell.ask(path, { method, headers: { cookie } })).status).toBe(403);
        const own = await shell.ask(path, { method, headers: { cookie, origin: shell.origin } });
        expect(own.status).toBe(405);
        expect(own.headers.allow).toBe('GET, HEAD');
      }
    },
  );

  it('whatever a header says the method is', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const headers = { cookie, 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' };
    expect((await shell.ask('/', { headers })).status).toBe(200);
    const post = { ...headers, origin: shell.origin, 'x-http-method-override': 'GET' };
    expect((await shell.ask('/', { method: 'POST', headers: post })).status).toBe(405);
  });

  it('the contract is not reached by plain requests, nor a link by a browser', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    expect((await shell.ask('/rpc', { headers: { cookie } })).status).toBe(426);
    expect((await shell.ask('/rpc/archive/status', { headers: { cookie } })).text).toContain('csp-nonce');
    const own = { cookie, origin: shell.origin };
    expect((await shell.ask('/link', { method: 'POST', headers: own })).status).toBe(401);
    for (const authorization of ['Bearer', 'Bearer x', `Bearer ${await shell.token()}`, 'Basic eDp5'])
      expect((await shell.ask('/link', { method: 'POST', headers: { authorization } })).status).toBe(401);
  });
});

describe('slow and large requests', () => {
  it('a body is not waited for', async () => {
    const shell = theShell();
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${shell.server.port}\r\nOrigin: ${shell.origin}\r\n`;
    expect(await shell.raw(`${head}Content-Length: 100000000\r\n\r\nx`)).toMatch(/^HTTP\/1.1 413/);
    expect(await shell.raw(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n`)).toMatch(/^HTTP\/1.1 413/);
  });

  it('nor are headers without end, or an address without end', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const big = 'x'.repeat(32 * 1024);
    expect((await shell.ask('/', { headers: { cookie, 'x-big': big } })).status).toBe(431);
    expect((await shell.ask(`/${'a'.repeat(5000)}`, { headers: { cookie } })).status).toBe(414);
  });

  it('a head that is sent drop by drop is cut off', async () => {
    const shell = theShell();
    const socket = connect(shell.server.port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${shell.server.port}\r\n`);
    const dripping = setInterval(() => socket.write('X-Drop: 1\r\n'), 500);
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    });
    clearInterval(dripping);
    expect((await shell.ask('/')).status).toBe(401);
  });
});
