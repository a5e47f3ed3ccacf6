/** How a screen is looked at: axe, the width of the page, pictures for people. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { WINDOWS, type Theme } from './browser.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds against WCAG 2.2 AA, a line each; empty where nothing. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const where = target.map((part) => (typeof part === 'string' ? part : part.join(' '))).join(' ');
      return `${id}: ${help}; ${where}; ${failureSummary.replaceAll(/\s+/g, ' ')}`;
    }),
  );
}

/** By how many pixels the page is wider than its window; 0 is how it must be. */
export async function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth',
  );
}

/** A picture for people to look at, only where HOLDFAST_SHOTS names a folder; nothing of it is committed. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['HOLDFAST_SHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

export interface Look {
  readonly size: keyof typeof WINDOWS;
  readonly theme: Theme;
}

const LOOKS: readonly Look[] = [
  { size: 'usual', theme: 'light' },
  { size: 'small', theme: 'dark' },
  { size: 'usual', theme: 'dark' },
  { size: 'small', theme: 'light' },
];

/**
 * How each screen is looked at: each window and each theme once, for what a theme breaks (contrast) does not hang on the size, nor
 * what a size breaks on the theme; every pair of them in the long run and for pictures.
 */
export function looks(): readonly Look[] {
  const isThorough = process.env['HOLDFAST_LONG'] === '1' || process.env['HOLDFAST_SHOTS'] !== undefined;
  return isThorough ? LOOKS : LOOKS.slice(0, 2);
}

/** The screen as it stands, in both windows and both themes: axe, its width, and a picture for people. */
export async function lookEverywhere(page: Page, name: string): Promise<void> {
  const wrong: string[] = [];
  for (const { size, theme } of looks()) {
    await page.setViewportSize(WINDOWS[size]);
    // What happens to stand below the pointer once the window is another would show its tip.
    await page.mouse.move(0, 0);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await shot(page, `${name}-${size}-${theme}`);
    const by = await widerThanWindow(page);
    if (by > 0) wrong.push(`${name} is ${by} px wider than the window at ${size}`);
    wrong.push(...(await axeFindings(page)).map((finding) => `${size}, ${theme}: ${finding}`));
  }
  await page.setViewportSize(WINDOWS.usual);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  expect(wrong, name).toEqual([]);
}
