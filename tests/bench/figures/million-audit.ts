import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BenchContext } from '../context.ts';
import { run, type Command } from '../measure.ts';
import { boundRow, commandLines, type FigureResult } from '../report.ts';

const MEMORY_MB = 300;
const RECORD_MB = 40;
const PLANNING_MS = 2_000;
/** Replicas to which the limits of the record and of planning apply. */
const MILLION = 1e6;

/** An audit of what `million-files` has taken into custody, while the files are there: its memory, its record, and what planning takes. */
export async function measureAudit(
  context: BenchContext,
  archive: string,
  replicas: number,
): Promise<FigureResult> {
  const name = `audit of ${replicas.toLocaleString('en')} replicas`;
  const words = ['audit', '--archive', archive, '--json'];
  const before = recordBytes(archive);
  const whole = context.holdfast(...words);
  const finished = await run(whole);
  const { outcomes } = JSON.parse(finished.stdout) as { outcomes: Record<string, number> };
  if (outcomes['intact'] !== replicas) throw new Error(`${name} saw ${JSON.stringify(outcomes)}`);
  const record = recordBytes(archive) - before;
  // It plans all of them and reads none: no file of this collection has as little as one byte.
  const planning: Command = { ...context.holdfast(...words, '--bytes', '1'), exitCodes: [1] };
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) times.push((await run(planning)).seconds * 1000);
  const share = replicas / MILLION;
  return {
    rows: [
      boundRow(`${name}: memory`, finished.peakMb, MEMORY_MB, 'MB', 'one round'),
      boundRow(`${name}: its record`, record / 1e6, RECORD_MB * share, 'MB', 'one round'),
      boundRow(
        `${name}: planning, a whole process`,
        Math.max(...times),
        PLANNING_MS * share,
        'ms',
        'slowest of three',
        times,
      ),
    ],
    commands: commandLines([whole, planning]),
    notes: [
      `${name}: ${finished.seconds.toFixed(1)} s, ${Math.round(replicas / finished.seconds).toLocaleString('en')} files a second; ` +
        `${(record / replicas).toFixed(1)} bytes of record a check`,
    ],
  };
}

/** Bytes of the pages in which outcomes stand. */
function recordBytes(archive: string): number {
  const db = new Database(join(archive, 'catalogue.sqlite'), { readonly: true });
  try {
    const { bytes } = db
      .prepare<[], { bytes: number | null }>(
        `SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = 'act_outcomes' AND aggregate = TRUE`,
      )
      .get() ?? { bytes: 0 };
    return bytes ?? 0;
  } finally {
    db.close();
  }
}
