import { measureCatalogue } from '../catalogue-measures.ts';
import type { BenchContext, Figure } from '../context.ts';
import { notMeasured, type FigureResult } from '../report.ts';

/** The same over what an accession of a million files has really left behind. */
export const largeArchive: Figure = {
  name: 'large-archive',
  about: 'the catalogue that million-files leaves: the same measurements as catalogue',
  async measure(context: BenchContext): Promise<FigureResult> {
    if (context.large === undefined) {
      const missing = 'million-files was not run before it';
      return { rows: [notMeasured('taken catalogue', 1.5, 'GB', missing)], commands: [], notes: [] };
    }
    const { archive, replicas } = context.large;
    const result = await measureCatalogue(context, 'taken catalogue', archive, replicas);
    context.remove(archive);
    return result;
  },
};
