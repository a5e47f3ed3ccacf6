/** What a person waits for in the app over a large archive; docs/benchmarks.md tells how each is measured. */
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { frameWork } from './app-trace.ts';
import type { AppWindow, ServedApp } from './app-window.ts';
import { median, quantile } from './measure.ts';
import { boundRow, type Row } from './report.ts';

const PAINT_MS = 1_000;
const FRAME_MS = 20;
const KEY_MS = 100;
const HEAP_MB = 150;

const LATE_MS = 20_000;
const WHEEL_PIXELS = 240;
const TRACED_MS = 4_000;
/** Between keys: somebody who types a hundred words in a minute. */
const TYPING_MS = 120;

/** Words, and beginnings of words, that the made catalogue answers; none is typed twice in one field. */
const WORDS = [
  'love',
  'kettle',
  'winter',
  'sonata',
  'Dvořák',
  'tisatazo',
  'George',
  'mazurka',
  'песня',
  'quartet',
  'stairwell',
  'morning',
  'flac',
  'bridge',
];

/** From the first byte of the document to the frame that shows what the page is for. */
export async function firstPaint(app: ServedApp, path: string, loads: number, notes: string[]): Promise<Row> {
  const times: number[] = [];
  const work: number[] = [];
  for (let round = 0; round < loads; round += 1) {
    const { page, cdp, close } = await app.window(path);
    times.push(await page.evaluate<number>('probe.useful'));
    work.push((await taskSeconds(cdp)) * 1_000);
    await close();
  }
  notes.push(
    `first useful paint of ${path}, ${String(loads)} cold loads: ${told(times)}; processor time of the main thread until then: ${told(work)}; ${load()}`,
  );
  return row(`first useful paint of ${path}, p95`, PAINT_MS, times);
}

/**
 * The least that frames cost here and now: a page of the same browser that has nothing but lines of text in a box of the size of the
 * list, and no script. It counts for nothing and tells what of the figure is the machine's.
 */
export async function leastFrames(app: ServedApp, seconds: number, notes: string[]): Promise<void> {
  const { page, cdp, close } = await app.window('/overview');
  await page.evaluate('probe.useful');
  await page.evaluate('probe.plainList()');
  await page.mouse.move(800, 500);
  const { intervals, longFrames, busy } = await framesOf({ page, cdp }, seconds);
  await close();
  notes.push(
    `the least here: a plain box of text of the same size, scrolled likewise for ${String(seconds)} s: ${String(intervals.length)} frames, ` +
      `interval ${told(intervals)}, ${String(longFrames)} frames over 50 ms; ${busy.toFixed(1)} ms of a processor by the main thread a frame; ${load()}`,
  );
}

async function framesOf(
  { page, cdp }: Pick<AppWindow, 'page' | 'cdp'>,
  seconds: number,
): Promise<{ intervals: number[]; longFrames: number; busy: number }> {
  await page.evaluate('probe.watchFrames()');
  const before = await taskSeconds(cdp);
  await wheel(page, seconds * 1_000);
  const after = await taskSeconds(cdp);
  const { times, longFrames } = await page.evaluate<{ times: number[]; longFrames: number }>(
    'probe.frames()',
  );
  const intervals = times.slice(1).map((at, i) => at - (times[i] ?? at));
  return { intervals, longFrames, busy: ((after - before) * 1_000) / intervals.length };
}

export async function scrolling(app: ServedApp, seconds: number, notes: string[]): Promise<Row> {
  const { page, cdp, close } = await app.window('/holdings');
  await ready(page);
  await page.mouse.move(800, 500);
  const { intervals, longFrames, busy } = await framesOf({ page, cdp }, seconds);
  const reached = Number(await page.locator('[role=row][data-index]').first().getAttribute('data-index'));
  if (!(reached > 100)) throw new Error(`the holdings were scrolled to row ${String(reached)} only`);
  const traced = await frameWork(app.browser, page, () => wheel(page, TRACED_MS));
  await close();
  notes.push(
    `scrolling ${String(seconds)} s to row ${String(reached)}: ${String(intervals.length)} frames, interval ${told(intervals)}, ` +
      `${String(longFrames)} frames over 50 ms; ${busy.toFixed(1)} ms of a processor by the main thread a frame; ${load()}`,
    `scrolling traced for ${String(TRACED_MS / 1_000)} s more: tasks of the main thread within a frame ${told(traced)}`,
    'without a GPU: Chromium draws and composes on the processor (--disable-gpu, no screen), which takes its share of both ' +
      'cores; the interval between calls of requestAnimationFrame counts, and is never under the 16.7 ms of 60 frames a second',
  );
  return row('scrolling holdings, frame p95', FRAME_MS, intervals);
}

