import { mkdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { writeArchiveFile } from '../../../electron/adapters/sqlite/archive-file.ts';
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
    const archive = context.path('made-archive');
    mkdirSync(archive);
    const path = `${archive}/catalogue.sqlite`;
    context.say(`making a catalogue of ${replicas.toLocaleString('en')} replicas in ${archive}`);
    const made = makeCatalogue({ path, replicas });
    nameArchive(archive, path);
    const result = await measureCatalogue(context, 'made catalogue', archive, made.replicas);
    context.remove(archive);
    return { ...result, notes: [`made catalogue: ${JSON.stringify(made)}`, ...result.notes] };
  },
};

/** What makes a folder with a catalogue an archive. */
export function nameArchive(archive: string, path: string): void {
  const db = new Database(path, { readonly: true });
  const { id, name } = db.prepare('SELECT id, name FROM archive').get() as { id: string; name: string };
  const schemaVersion = db.pragma('user_version', { simple: true }) as number;
  db.close();
  writeArchiveFile(archive, { id, name, schemaVersion });
}
