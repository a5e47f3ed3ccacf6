import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  /** `b` begins what is asynchronous. */
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds that tasks of the page's main thread take from the beginning of each frame to that of the next. */
export async function frameWork(browser: Browser, page: Page, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['__metadata', 'toplevel', 'devtools.timeline'] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[];
  };
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const frameCounts = traceEvents.filter(isMain).map(({ pid, tid }) => {
    const own = traceEvents.filter((event) => event.pid === pid && event.tid === tid);
    return perFrame(own);
  });
  // Other pages of the browser have main threads too; the one that is scrolled draws the most.
  return frameCounts.reduce((most, each) => (each.length > most.length ? each : most), []);
}

function perFrame(events: readonly TraceEvent[]): number[] {
  const begins = events
    .filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'b')
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const tasks = events
    .filter(({ name }) => name === 'ThreadControllerImpl::RunTask' || name === 'RunTask')
    .sort((a, b) => a.ts - b.ts);
  const work = begins.slice(1).map(() => 0);
  let at = 0;
  for (const { ts, dur = 0 } of tasks) {
    // A task that begins the frame has begun a little before the event in it.
    while (at < work.length && ts + dur >= (begins[at + 1] ?? Infinity)) at += 1;
    if (at < work.length && ts + dur >= (begins[0] ?? 0)) work[at] = (work[at] ?? 0) + dur / 1_000;
  }
  return work;
}
