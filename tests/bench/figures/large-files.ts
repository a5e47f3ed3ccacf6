import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, findProgram, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult } from '../report.ts';

/**
 * More than 1 GB in files of 15 to 40 MB, against hashdeep with the digest alone: what has no essence, so that both digest the same once,
 * and FLAC, of which we digest the essence as well, and check every frame.
 */
export const largeFiles = figure('large-files', 'random', 0.6, 'accession of large files');
export const flacFiles = figure('flac-files', 'flac', 1.2, 'accession of FLAC with essence and frame CRCs');

function figure(name: string, kind: 'random' | 'flac', limit: number, title: string): Figure {
  return {
    name,
    about: `1.2 GB in files of 15 to 40 MB${kind === 'flac' ? ' of FLAC' : ''}: accession against hashdeep`,
    measure: (context) => measure(context, name, kind, limit, title),
  };
}

async function measure(
  context: BenchContext,
  name: string,
  kind: 'random' | 'flac',
  limit: number,
  title: string,
): Promise<FigureResult> {
  const hashdeep = findProgram('hashdeep');
  if (hashdeep === undefined)
    return {
      rows: [notMeasured(title, limit, 'ratio', 'hashdeep is not installed')],
      commands: [],
      notes: [],
    };
  const files = 42;
  const dir = context.collection(name, { files, bytesPerFile: { min: 15 << 20, max: 40 << 20 }, kind });
  const archive = context.path(`${name}-archive`);
  const ours: Contender = {
    prepare: async () => {
      await context.freshArchive(`${name}-archive`);
      context.warm(dir);
    },
    command: context.accession(dir, archive),
    check: expectAccession(files),
  };
  const peer: Contender = {
    prepare: () => {
      context.warm(dir);
    },
    command: { argv: [hashdeep, '-c', 'sha256', '-r', dir], stdout: context.path('hashdeep.txt') },
    check({ stdout }) {
      const found = stdout.split('\n').filter((line) => /^\d+,[0-9a-f]{64},/.test(line)).length;
      if (found !== files) throw new Error(`hashdeep digested ${found} files of ${files}`);
    },
  };
  const samples = await alternate({ ours, hashdeep: peer }, context.quick ? 3 : 7);
  context.remove(dir);
  return {
    rows: [ratioRow(title, samples['ours'], { name: 'hashdeep', sample: samples['hashdeep'] }, limit)],
    commands: commandLines([ours.command, peer.command]),
    notes: [costNote('accession', samples['ours']), costNote('hashdeep', samples['hashdeep'])],
  };
}
