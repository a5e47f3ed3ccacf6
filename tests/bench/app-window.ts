/** `holdfast serve` and Chromium over it, as a person opens the app; windows whose caches are empty. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { PROBE } from './app-probe.ts';
import type { BenchContext } from './context.ts';

const READY_MS = 60_000;
const VIEWPORT = { width: 1440, height: 900 };

export const CHROMIUM = process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium';

export function hasChromium(): boolean {
  return existsSync(CHROMIUM);
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

export interface AppWindow {
  readonly page: Page;
  readonly cdp: CDPSession;
  close(): Promise<void>;
}

/** One served archive and one browser, which has been let in. */
export class ServedApp {
  readonly browser: Browser;
  readonly #server: ChildProcess;
  readonly #origin: string;
  readonly #session: Session;

  private constructor(server: ChildProcess, browser: Browser, origin: string, session: Session) {
    this.#server = server;
    this.browser = browser;
    this.#origin = origin;
    this.#session = session;
  }

  static async open(context: BenchContext, archive: string): Promise<ServedApp> {
    const [program = '', ...words] = context.holdfast('serve', '--archive', archive, '--json').argv;
    const server = spawn(program, words, {
      env: {
        ...process.env,
        HOME: context.path('home'),
        XDG_STATE_HOME: context.path('state'),
        XDG_CONFIG_HOME: context.path('config'),
        TZ: 'UTC',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      const url = await linkOf(server);
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        // In a container there is no user namespace to build the sandbox with; only our own pages are opened.
        args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
      });
      const first = await browser.newContext({ viewport: VIEWPORT });
      const page = await first.newPage();
      await page.goto(url);
      await page.locator('h1').first().waitFor();
      const session = await first.storageState();
      await first.close();
      return new ServedApp(server, browser, new URL(url).origin, session);
    } catch (error) {
      server.kill('SIGKILL');
      throw error;
    }
  }

  /** A window that has loaded nothing yet: neither files nor compiled scripts are kept from the one before. */
  async window(path: string): Promise<AppWindow> {
    const context = await this.browser.newContext({
      viewport: VIEWPORT,
      storageState: this.#session,
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    await context.addInitScript(PROBE);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    // Processor time and not wall time: other programs take none of it.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(this.#origin + path, { waitUntil: 'commit' });
    return { page, cdp, close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.browser.close();
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    const exited = once(this.#server, 'exit');
    this.#server.kill('SIGINT');
    await exited;
  }
}

async function linkOf(server: ChildProcess): Promise<string> {
  let told = '';
  const late = AbortSignal.timeout(READY_MS);
  return new Promise((resolve, reject) => {
    const fail = () => {
      reject(new Error(`holdfast serve told no link: ${told}`));
    };
    late.addEventListener('abort', fail, { once: true });
    server.once('exit', fail);
    server.stderr?.on('data', (data: Buffer) => (told += data.toString()));
    server.stdout?.on('data', (data: Buffer) => {
      told += data.toString();
      const url = /"url":\s*"([^"]+)"/.exec(told)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}