/** Each key, from its input event to the frame that shows the answer to it or to a later one. */
export async function searchAsTyped(
  app: ServedApp,
  place: 'palette' | 'holdings',
  notes: string[],
): Promise<Row> {
  const { page, cdp, close } = await app.window('/holdings');
  await ready(page);
  const before = await taskSeconds(cdp);
  await page.evaluate(`probe.watchKeys('${place}')`);
  const field =
    place === 'palette' ? page.locator('[role=dialog] input') : page.locator('input[type=search]').first();
  if (place === 'palette') await page.keyboard.press('Control+k');
  await field.focus();
  const answers: { text: string; ms: number }[] = [];
  for (const word of WORDS) {
    for (const letter of word) {
      await page.keyboard.type(letter);
      await pause(TYPING_MS);
    }
    await until(page, 'probe.waiting() === 0');
    await pause(TYPING_MS);
    answers.push(...(await page.evaluate<typeof answers>('probe.answers()')));
    const rows = await page
      .locator(place === 'palette' ? '[role=dialog] [role=option] svg' : '[role=row][data-index]')
      .count();
    if (rows === 0) throw new Error(`nothing was found by "${word}" in the ${place}`);
    await field.press('Control+a');
    await page.keyboard.press('Delete');
    await pause(400);
    await page.evaluate('probe.forget()');
  }
  const keys = [...WORDS.join('')].length;
  const busy = (((await taskSeconds(cdp)) - before) * 1_000) / keys;
  await close();
  if (answers.length !== keys)
    throw new Error(`${String(answers.length)} of ${String(keys)} keys were answered in the ${place}`);
  const times = answers.map(({ ms }) => ms);
  const slowest = answers.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
  notes.push(
    `search in the ${place}, ${String(times.length)} keys: ${told(times)}; the slowest ` +
      `${slowest.map(({ text, ms }) => `"${text}" ${ms.toFixed(0)} ms`).join(', ')}; ` +
      `${busy.toFixed(1)} ms of a processor by the main thread a key, clearing the field included; ${load()}`,
  );
  return row(`search as typed in the ${place}, p95`, KEY_MS, times);
}

/** The heap of scripts after use, garbage collected, at its highest. */
export async function heap(app: ServedApp, minutes: number, notes: string[]): Promise<Row> {
  const { page, cdp, close } = await app.window('/overview');
  await page.evaluate('probe.useful');
  const sizes: number[] = [await heapMb(cdp)];
  const ends = performance.now() + minutes * 60_000;
  let rounds = 0;
  while (performance.now() < ends) {
    await useEverything({ page });
    rounds += 1;
    sizes.push(await heapMb(cdp));
  }
  const { nodes } = (await cdp.send('Memory.getDOMCounters')) as { nodes: number };
  await close();
  const [start = 0] = sizes;
  const end = sizes.at(-1) ?? start;
  // What is kept on purpose is there after the first rounds; what comes later is growth.
  const settled = sizes[Math.min(2, sizes.length - 1)] ?? start;
  const minutesEach = minutes / Math.max(1, rounds);
  const growth = (end - settled) / Math.max(1, rounds - 2) / minutesEach;
  notes.push(
    `heap after ${String(minutes)} minutes, ${String(rounds)} rounds: ${start.toFixed(1)} MB at first, ${settled.toFixed(1)} MB after ` +
      `two rounds, ${end.toFixed(1)} MB at last, ${growth.toFixed(2)} MB a minute; ${String(nodes)} nodes; ${load()}`,
  );
  const noise = `from ${start.toFixed(0)}, at last ${end.toFixed(0)} MB`;
  return boundRow(
    `renderer heap within ${String(minutes)} min of use`,
    Math.max(...sizes),
    HEAP_MB,
    'MB',
    noise,
    sizes,
  );
}

/** Each place of the rail, a scrolled list, a few things of it, a search, the palette. */
async function useEverything({ page }: Pick<AppWindow, 'page'>): Promise<void> {
  const go = async (letter: string, path: string) => {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    await page.waitForURL((url) => url.pathname.startsWith(path));
    await page.locator('h1').first().waitFor();
    await pause(300);
  };
  await page.keyboard.press('Escape');
  await page.locator('h1').first().focus();
  await go('h', '/holdings');
  await ready(page);
  await page.mouse.move(800, 500);
  await wheel(page, 5_000);
  const grid = page.getByRole('grid').first();
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  // Beside an open pane the list is read row by row, and the pane follows.
  for (let row = 0; row < 5; row += 1) {
    await page.keyboard.press('ArrowDown');
    await pause(400);
  }
  await page.keyboard.press('Escape');
  await page.locator('input[type=search]').first().fill('winter');
  await pause(600);
  await page.locator('input[type=search]').first().fill('');
  await pause(400);
  await page.locator('h1').first().focus();
  await page.keyboard.press('Control+k');
  for (const letter of 'nocturne') {
    await page.keyboard.type(letter);
    await pause(TYPING_MS);
  }
  await page.keyboard.press('Escape');
  await page.locator('h1').first().focus();
  await go('a', '/accessions');
  await go('l', '/locations');
  await go('e', '/log');
  await page.mouse.move(800, 500);
  await wheel(page, 2_000);
  await go('o', '/overview');
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** Not `waitForFunction`: the policy of the app lets no text be evaluated within the page. */
async function until(page: Page, condition: string): Promise<void> {
  const late = performance.now() + LATE_MS;
  while (!(await page.evaluate<boolean>(condition))) {
    if (performance.now() > late) throw new Error(`not within ${String(LATE_MS)} ms: ${condition}`);
    await pause(20);
  }
}

async function ready(page: Page): Promise<void> {
  await until(page, 'probe.isUseful()');
  await pause(500);
}

/** A wheel that is turned without a rest, about once a frame. */
async function wheel(page: Page, ms: number): Promise<void> {
  const ends = performance.now() + ms;
  while (performance.now() < ends) {
    await page.mouse.wheel(0, WHEEL_PIXELS);
    await pause(10);
  }
}

/** Seconds of a processor that tasks of the main thread have taken so far. */
async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  return all.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
}

function row(name: string, limit: number, times: readonly number[]): Row {
  const noise = `p50 ${median(times).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
  return boundRow(name, quantile(times, 0.95), limit, 'ms', noise, times);
}

function told(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}, max ${Math.max(...times).toFixed(1)} ms`;
}

function load(): string {
  return `load ${(loadavg()[0] ?? NaN).toFixed(1)}`;
}
