import { join } from 'node:path';
import { makeVault } from '../../fixtures/generate/vault.ts';
import { archiveFolder } from '../../support/rebuilt.ts';
import type { BenchContext, Figure } from '../context.ts';
import { emptySample, median, run, spread, take, type Finished } from '../measure.ts';
import { boundRow, commandLines, costNote, percent, type FigureResult } from '../report.ts';

const ACCESSIONS = 1_000;
const REPLICAS = 100_000;
const LIMIT_MS = 60_000;

/** What a lost catalogue costs: from its snapshot, and from supplements where no snapshot can be used. No payload is read. */
export const rebuild: Figure = {
  name: 'rebuild',
  about: 'a catalogue of 1,000 accessions and 100,000 replicas, from a managed location',
  async measure(context: BenchContext): Promise<FigureResult> {
    const share = context.quick ? 10 : 1;
    const [accessions, replicas] = [ACCESSIONS / share, REPLICAS / share];
    const vault = context.path('vault');
    context.say(
      `making a managed location of ${accessions} accessions and ${replicas.toLocaleString('en')} files in ${vault}`,
    );
    await makeVault({ root: vault, accessions, replicas });
    const archive = context.path('rebuilt');
    const command = context.holdfast('rebuild', archive, '--from', vault, '--json');
    const rows = [];
    const notes = [];
    for (const from of ['snapshot', 'supplements'] as const) {
      if (from === 'supplements') context.remove(join(archiveFolder(vault), 'snapshots'));
      const sample = emptySample();
      for (let round = 0; round < 3; round++) {
        context.remove(archive);
        const finished = await run(command);
        expectRebuilt(finished, accessions, replicas, from);
        take(sample, finished);
      }
      const times = sample.seconds.map((seconds) => seconds * 1000);
      rows.push(
        boundRow(
          `rebuild from ${from}`,
          median(times),
          LIMIT_MS / share,
          'ms',
          percent(spread(times)),
          times,
        ),
      );
      notes.push(costNote(`rebuild from ${from}`, sample));
    }
    context.remove(archive);
    context.remove(vault);
    if (context.quick)
      notes.push(`quick: ${replicas.toLocaleString('en')} replicas, the limit in proportion`);
    return { rows, commands: commandLines([command]), notes };
  },
};

function expectRebuilt({ stdout }: Finished, accessions: number, replicas: number, from: string): void {
  const answer = JSON.parse(stdout) as Record<'accessions' | 'replicas' | 'problemsTotal', number> & {
    snapshot: unknown;
  };
  const isRight =
    answer.accessions === accessions && answer.replicas === replicas && answer.problemsTotal === 0;
  if (!isRight || (answer.snapshot === null) !== (from === 'supplements'))
    throw new Error(
      `the rebuild from ${from} should have made ${replicas} replicas: ${stdout.slice(0, 500)}`,
    );
}
