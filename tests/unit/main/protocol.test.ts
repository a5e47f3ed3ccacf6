import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { readScreens } from '../../../electron/host/screens.ts';
import { serveListening } from '../../../electron/main/host-listening.ts';
import type { Line } from '../../../electron/main/line.ts';
import { listen, Refused } from '../../../electron/main/listening.ts';
import { answer, type Served } from '../../../electron/main/protocol.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { tempFolder } from '../../support/temp.ts';

const SOUND = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));

/** As Electron's ports tell: the message in an event. */
function lineOf(port: MessagePort): Line {
  return {
    postMessage: (message) => port.postMessage(message),
    on(event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) {
      if (event === 'message') port.on('message', (data: unknown) => listener({ data }));
      else port.on('close', () => listener({ data: undefined }));
    },
    start: () => port.start(),
    close: () => port.close(),
  };
}

/** How often the file of a replica was closed. */
const closed = new Map<string, number>();

function open(replica: string): Promise<Awaited<ReturnType<typeof listen>>> {
  const { port1, port2 } = new MessageChannel();
  const count = (): void => void closed.set(replica, (closed.get(replica) ?? 0) + 1);
  serveListening(lineOf(port2), () => {
    if (replica === 'rep-2') return Promise.reject(new HoldfastError('NOT_FOUND', `There is no ${replica}.`));
    return Promise.resolve({
      size: SOUND.length,
      type: 'audio/wav',
      sha256: 'abc',
      read: (first: number, last: number) => {
        const stream = Readable.from(pieces(SOUND.subarray(first, last + 1)));
        stream.on('close', count);
        return stream;
      },
      close: () => Promise.resolve(count()),
    });
  });
  return listen(lineOf(port1));
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function served(): Served {
  const dir = join(tempFolder(), 'renderer');
  mkdirSync(join(dir, 'assets'), { recursive: true });
  writeFileSync(join(dir, '..', 'secret.txt'), 'secret');
  writeFileSync(join(dir, 'index.html'), '<meta nonce="__CSP_NONCE__">');
  writeFileSync(join(dir, 'assets', 'main.js'), 'export {};');
  symlinkSync(join(dir, '..', 'secret.txt'), join(dir, 'link.txt'));
  return { screens: readScreens(dir), listen: open };
}

const get = (address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  answer({ url: address, method, headers: new Headers(headers) } as Request, served());

describe('app://holdfast', () => {
  it('answers places with the page, a policy and a nonce of its own each time', async () => {
    const first = await get('app://holdfast/holdings/rep-1?q=x');
    const second = await get('app://holdfast/');
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self'; media-src 'self'; ` +
        "manifest-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(await first.text()).toBe(`<meta nonce="${nonce}">`);
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(first.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('answers files of the renderer as what they are, inert', async () => {
    const response = await get('app://holdfast/assets/main.js');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*sandbox$/);
  });

  it.each([
    'app://holdfast/../secret.txt',
    'app://holdfast/assets/../../secret.txt',
    'app://holdfast/%2e%2e/secret.txt',
    'app://holdfast/..%2fsecret.txt',
    'app://holdfast/..%5csecret.txt',
    'app://holdfast/assets/%252e%252e/secret.txt',
    'app://holdfast/link.txt',
    'app://holdfast/secret.txt',
    'app://holdfast/index.html',
    'app://holdfast//etc/hosts.txt',
    'app://holdfast/%00.txt',
    'app://other/assets/main.js',
    // As long as the right one.
    'app://holdfost/assets/main.js',
    'file:///etc/hosts.txt',
  ])('gives nothing for %s', async (address) => {
    const response = await get(address);
    expect([400, 403, 404]).toContain(response.status);
    expect(await response.text()).not.toMatch(/secret$|localhost/);
  });

  it('can only be read', async () => {
    expect((await get('app://holdfast/', {}, 'POST')).status).toBe(405);
  });
});

describe('app://holdfast/media', () => {
  it('sends a recording whole, over a line from the host', async () => {
    const response = await get('app://holdfast/media/rep-1');
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(SOUND)).toBe(true);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
  });

  it.each([
    ['bytes=100000-199999', 100_000, 199_999],
    ['bytes=299999-', 299_999, 299_999],
    ['bytes=-10', 299_990, 299_999],
  ])('sends %s', async (range, first, last) => {
    const response = await get('app://holdfast/media/rep-1', { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${last}/300000`);
    expect(Buffer.from(await response.arrayBuffer()).equals(SOUND.subarray(first, last + 1))).toBe(true);
  });

  it('refuses what lies behind the end, and sends all where the player has another file', async () => {
    expect((await get('app://holdfast/media/rep-1', { range: 'bytes=300000-' })).status).toBe(416);
    const other = await get('app://holdfast/media/rep-1', { range: 'bytes=1-2', 'if-range': '"old"' });
    expect(other.status).toBe(200);
    await other.body?.cancel();
  });

  it('closes the file when the player hangs up', async () => {
    const response = await get('app://holdfast/media/rep-3');
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(() => closed.get('rep-3')).toBe(1);
  });

  it('says why nothing is heard, and asks the host for nothing but replicas', async () => {
    const missing = await get('app://holdfast/media/rep-2');
    expect([missing.status, await missing.text()]).toEqual([404, 'There is no rep-2.\n']);
    for (const name of ['', 'obj-1', 'rep-1/x', 'rep-', '..%2f..%2fetc%2fpasswd'])
      expect((await get(`app://holdfast/media/${name}`)).status).toBe(400);
  });

  it('ends with the host', async () => {
    const { port1, port2 } = new MessageChannel();
    const waiting = listen(lineOf(port1));
    port2.close();
    await expect(waiting).rejects.toBeInstanceOf(Refused);
  });
});
