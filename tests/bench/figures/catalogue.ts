import { makeCatalogue } from '../../fixtures/generate/catalogue.ts';
import { measureCatalogue } from '../catalogue-measures.ts';
import type { BenchContext, Figure } from '../context.ts';
import type { FigureResult } from '../report.ts';

/** Lists, searches and status over a large catalogue that a generator fills, verified copies and findings included. */
export const catalogue: Figure = {
  name: 'catalogue',
  about: 'a catalogue of 1,000,000 replicas: its size, pages of holdings, searches, status',
  async measure(context: BenchContext): Promise<FigureResult> {
    const replicas = context.quick ? 100_000 : 1_000_000;
    const archive = await context.freshArchive('made-archive');
    context.say(`making a catalogue of ${replicas.toLocaleString('en')} replicas in ${archive}`);
    const made = makeCatalogue({ path: `${archive}/catalogue.sqlite`, replicas });
    const result = await measureCatalogue(context, 'made catalogue', archive, made.replicas);
    context.remove(archive);
    return { ...result, notes: [`made catalogue: ${JSON.stringify(made)}`, ...result.notes] };
  },
};
