import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, findProgram, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult } from '../report.ts';

const NAME = 'accession of large files';
const LIMIT = 0.6;

/** Files of 15 to 40 MB, more than 1 GB of them, against hashdeep with the digest alone. */
export const largeFiles: Figure = {
  name: 'large-files',
  about: '1.2 GB in files of 15 to 40 MB: accession against hashdeep',
  async measure(context: BenchContext): Promise<FigureResult> {
    const hashdeep = findProgram('hashdeep');
    if (hashdeep === undefined)
      return {
        rows: [notMeasured(NAME, LIMIT, 'ratio', 'hashdeep is not installed')],
        commands: [],
        notes: [],
      };
    const files = 42;
    const dir = context.collection('large', {
      files,
      bytesPerFile: { min: 15 << 20, max: 40 << 20 },
      kind: 'flac',
    });
    const archive = context.path('large-archive');
    const ours: Contender = {
      prepare: async () => {
        await context.freshArchive('large-archive');
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
      rows: [ratioRow(NAME, samples['ours'], { name: 'hashdeep', sample: samples['hashdeep'] }, LIMIT)],
      commands: commandLines([ours.command, peer.command]),
      notes: [costNote('accession', samples['ours']), costNote('hashdeep', samples['hashdeep'])],
    };
  },
};
