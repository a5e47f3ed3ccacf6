import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunk, fmt, wave } from '../../fixtures/make/riff.ts';
import { pcm, synthesise } from '../../fixtures/make/synth.ts';
import type { BenchContext, Figure } from '../context.ts';
import { alternate, findProgram, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult } from '../report.ts';

/** At least half the speed. */
const LIMIT = 2;
const NAME = 'deep check of FLAC';
const RATE = 44_100;
const SECONDS = 180;

/**
 * Stereo as the reference encoder packs it, so that its decoder works as it does on music: `inspect --deep`, which also digests each
 * file and its essence and checks its frames, against `flac -t` alone.
 */
export const deepFlac: Figure = {
  name: 'deep-flac',
  about: '20 FLAC of three minutes, encoded by flac: inspect --deep against flac -t',
  async measure(context: BenchContext): Promise<FigureResult> {
    const flac = findProgram('flac');
    if (flac === undefined)
      return { rows: [notMeasured(NAME, LIMIT, 'ratio', 'flac is not installed')], commands: [], notes: [] };
    const dir = context.path('deep-flac');
    const files = encode(flac, dir, context.quick ? 6 : 20);
    const ours: Contender = {
      prepare: () => {
        context.warm(dir);
      },
      command: context.holdfast('inspect', '--deep', dir, '--json'),
      check({ stdout }) {
        const { rows } = JSON.parse(stdout) as { rows: { verdict: string; proofs: string[] }[] };
        const proved = rows.filter(
          ({ verdict, proofs }) =>
            verdict === 'intact' && proofs.some((proof) => proof.startsWith('MD5 of the decoded samples')),
        );
        if (proved.length !== files.length)
          throw new Error(`${proved.length} of ${files.length} were proved: ${stdout.slice(0, 500)}`);
      },
    };
    const peer: Contender = {
      prepare: () => {
        context.warm(dir);
      },
      command: { argv: [flac, '-t', '-s', ...files], stdout: context.path('flac.txt') },
      check() {
        // Its exit code says it.
      },
    };
    const samples = await alternate({ ours, flac: peer }, context.quick ? 3 : 5);
    context.remove(dir);
    return {
      rows: [ratioRow(NAME, samples['ours'], { name: 'flac -t', sample: samples['flac'] }, LIMIT)],
      commands: commandLines([
        ours.command,
        { ...peer.command, argv: [flac, '-t', '-s', join(dir, '*.flac')] },
      ]),
      notes: [costNote('inspect --deep', samples['ours']), costNote('flac -t', samples['flac'])],
    };
  },
};

/** The same tones under a hiss of another loudness each, which is what takes the room in a recording. */
function encode(flac: string, dir: string, count: number): string[] {
  mkdirSync(dir, { recursive: true });
  const notes = Array.from({ length: SECONDS * 2 }, (_, index) => ({
    at: index / 2,
    length: 1,
    pitch: 45 + ((index * 7) % 36),
    gain: 0.3,
  }));
  return Array.from({ length: count }, (_, index) => {
    const sound = { rate: RATE, seconds: SECONDS, notes, voice: 'pluck', hiss: 0.001 * (1 + index) } as const;
    const samples = pcm(synthesise(sound), 2, 16);
    const source = join(dir, `${index}.wav`);
    const file = join(dir, `${index}.flac`);
    writeFileSync(
      source,
      wave([chunk('fmt ', fmt({ tag: 1, rate: RATE, channels: 2, bits: 16 })), chunk('data', samples)]),
    );
    execFileSync(flac, ['--silent', '--output-name', file, source]);
    rmSync(source);
    return file;
  });
}
