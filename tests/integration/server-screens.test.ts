/** The loopback shell gives out the built screens and nothing else, each with the policy that keeps hostile text from running. */
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loopback, sharedLoopback } from '../support/loopback.ts';

const theShell = sharedLoopback();

function policyOf(header: string | string[] | undefined): Map<string, string> {
  const text = Array.isArray(header) ? header.join(';') : (header ?? '');
  return new Map(
    text.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
}

describe('pages', () => {
  it.each(['/', '/overview', '/holdings/item-12', '/holdings?text=a.b', '/settings/policy'])(
    '%s is the app, with a nonce of its own',
    async (path) => {
      const shell = theShell();
      const cookie = await shell.enter();
      const nonces = new Set<string>();
      for (let n = 0; n < 3; n += 1) {
        const { status, headers, text } = await shell.ask(path, { headers: { cookie } });
        expect(status).toBe(200);
        const nonce = /content="([^"]+)"/.exec(text)?.[1] ?? '';
        expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
        expect(text).toBe(
          `<!doctype html><meta property="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`,
        );
        expect(policyOf(headers['content-security-policy']).get('style-src')).toBe(`'self' 'nonce-${nonce}'`);
        nonces.add(nonce);
      }
      expect(nonces.size).toBe(3);
    },
  );

  it('every page has a policy that lets nothing in: the app, the closed door, and the missing screens', async () => {
    const shell = theShell();
    const bare = await loopback({ screens: false });
    const cookie = await shell.enter();
    const answers = [
      await shell.ask('/', { headers: { cookie } }),
      await shell.ask('/anything/at/all', { headers: { cookie } }),
      await shell.ask('/'),
      await shell.ask('/?token=wrong'),
      await shell.ask('/', {
        headers: {
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
        },
      }),
      await bare.ask('/', { headers: { cookie: await bare.enter() } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 401, 401, 503]);
    for (const { headers } of answers) {
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      const policy = policyOf(headers['content-security-policy']);
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(policy.get('base-uri')).toBe("'none'");
      expect(policy.get('form-action')).toBe("'none'");
      expect([undefined, "'self'"]).toContain(policy.get('script-src'));
      expect([undefined, "'self'"]).toContain(policy.get('connect-src'));
      expect(headers['content-security-policy']).not.toMatch(/unsafe|data:|blob:|\*|https?:/);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('every answer forbids guessing its type, telling where one came from, and being embedded', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const paths = [
      '/',
      '/icon.svg',
      '/assets/main-Bq2f9aLx.js',
      '/none.txt',
      '/media/rep-1',
      '/media/x',
      '/rpc',
      '/%00',
    ];
    for (const path of paths) {
      const { headers } = await shell.ask(path, { headers: { cookie } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('HEAD tells the same without the page', async () => {
    const shell = theShell();
    const { status, headers, body } = await shell.ask('/', {
      method: 'HEAD',
      headers: { cookie: await shell.enter() },
    });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(body).toHaveLength(0);
  });
});

describe('files', () => {
  it('come with their type, and for ever where their name holds their digest', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const script = await shell.ask('/assets/main-Bq2f9aLx.js', { headers: { cookie } });
    expect(script.text).toBe('export {};\n');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const icon = await shell.ask('/icon.svg', { headers: { cookie } });
    expect(icon.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' });
    expect(icon.headers['content-security-policy']).toContain('sandbox');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/secret.txt%00.svg',
    '/icon.svg%00',
    '/icon.svg%2500',
    '/./../secret.txt',
    '/assets/..;/secret.txt',
    '/leak.txt',
    '/out/secret.txt',
    '/out/archive/archive.json',
    '/etc/passwd.txt',
    '/%2fetc%2fpasswd',
    '/index.html',
    '/.git/config.json',
    '/media/../icon.svg',
    '/media/%2e%2e%2f%2e%2e%2fsecret.txt',
  ])('%s leads nowhere', async (path) => {
    const shell = theShell();
    const { status, text } = await shell.ask(path, { headers: { cookie: await shell.enter() } });
    expect([400, 404]).toContain(status);
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain('<');
  });

  it('are those that were there at the start: a link laid since leads nowhere', async () => {
    const shell = theShell();
    const cookie = await shell.enter();
    const icon = join(shell.dir, 'renderer/icon.svg');
    unlinkSync(icon);
    symlinkSync(join(shell.dir, 'secret.txt'), icon);
    writeFileSync(join(shell.dir, 'renderer/new.txt'), 'SECRET');
    expect((await shell.ask('/icon.svg', { headers: { cookie } })).text).toContain('<svg');
    expect((await shell.ask('/new.txt', { headers: { cookie } })).status).toBe(404);
  });
});
