import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { emptySample, median, run, take, type Command, type Sample } from '../measure.ts';
import { measureAudit } from './million-audit.ts';
import { boundRow, commandLines, costNote, percent, type FigureResult } from '../report.ts';

const MEMORY_MB = 300;
/** Ten times the files may take eleven times as long. */
const LINEAR = 11;

/** A million small files: memory is bounded by what is in flight, and time grows with the files. */
export const millionFiles: Figure = {
  name: 'million-files',
  about: '1,000,000 small files: memory and time of an accession; memory, record and planning of an audit',
  async measure(context: BenchContext): Promise<FigureResult> {
    const many = context.quick ? 100_000 : 1_000_000;
    const few = many / 10;
    const rounds = context.quick ? 5 : 3;
    const tenth = await takeInto(context, 'tenth', few, rounds);
    context.remove(context.path('tenth-archive'));
    const whole = await takeInto(context, 'whole', many, 1, true);
    context.large = { archive: context.path('whole-archive'), replicas: many };
    const [a, b] = [few, many].map((files) => files.toLocaleString('en'));
    const ratio = median(whole.sample.seconds) / median(tenth.sample.seconds);
    const peak = Math.max(...whole.sample.peakMb);
    const fewSeconds = tenth.sample.seconds;
    return {
      rows: [
        {
          name: `accession of ${b} files: time`,
          ours: `${median(whole.sample.seconds).toFixed(1)} s`,
          peer: `${a} files ${median(fewSeconds).toFixed(1)} s`,
          measured: ratio,
          limit: LINEAR,
          unit: 'ratio',
          noise: `one round / ${percent((Math.max(...fewSeconds) - Math.min(...fewSeconds)) / median(fewSeconds))}`,
          holds: ratio <= LINEAR,
          samples: { ours: whole.sample, tenth: tenth.sample },
        },
        boundRow(`accession of ${b} files: memory`, peak, MEMORY_MB, 'MB', 'one round', whole.sample.peakMb),
        ...(whole.audit?.rows ?? []),
      ],
      commands: [...commandLines([tenth.command, whole.command]), ...(whole.audit?.commands ?? [])],
      notes: [
        ...(context.quick ? [`quick: ${b} and ${a} files in place of 1,000,000 and 100,000`] : []),
        costNote(`${a} files`, tenth.sample),
        tenth.cache,
        costNote(`${b} files`, whole.sample),
        whole.cache,
        ...(whole.audit?.notes ?? []),
      ],
    };
  },
};

async function takeInto(
  context: BenchContext,
  name: string,
  files: number,
  rounds: number,
  withAudit = false,
): Promise<{ sample: Sample; command: Command; cache: string; audit?: FigureResult }> {
  const dir = context.collection(name, { files, bytesPerFile: 512, kind: 'mp3' });
  const sample = emptySample();
  const command = context.accession(dir, context.path(`${name}-archive`));
  let before = 0;
  for (let round = 0; round < rounds; round += 1) {
    await context.freshArchive(`${name}-archive`);
    context.warm(dir);
    before = context.readCost(dir);
    const finished = await run(command);
    expectAccession(files)(finished);
    take(sample, finished);
  }
  // A system that takes back its page cache meanwhile makes the long run read from the disk, and the short one not.
  const after = context.readCost(dir);
  const archive = context.path(`${name}-archive`);
  const audit = withAudit ? await measureAudit(context, archive, files) : undefined;
  context.remove(dir);
  const cache = `${files.toLocaleString('en')} files: a bare loop reads one in ${before.toFixed(0)} µs before, ${after.toFixed(0)} µs after`;
  return { sample, command, cache, ...(audit && { audit }) };
}
