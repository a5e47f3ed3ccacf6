/** What a real browser, which holds the cookie, lets pages of others do to the loopback shell: nothing. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { chromium, type BrowserContext } from '@playwright/test';
import { expect, it, onTestFinished } from 'vitest';
import { sharedLoopback, type Loopback } from '../support/loopback.ts';
import { describeWith } from '../support/skips.ts';

const CHROMIUM = process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium';

async function browser(): Promise<BrowserContext> {
  // In a container there is no user namespace to build the sandbox with; only our own pages are opened.
  const launched = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  onTestFinished(() => launched.close());
  return launched.newContext();
}

/** Another local server: to a browser the same site as ours, and another origin. */
async function stranger(
  html = '<!doctype html><title>stranger</title>',
): Promise<{ url: string; cookies: string[] }> {
  const cookies: string[] = [];
  const server: Server = createServer((request, response) => {
    cookies.push(request.headers.cookie ?? '');
    response.setHeader('Content-Type', 'text/html').end(html);
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, cookies };
}

async function link(shell: Loopback): Promise<string> {
  return `${shell.origin}/?token=${await shell.token()}`;
}

describeWith({ that: `Chromium at ${CHROMIUM}`, available: existsSync(CHROMIUM) }, 'in Chromium', () => {
  const theShell = sharedLoopback();

  it('the link leaves the address, and the page comes back by its cookie, which no script can read', async () => {
    const shell = theShell();
    const page = await (await browser()).newPage();
    await page.goto(await link(shell));
    expect(page.url()).toBe(`${shell.origin}/`);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await page.evaluate('document.referrer')).toBe('');
    expect((await page.reload())?.status()).toBe(200);
    const opened = `new Promise((resolve) => {
      const socket = new WebSocket('/rpc');
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    })`;
    expect(await page.evaluate(opened)).toBe('open');
  });

  it('a link that is followed from another page ends in the app', async () => {
    const shell = theShell();
    const page = await (await browser()).newPage();
    const { url } = await stranger(`<!doctype html><a href="${await link(shell)}">open</a>`);
    await page.goto(url);
    await page.click('a');
    await page.waitForURL(`${shell.origin}/`);
    await page.waitForSelector('meta[property=csp-nonce]', { state: 'attached' });
  });

  it('an inline script, a handler, a form and a request elsewhere are stopped by the policy', async () => {
    const shell = theShell();
    const page = await (await browser()).newPage();
    await page.goto(await link(shell));
    const { url, cookies } = await stranger();
    // As hostile text would, had it become a part of the page. Evaluated from outside, which no policy binds.
    await page.evaluate(`(() => {
      document.body.innerHTML = '<img src=x onerror="window.ran = 1"><a id=a href="javascript:window.ran=2">x</a>' +
        '<form id=f action="${url}"></form><iframe src="${url}"></iframe><img src="${url}">';
      const script = document.createElement('script');
      script.textContent = 'window.ran = 3';
      document.body.append(script);
      document.getElementById('a').click();
      document.getElementById('f').submit();
      fetch('${url}').catch(() => {});
    })()`);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(page.url()).toBe(`${shell.origin}/`);
    expect(cookies).toEqual([]);
  });

  it.each(['127.0.0.1', 'localhost'])(
    'a page of another port of %s reads nothing, embeds nothing, opens nothing',
    async (name) => {
      const shell = theShell();
      const context = await browser();
      const own = await context.newPage();
      await own.goto(await link(shell));
      const page = await context.newPage();
      const { url, cookies } = await stranger();
      await page.goto(url.replace('127.0.0.1', name));
      // Ports do not part cookies: what guards is what the browser says of the origin.
      if (name === '127.0.0.1') expect(cookies[0]).toContain(`holdfast-${shell.server.port}=`);
      const tried: unknown = await page.evaluate(`(async () => {
      const at = (path) => '${shell.origin}' + path;
      const read = (path, init) => fetch(at(path), { credentials: 'include', ...init }).then((r) => r.text(), () => 'failed');
      const socket = await new Promise((resolve) => {
        const one = new WebSocket(at('/rpc').replace('http', 'ws'));
        one.onopen = () => resolve('open');
        one.onerror = () => resolve('refused');
      });
      const load = (tag, path) => new Promise((resolve) => {
        const element = document.createElement(tag);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('failed');
        element.src = at(path);
        document.body.append(element);
      });
      return {
        page: await read('/'),
        post: await read('/link', { method: 'POST' }),
        socket,
        image: await load('img', '/icon.svg'),
        script: await load('script', '/assets/main-Bq2f9aLx.js'),
      };
    })()`);
      expect(tried).toEqual({
        page: 'failed',
        post: 'failed',
        socket: 'refused',
        image: 'failed',
        script: 'failed',
      });
      const frame = await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = () => { try { resolve(String(frame.contentDocument?.body.innerHTML)); } catch { resolve('another origin'); } };
      frame.src = '${shell.origin}/';
      document.body.append(frame);
    })`);
      expect(frame).not.toContain('csp-nonce');
      expect(
        page.frames().some((each) => each.url().startsWith(shell.origin) && each !== page.mainFrame()),
      ).toBe(false);
    },
  );
});
