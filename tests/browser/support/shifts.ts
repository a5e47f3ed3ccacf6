import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { settled } from './browser.ts';

/** What a browser counts of a shift by size and distance; a row that moves by a line in a usual window is ten times that. */
const SEEN = 0.003;
/** Answers are held back by this much at the least and the most, in ms, so that they come apart from each other and out of order. */
const HELD = { least: 150, step: 90, steps: 5 } as const;
const REST_MS = 1_000;

const WATCH = `(() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      if (value < ${SEEN}) continue;
      const of = sources.map(({ node, previousRect, currentRect }) =>
        (node?.textContent ?? '').slice(0, 40) + ' ' + previousRect.y + ' → ' + currentRect.y);
      window.shifts.push(of.join('; '));
    }
  }).observe({ type: 'layout-shift', buffered: true });
})()`;

export interface Shifts {
  /** Waits until the screen has what it asked for and rests; what had moved by itself until then, a line each. */
  rested(): Promise<string[]>;
}

/** Holds the answers of the host back on every screen that is opened from here on, and looks for what moves when they come. */
export async function watchShifts(page: Page): Promise<Shifts> {
  await page.addInitScript(WATCH);
  await page.routeWebSocket(/.*/, (socket) => {
    const host = socket.connectToServer();
    let count = 0;
    host.onMessage((message) => {
      const late = HELD.least + (count++ % HELD.steps) * HELD.step;
      setTimeout(() => socket.send(message), late);
    });
    socket.onMessage((message) => host.send(message));
  });
  return {
    async rested() {
      await settled(page);
      await wait(HELD.least + HELD.step * HELD.steps + REST_MS);
      return page.evaluate<string[]>('window.shifts');
    },
  };
}
