import { mkdirSync } from 'node:fs';
import { INITIAL_SCRIPT_BUDGET, initialScripts } from '../../../scripts/renderer-budget.ts';
import { makeLargeArchive } from '../../browser/support/large-archive.ts';
import { firstPaint, heap, leastFrames, scrolling, searchAsTyped } from '../app-measures.ts';
import { CHROMIUM, hasChromium, ServedApp } from '../app-window.ts';
import type { BenchContext, Figure } from '../context.ts';
import { boundRow, notMeasured, type FigureResult, type Row } from '../report.ts';

/** What a person waits for in the app, in Chromium over `holdfast serve`. */
export const app: Figure = {
  name: 'app',
  about:
    'the app in Chromium over 1,000,000 replicas: first paint, scrolling, search as typed, heap, scripts',
  async measure(context: BenchContext): Promise<FigureResult> {
    const rows = [scripts(context)];
    const notes: string[] = [];
    if (!hasChromium()) {
      rows.push(notMeasured('the app in Chromium', NaN, 'ms', `there is no Chromium at ${CHROMIUM}`));
      return { rows, commands: [], notes };
    }
    const replicas = context.quick ? 100_000 : 1_000_000;
    const archive = context.path('app-archive');
    mkdirSync(archive);
    context.say(`making a catalogue of ${replicas.toLocaleString('en')} replicas in ${archive}`);
    makeLargeArchive(archive, replicas);
    const served = await ServedApp.open(context, archive);
    try {
      notes.push(`Chromium ${served.browser.version()}, ${replicas.toLocaleString('en')} replicas`);
      for (const measure of [
        () => firstPaint(served, '/overview', context.quick ? 5 : 12, notes),
        () => firstPaint(served, '/holdings', context.quick ? 5 : 12, notes),
        async () => {
          const row = await scrolling(served, context.quick ? 4 : 10, notes);
          await leastFrames(served, context.quick ? 4 : 10, notes);
          return row;
        },
        () => searchAsTyped(served, 'palette', notes),
        () => searchAsTyped(served, 'holdings', notes),
        () => heap(served, context.minutes, notes),
      ]) {
        const row = await measure();
        context.say(`  ${row.name}: ${row.ours}`);
        rows.push(row);
      }
      return { rows, commands: [], notes };
    } finally {
      await served.close();
      context.remove(archive);
    }
  },
};

function scripts(context: BenchContext): Row {
  const all = initialScripts(context.renderer);
  if (all.length === 0) throw new Error(`${context.renderer} asks for no script`);
  const bytes = all.reduce((sum, { gzipped }) => sum + gzipped, 0);
  return boundRow('initial scripts, gzipped', bytes / 1e3, INITIAL_SCRIPT_BUDGET / 1e3, 'KB', '');
}
