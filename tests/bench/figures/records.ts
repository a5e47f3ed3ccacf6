import { mkdirSync } from 'node:fs';
import { makeLargeArchive } from '../../browser/support/large-archive.ts';
import type { BenchContext, Figure } from '../context.ts';
import { emptySample, median, run, spread, take, type Finished } from '../measure.ts';
import { boundRow, commandLines, costNote, percent, type FigureResult } from '../report.ts';

/** Contents a second. */
const RATE = 20_000;
const MEMORY_MB = 300;

/** PREMIS of everything, as a whole process: planned, read, written, synced, its SHA-256 recorded in the log. */
export const records: Figure = {
  name: 'records',
  about: 'PREMIS of a catalogue of 1,000,000 replicas: export premis --all',
  async measure(context: BenchContext): Promise<FigureResult> {
    const replicas = context.quick ? 100_000 : 1_000_000;
    const archive = context.path('records-archive');
    mkdirSync(archive);
    context.say(`making a catalogue of ${replicas.toLocaleString('en')} replicas in ${archive}`);
    makeLargeArchive(archive, replicas);
    const out = context.path('records-out');
    const command = context.holdfast(
      'export',
      'premis',
      '--all',
      '--archive',
      archive,
      '--out',
      out,
      '--json',
    );
    const sample = emptySample();
    let written = { files: 0, size: 0 };
    for (let round = 0; round < 3; round++) {
      context.remove(out);
      const finished = await run(command);
      written = writtenBy(finished);
      take(sample, finished);
    }
    context.remove(out);
    context.remove(archive);
    const times = sample.seconds.map((seconds) => seconds * 1000);
    const files = written.files.toLocaleString('en');
    return {
      rows: [
        boundRow(
          `PREMIS of ${files} contents, at ${RATE.toLocaleString('en')} a second`,
          median(times),
          (written.files / RATE) * 1000,
          'ms',
          percent(spread(times)),
          times,
        ),
        boundRow('memory of that', Math.max(...sample.peakMb), MEMORY_MB, 'MB', ''),
      ],
      commands: commandLines([command]),
      notes: [
        costNote('PREMIS', sample),
        `${files} contents in ${(written.size / 1e9).toFixed(2)} GB: ${Math.round(written.files / (median(times) / 1000)).toLocaleString('en')} a second`,
      ],
    };
  },
};

function writtenBy({ stdout }: Finished): { files: number; size: number } {
  const { counts, size } = JSON.parse(stdout) as { counts?: { files?: number }; size: number };
  const files = counts?.files ?? 0;
  if (files === 0) throw new Error(`nothing was exported: ${stdout.slice(0, 500)}`);
  return { files, size };
}
