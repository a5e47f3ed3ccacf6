import { join } from 'node:path';
import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, findProgram, run, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult, type Row } from '../report.ts';

const BARE = 'audit, against two threads of bare SHA-256';
const HASHDEEP = 'audit, against hashdeep -a -k';
/** 80 % of the rate. */
const BARE_LIMIT = 1.25;
/** 2.5 times as fast. */
const HASHDEEP_LIMIT = 0.4;

/** More than 4 GB in the page cache: how near an audit comes to what two threads can digest at all, and to the peer that audits. */
export const audit: Figure = {
  name: 'audit',
  about:
    '4.2 GB in files of 15 to 40 MB: audit against two threads of bare SHA-256, and against hashdeep -a -k',
  async measure(context: BenchContext): Promise<FigureResult> {
    const files = context.quick ? 42 : 152;
    const dir = context.collection('audit', {
      files,
      bytesPerFile: { min: 15 << 20, max: 40 << 20 },
      kind: 'random',
    });
    const archive = await context.freshArchive('audit-archive');
    context.warm(dir);
    expectAccession(files)(await run(context.accession(dir, archive)));
    const prepare = (): void => {
      context.warm(dir);
    };
    const ours: Contender = {
      prepare,
      command: context.holdfast('audit', '--archive', archive, '--json'),
      check({ stdout }) {
        const { outcomes } = JSON.parse(stdout) as { outcomes: Record<string, number> };
        if (outcomes['intact'] !== files) throw new Error(`the audit saw ${JSON.stringify(outcomes)}`);
      },
    };
    const bare: Contender = {
      prepare,
      command: {
        argv: [process.execPath, join(import.meta.dirname, '../bare-digest.ts'), dir],
        stdout: context.path('bare.txt'),
      },
      check({ stdout }) {
        if (Number(stdout) !== files)
          throw new Error(`bare SHA-256 digested ${stdout.trim()} files of ${files}`);
      },
    };
    const hashdeep = findProgram('hashdeep');
    const peer = hashdeep === undefined ? undefined : await hashdeepAudit(context, hashdeep, dir, prepare);
    const samples = await alternate(
      peer === undefined ? { ours, bare } : { ours, bare, hashdeep: peer },
      context.quick ? 3 : 5,
    );
    context.remove(archive);
    context.remove(dir);
    const rows: Row[] = [
      ratioRow(BARE, samples['ours'], { name: 'bare', sample: samples['bare'] }, BARE_LIMIT),
      peer === undefined
        ? notMeasured(HASHDEEP, HASHDEEP_LIMIT, 'ratio', 'hashdeep is not installed')
        : ratioRow(
            HASHDEEP,
            samples['ours'],
            { name: 'hashdeep', sample: samples['hashdeep'] },
            HASHDEEP_LIMIT,
          ),
    ];
    return {
      rows,
      commands: commandLines([ours, bare, ...(peer ? [peer] : [])].map(({ command }) => command)),
      notes: Object.entries(samples).map(([name, sample]) => costNote(name, sample)),
    };
  },
};

/** With the file of known digests that hashdeep makes where nothing else is asked of it: MD5 and SHA-256. */
async function hashdeepAudit(
  context: BenchContext,
  hashdeep: string,
  dir: string,
  prepare: () => void,
): Promise<Contender> {
  const known = context.path('hashdeep.known');
  await run({ argv: [hashdeep, '-r', dir], stdout: known });
  return {
    prepare,
    command: { argv: [hashdeep, '-a', '-k', known, '-r', dir], stdout: context.path('hashdeep-audit.txt') },
    check({ stdout }) {
      if (!stdout.includes('Audit passed')) throw new Error(`hashdeep says: ${stdout.slice(0, 300)}`);
    },
  };
}
