import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { makeDroppings } from '../fixtures/generate/droppings.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { dumpCatalogue } from '../support/catalogue-dump.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 2500;

function accession(folder: string, archive: string): string[] {
  const terms = ['--title', 'Tapes', '--rights-basis', 'license', '--source', 'S', '--acquired', 'A'];
  return ['accession', folder, '--archive', archive, ...terms, '--json'];
}

/** Kills the accession at a random moment, as often as it takes, and then lets it finish. Returns how often it was killed. */
async function killUntilDone(folder: string, archive: string, seed: number, span: number): Promise<number> {
  const random = randomFrom(seed);
  let kills = 0;
  for (; kills < 3; kills += 1) {
    const process = startHoldfast(accession(folder, archive));
    const exited = once(process, 'exit');
    const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
    if (ended !== undefined) break;
    process.kill('SIGKILL');
    await exited;
  }
  return kills;
}

/** A few lines that only one side has: enough to understand, and no more. */
function difference(found: readonly string[], expected: readonly string[]): string[] {
  const [a, b] = [new Set(found), new Set(expected)];
  const lost = expected.filter((line) => !a.has(line)).map((line) => `- ${line}`);
  const extra = found.filter((line) => !b.has(line)).map((line) => `+ ${line}`);
  const length =
    found.length === expected.length ? [] : [`${String(found.length)} lines, not ${String(expected.length)}`];
  return [...length, ...lost.slice(0, 5), ...extra.slice(0, 5)];
}

describe('an accession killed at any moment', () => {
  const shared = sharedFolder();
  const collection = join(shared, 'tapes');
  let reference: Record<string, string[]> = {};
  let span = 0;
  let untouched: string[] = [];

  beforeAll(() => {
    makeCollection({
      dir: collection,
      files: FILES,
      bytesPerFile: { min: 2000, max: 40_000 },
      kind: 'mixed',
      seed: 3,
    });
    makeDroppings(collection);
    untouched = originals(collection);
    const archive = join(shared, 'never-killed');
    expect(holdfast(['init', archive, '--name', 'Reference']).status).toBe(0);
    const started = Date.now();
    const ran = holdfast(accession(collection, archive));
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    span = Date.now() - started;
    reference = dumpCatalogue(join(archive, 'catalogue.sqlite'));
    expect(reference['replicas']?.length).toBeGreaterThanOrEqual(FILES);
  });

  async function resumesToTheSame(seed: number): Promise<void> {
    const archive = join(tempFolder(), 'archive');
    expect(holdfast(['init', archive, '--name', 'Killed']).status).toBe(0);
    const kills = await killUntilDone(collection, archive, seed, span * 0.8);
    const last = holdfast(accession(collection, archive));
    expect(last.status, `after ${String(kills)} kills: ${last.stdout}${last.stderr}`).toBe(0);
    const dump = dumpCatalogue(join(archive, 'catalogue.sqlite'));
    for (const [table, rows] of Object.entries(reference)) {
      // A killed run that had finished leaves the last one an empty accrual of its own.
      if (table === 'accruals') continue;
      expect(difference(dump[table] ?? [], rows), table).toEqual([]);
    }
    const log = holdfast(['log', 'verify', '--archive', archive, '--json']);
    expect(JSON.parse(log.stdout)).toMatchObject({ ok: true });
    expect(difference(originals(collection), untouched)).toEqual([]);
  }

  for (const seed of [1, 2, 3]) {
    it(`ends with the catalogue of a run that was never killed (seed ${String(seed)})`, () =>
      resumesToTheSame(seed));
  }

  describeLong('all fifty moments', () => {
    for (let seed = 4; seed <= 50; seed += 1) {
      it(`ends with the catalogue of a run that was never killed (seed ${String(seed)})`, () =>
        resumesToTheSame(seed));
    }
  });
});
