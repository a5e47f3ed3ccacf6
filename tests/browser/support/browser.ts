/**
 * Chromium over the loopback shell. It is Debian's own, driven by Playwright as a library: where it is absent the journeys are
 * left out by name (skips.ts). A visit fails on whatever a person would not see: errors on the console, violations of the
 * policy, requests that failed.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect } from 'vitest';
import { describeWith } from '../../support/skips.ts';
import type { Served } from './archive.ts';

const CHROMIUM = process.env['HOLDFAST_CHROMIUM'] ?? '/usr/bin/chromium';
/** What the browser says of a host that was stopped on purpose, and of one that was started anew and does not know it. */
const LOST_LINE =
  /WebSocket|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|401: \S+\/first-theme\.js|status of 401/;

export const WINDOWS = { usual: { width: 1440, height: 900 }, small: { width: 1024, height: 700 } } as const;
export type Theme = 'light' | 'dark';

export interface VisitOptions {
  readonly theme?: Theme;
  readonly window?: { readonly width: number; readonly height: number };
  /** CSS pixels to device pixels, as a zoomed page has fewer of the first in the same window. */
  readonly scale?: number;
}

/** One person's window on one served archive. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** From here on a lost connection is part of the journey. */
  expectLostLine(): void;
  /** Opens a path of the app within the session. */
  goto(path: string): Promise<void>;
  /** @throws when something went wrong that a person would not have seen. */
  close(): Promise<void>;
}

export interface Visitor {
  visit(served: Served, options?: VisitOptions): Promise<Visit>;
}

/** A suite with a browser of its own. Where there is none, its tests are named as left out. */
export function describeInBrowser(name: string, suite: (visitor: Visitor) => void): void {
  describeWith({ that: `Chromium at ${CHROMIUM}`, available: existsSync(CHROMIUM) }, name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        // In a container there is no user namespace to build the sandbox with; only our own pages are opened.
        args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      });
    });
    afterAll(() => browser?.close());
    suite({
      visit: (served, options) => {
        if (browser === undefined) throw new Error('a visit begins within a test or its hooks');
        return visit(browser, served, options);
      },
    });
  });
}

async function visit(browser: Browser, served: Served, options: VisitOptions = {}): Promise<Visit> {
  const { theme = 'light', window = WINDOWS.usual, scale = 1 } = options;
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: window,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  // A machine beside which others work may be slow by ten; only what never comes is wrong.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const wrong: string[] = [];
  let mayLoseLine = false;
  const note = (what: string): void => {
    if (!mayLoseLine || !LOST_LINE.test(what)) wrong.push(what);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`page error: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A page that is left takes its requests with it.
    if (why !== 'net::ERR_ABORTED') note(`request failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) note(`answered ${response.status()}: ${response.url()}`);
  });
  await page.goto(served.newLink(), { waitUntil: 'domcontentloaded' });
  await settled(page);
  return {
    page,
    context,
    expectLostLine: () => {
      mayLoseLine = true;
    },
    async goto(path) {
      await page.goto(new URL(path, served.origin).href, { waitUntil: 'domcontentloaded' });
      await settled(page);
    },
    async close() {
      await context.close();
      expect(wrong, 'errors on the console, violations of the policy, failed requests').toEqual([]);
    },
  };
}

/** Waits until the screen shows what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  // Skeletons stand for what is on its way.
  await page.locator('[class*=skeleton]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
}
