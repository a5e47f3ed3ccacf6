import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { BenchContext, Figure } from '../context.ts';
import { alternate, type Contender, type Sample } from '../measure.ts';
import { boundRow, commandLines, costNote, ratioRow, type FigureResult } from '../report.ts';

/** 80 % of the rate. */
const LARGE_LIMIT = 1.25;
const SMALL_LIMIT = 1.5;
const MEMORY_MB = 300;

/**
 * Validation of bags, in the page cache: of large files against what two threads can digest at all, and of very many small ones
 * against `sha256sum -c` on the same manifest, which reads what is listed and nothing else.
 */
export const bags: Figure = {
  name: 'bags',
  about:
    '4.2 GB in files of 15 to 40 MB, and 100,000 files: bag validate against two threads of bare SHA-256, and sha256sum -c',
  async measure(context: BenchContext): Promise<FigureResult> {
    const rounds = context.quick ? 3 : 5;
    const large = makeBag(context, 'bag-of-large-files', {
      files: context.quick ? 42 : 152,
      bytesPerFile: { min: 15 << 20, max: 40 << 20 },
    });
    const bare: Contender = {
      prepare: () => context.warm(large.dir),
      command: {
        argv: [process.execPath, join(import.meta.dirname, '../bare-digest.ts'), join(large.dir, 'data')],
        stdout: context.path('bare.txt'),
      },
      check({ stdout }) {
        if (Number(stdout) !== large.files) throw new Error(`bare SHA-256 digested ${stdout.trim()} files`);
      },
    };
    const ours = validation(context, large);
    const ofLarge = await alternate({ ours, bare }, rounds);
    context.remove(large.dir);

    const small = makeBag(context, 'bag-of-small-files', {
      files: context.quick ? 20_000 : 100_000,
      bytesPerFile: { min: 500, max: 2500 },
    });
    const sums: Contender = {
      prepare: () => context.warm(small.dir),
      command: {
        argv: [
          '/bin/sh',
          '-c',
          'cd "$1" && sha256sum -c --quiet manifest-sha256.txt && echo whole',
          'sh',
          small.dir,
        ],
        stdout: context.path('sums.txt'),
      },
      check({ stdout }) {
        if (stdout.trim() !== 'whole') throw new Error(`sha256sum says: ${stdout.slice(0, 300)}`);
      },
    };
    const ourSmall = validation(context, small);
    const ofSmall = await alternate({ ours: ourSmall, sums }, rounds);
    context.remove(small.dir);

    return {
      rows: [
        ratioRow(
          'validation of a bag of large files',
          ofLarge['ours'],
          { name: 'bare', sample: ofLarge['bare'] },
          LARGE_LIMIT,
        ),
        ratioRow(
          `validation of a bag of ${small.files.toLocaleString('en')} files`,
          ofSmall['ours'],
          { name: 'sha256sum -c', sample: ofSmall['sums'] },
          SMALL_LIMIT,
        ),
        boundRow('memory of a validation', peak([ofLarge['ours'], ofSmall['ours']]), MEMORY_MB, 'MB', ''),
      ],
      commands: commandLines([ours.command, bare.command, ourSmall.command, sums.command]),
      notes: [
        costNote('bag of large files', ofLarge['ours']),
        costNote('bare', ofLarge['bare']),
        costNote('bag of small files', ofSmall['ours']),
        costNote('sha256sum -c', ofSmall['sums']),
      ],
    };
  },
};

interface MadeBag {
  readonly dir: string;
  readonly files: number;
}

/** A bag of 1.0 with one manifest, so that the peers make the same digests. */
function makeBag(
  context: BenchContext,
  name: string,
  made: { readonly files: number; readonly bytesPerFile: { readonly min: number; readonly max: number } },
): MadeBag {
  const payload = context.collection(`${name}-payload`, { ...made, kind: 'random' });
  const dir = `${payload}-bag`;
  mkdirSync(dir);
  renameSync(payload, join(dir, 'data'));
  const paths = readdirSync(join(dir, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const lines = paths.map((path) => `${sha256(readFileSync(path))}  ${relative(dir, path)}\n`);
  writeFileSync(join(dir, 'manifest-sha256.txt'), lines.join(''));
  writeFileSync(join(dir, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  return { dir, files: paths.length };
}

function validation(context: BenchContext, { dir, files }: MadeBag): Contender {
  return {
    prepare: () => context.warm(dir),
    command: context.holdfast('bag', 'validate', dir, '--json'),
    check({ stdout }) {
      const { bags: [bag] = [] } = JSON.parse(stdout) as { bags?: { verdict: string; verified: number }[] };
      if (bag?.verified !== files || !bag.verdict.startsWith('valid'))
        throw new Error(`the validation answered ${stdout.slice(0, 300)}`);
    },
  };
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function peak(samples: readonly (Sample | undefined)[]): number {
  return Math.max(...samples.flatMap((sample) => sample?.peakMb ?? []));
}
