import { describe, expect, it } from 'vitest';
import { lockContents, lockSession } from '../../../electron/main/lock-down.ts';
import { isOwnFrame, isOwnUrl, PRIVILEGED } from '../../../electron/main/origin.ts';
import { windowOptions } from '../../../electron/main/window-options.ts';

/** Addresses that look like the app's and are not. */
const FOREIGN = [
  'https://holdfast/',
  'app://holdfast.example/',
  'app://user@holdfast/',
  'app://holdfast:80/',
  'app://other/',
  'file:///etc/passwd',
  'data:text/html,x',
  'about:blank',
  'devtools://devtools/bundled/inspector.html',
  'javascript:alert(1)',
  '',
];

describe('the window', () => {
  const options = (isDevelopment: boolean) =>
    windowOptions({
      preload: '/p.cjs',
      icon: '/i.png',
      bounds: { width: 1, height: 1 },
      isDark: false,
      isDevelopment,
    });

  it('is sandboxed, isolated, without Node, webview or a way around web security', () => {
    expect(options(false).webPreferences).toEqual({
      preload: '/p.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: false,
    });
  });

  it('has developer tools in development only', () => {
    expect(options(true).webPreferences?.devTools).toBe(true);
  });

  it('is served by a scheme that is standard and secure, and neither bypasses the policy nor allows service workers', () => {
    expect(PRIVILEGED).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    });
  });
});

describe('the session', () => {
  interface Handlers {
    request?: (contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void;
    check?: (contents: unknown, permission: string) => boolean;
    device?: () => boolean;
    before?: (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;
  }

  function locked(isDevelopment: boolean): Required<Handlers> {
    const handlers: Handlers = {};
    const session = {
      setPermissionRequestHandler: (handler: Required<Handlers>['request']) => (handlers.request = handler),
      setPermissionCheckHandler: (handler: Required<Handlers>['check']) => (handlers.check = handler),
      setDevicePermissionHandler: (handler: Required<Handlers>['device']) => (handlers.device = handler),
      webRequest: { onBeforeRequest: (handler: Required<Handlers>['before']) => (handlers.before = handler) },
    };
    lockSession(session as unknown as Parameters<typeof lockSession>[0], { isDevelopment });
    return handlers as Required<Handlers>;
  }

  it.each([
    'media',
    'notifications',
    'geolocation',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'new-one',
  ])('refuses %s when it is requested and when it is checked', (permission) => {
    const { request, check, device } = locked(false);
    const answers: boolean[] = [];
    request(undefined, permission, (isGranted) => answers.push(isGranted));
    expect(answers).toEqual([false]);
    expect(check(undefined, permission)).toBe(false);
    expect(device()).toBe(false);
  });

  it('lets no request out, whichever page makes it', () => {
    const cancelled = (url: string, isDevelopment = false): boolean => {
      let result = false;
      locked(isDevelopment).before({ url }, ({ cancel }) => (result = cancel));
      return result;
    };
    expect(cancelled('app://holdfast/overview')).toBe(false);
    for (const url of FOREIGN) expect(cancelled(url), url).toBe(true);
    expect(cancelled('wss://example.org/')).toBe(true);
    expect(cancelled('devtools://devtools/x', true)).toBe(false);
    expect(cancelled('https://example.org/', true)).toBe(true);
  });
});

describe('every contents', () => {
  it('opens no window, goes nowhere and takes no webview', () => {
    const prevented: string[] = [];
    let open: ((details: { url: string }) => { action: string }) | undefined;
    const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
    lockContents({
      setWindowOpenHandler: (handler: unknown) => (open = handler as typeof open),
      on: (event: string, listener: (event: { preventDefault(): void }) => void) =>
        listeners.set(event, listener),
    });
    expect(open?.({ url: 'app://holdfast/overview' })).toEqual({ action: 'deny' });
    for (const [event, listener] of listeners) listener({ preventDefault: () => prevented.push(event) });
    expect(prevented.sort()).toEqual([
      'will-attach-webview',
      'will-frame-navigate',
      'will-navigate',
      'will-redirect',
    ]);
  });
});

describe('whoever sends a message', () => {
  it('is the app only by its exact address', () => {
    expect(isOwnUrl('app://holdfast/overview?q=1')).toBe(true);
    for (const url of FOREIGN) expect(isOwnUrl(url), url).toBe(false);
  });

  it('is a main frame that is still there', () => {
    expect(isOwnFrame({ url: 'app://holdfast/', parent: null })).toBe(true);
    expect(isOwnFrame({ url: 'app://holdfast/', parent: {} })).toBe(false);
    expect(isOwnFrame({ url: 'https://example.org/', parent: null })).toBe(false);
    expect(isOwnFrame(null)).toBe(false);
    expect(isOwnFrame(undefined)).toBe(false);
  });
});
