import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, type Contender } from '../measure.ts';
import { commandLines, costNote, ratioRow, type FigureResult } from '../report.ts';

const NAME = 'deposit of large files';
const LIMIT = 1.5;

/** Copying into a managed location, read back and compared, against what a careful person types. */
export const deposit: Figure = {
  name: 'deposit',
  about: '2.2 GB in files of 15 to 40 MB: accession --to against cp, sync and sha256sum of the copy',
  async measure(context: BenchContext): Promise<FigureResult> {
    const files = context.quick ? 20 : 80;
    const dir = context.collection('deposit', {
      files,
      bytesPerFile: { min: 15 << 20, max: 40 << 20 },
      kind: 'flac',
    });
    const archive = context.path('deposit-archive');
    const store = context.path('deposit-store');
    const copy = context.path('deposit-copy');
    const ours: Contender = {
      prepare: async () => {
        for (const path of [store, copy]) context.remove(path);
        await context.freshArchive('deposit-archive');
        await context.managed(archive, store, 'Deep');
        context.settle();
        context.warm(dir);
      },
      command: context.accession(dir, archive, '--to', 'Deep'),
      check: expectAccession(files),
    };
    const script = 'cp -r "$1" "$2" && sync && find "$2" -type f -exec sha256sum {} +';
    const peer: Contender = {
      prepare: () => {
        for (const path of [store, copy]) context.remove(path);
        context.settle();
        context.warm(dir);
      },
      command: { argv: ['/bin/sh', '-c', script, 'sh', dir, copy], stdout: context.path('copy.txt') },
      check({ stdout }) {
        const found = stdout.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line)).length;
        if (found !== files) throw new Error(`sha256sum read ${found} files of ${files}`);
      },
    };
    const samples = await alternate({ ours, peer }, context.quick ? 3 : 5);
    for (const path of [store, copy, archive, dir]) context.remove(path);
    return {
      rows: [
        ratioRow(NAME, samples['ours'], { name: 'cp, sync, sha256sum', sample: samples['peer'] }, LIMIT),
      ],
      commands: commandLines([ours.command, peer.command]),
      notes: [costNote('deposit', samples['ours']), costNote('cp, sync, sha256sum', samples['peer'])],
    };
  },
};
