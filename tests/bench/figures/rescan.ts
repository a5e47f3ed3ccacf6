import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, findProgram, run, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult } from '../report.ts';

const NAME = 'rescan of unchanged files';
const LIMIT = 3;

/** A look at files that have not changed, against the cheapest look there is. */
export const rescan: Figure = {
  name: 'rescan',
  about: '100,000 unchanged files: rescan against find -printf',
  async measure(context: BenchContext): Promise<FigureResult> {
    const find = findProgram('find');
    if (find === undefined)
      return { rows: [notMeasured(NAME, LIMIT, 'ratio', 'find is not installed')], commands: [], notes: [] };
    const files = context.quick ? 20_000 : 100_000;
    const dir = context.collection('rescan', { files, bytesPerFile: 512, kind: 'mp3' });
    const archive = await context.freshArchive('rescan-archive');
    context.warm(dir);
    const taken = await run(context.accession(dir, archive));
    expectAccession(files)(taken);
    // A walk warms what a walk needs.
    const prepare = () => {
      context.warmNames(dir);
    };
    const ours: Contender = {
      prepare,
      command: context.holdfast('rescan', '--archive', archive, '--json'),
      check({ stdout }) {
        const { outcomes } = JSON.parse(stdout) as { outcomes: Record<string, number> };
        if (outcomes['unchanged'] !== files) throw new Error(`rescan saw ${JSON.stringify(outcomes)}`);
      },
    };
    const peer: Contender = {
      prepare,
      command: { argv: [find, dir, '-printf', '%s %T@ %C@ %i\\n'], stdout: context.path('find.txt') },
      check({ stdout }) {
        const found = stdout.split('\n').length - 1;
        if (found < files) throw new Error(`find listed ${found} names of ${files} files`);
      },
    };
    const samples = await alternate({ ours, find: peer }, context.quick ? 5 : 9);
    context.remove(archive);
    context.remove(dir);
    return {
      rows: [ratioRow(NAME, samples['ours'], { name: 'find', sample: samples['find'] }, LIMIT)],
      commands: commandLines([ours.command, peer.command]),
      notes: [
        ...(context.quick
          ? [`quick: ${files.toLocaleString('en')} files, of which starting takes a larger share`]
          : []),
        costNote('rescan', samples['ours']),
        costNote('find', samples['find']),
      ],
    };
  },
};
