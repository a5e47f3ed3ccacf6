/** An audit killed at any moment: what it said so far is so, nothing is touched, and the next run completes it. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { expectSound } from '../support/custodian.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals, readUntouched } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 2000;
/** Of each kind; together too few for a mass change. */
const DAMAGED = 3;
/** So slow that what was found is committed several times before the end. */
const SLOWLY = ['--read-limit', '1M'];
// Beside other work each start of the program takes seconds.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

function placeIn(dir: string) {
  return { archive: join(dir, 'archive'), shelf: join(dir, 'shelf') };
}

type Place = ReturnType<typeof placeIn>;

function run(...words: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = holdfast([...words, '--json']);
  expect([0, 1], `${words.join(' ')}: ${stdout}${stderr}`).toContain(status);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('an audit killed at any moment', () => {
  const origin = placeIn(sharedFolder());
  let span = 0;

  beforeAll(() => {
    const { archive, shelf } = origin;
    makeCollection({
      dir: shelf,
      files: FILES,
      bytesPerFile: { min: 1000, max: 6000 },
      kind: 'mixed',
      seed: 11,
    });
    run('init', archive, '--name', 'Killed');
    const terms = ['--title', 'T', '--rights-basis', 'other', '--source', 'S', '--acquired', 'A'];
    run('accession', shelf, ...terms, '--archive', archive);
    const files = readdirSync(shelf, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const [n, { parentPath, name }] of files.entries()) {
      const path = join(parentPath, name);
      if (n % 50 !== 7 || n >= 50 * 3 * DAMAGED) continue;
      if (n % 150 < 50) rmSync(path);
      else if (n % 150 < 100) truncateSync(path, 500);
      else appendFileSync(path, 'and more');
    }
    const place = copied(join(archive, '../whole'));
    const started = Date.now();
    expect(run('audit', ...SLOWLY, '--archive', place.archive)).toMatchObject({
      outcomes: { missing: DAMAGED },
    });
    span = Date.now() - started;
    rmSync(join(place.archive, '..'), { recursive: true });
  });

  /** Its location is re-linked, since the copy stands elsewhere. */
  function copied(dir: string): Place {
    const place = placeIn(dir);
    for (const name of ['archive', 'shelf'] as const)
      cpSync(origin[name], place[name], { recursive: true, preserveTimestamps: true });
    run('location', 'relink', 'shelf', place.shelf, '--archive', place.archive);
    return place;
  }

  /** Nothing is verified that is not what it should be, and nothing found that is. Returns how many were looked at. */
  function honest({ archive, shelf }: Place): number {
    const rows = rowsOf<{
      path: Buffer;
      name: Buffer;
      sha256: Buffer;
      outcome: string;
      verified: number;
      open: number;
    }>(
      join(archive, 'catalogue.sqlite'),
      `SELECT f.path, r.name, o.sha256, r.outcome, r.verified_at IS NOT NULL AS verified,
         (SELECT count(*) FROM findings n WHERE n.replica_id = r.id) AS open
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id`,
    );
    expect(rows).toHaveLength(FILES);
    for (const { path, name, sha256, outcome, verified, open } of rows) {
      const at = join(shelf, path.toString(), name.toString());
      const isGood = existsSync(at) && createHash('sha256').update(readUntouched(at)).digest().equals(sha256);
      if (outcome === 'not_checked') expect([verified, open]).toEqual([0, 0]);
      else expect([outcome === 'intact', verified, open]).toEqual(isGood ? [true, 1, 0] : [false, 0, 1]);
    }
    return rows.filter(({ outcome }) => outcome !== 'not_checked').length;
  }

  async function completes(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const asItWas = originals(place.shelf);
    const random = randomFrom(seed);
    const words = ['audit', ...SLOWLY, '--archive', place.archive, '--json'];
    let looked = 0;
    for (let kills = 0; kills < 3; kills += 1) {
      const running = startHoldfast(words);
      const exited = once(running, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      running.kill('SIGKILL');
      await exited;
      const now = honest(place);
      // What was said once stays said.
      expect(now).toBeGreaterThanOrEqual(looked);
      looked = now;
    }
    const last = run(...words.slice(0, -1));
    expect(last).toMatchObject({ run: { complete: true }, outcomes: { missing: DAMAGED } });
    const outcomes = last['outcomes'] as Readonly<Record<string, number>>;
    expect(outcomes['intact']).toBe(FILES - 3 * DAMAGED);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(FILES);
    expect(honest(place)).toBe(FILES);
    expect(originals(place.shelf)).toEqual(asItWas);
    const in_ = ['--archive', place.archive];
    expect(run('status', ...in_)).toMatchObject({ openJobs: 0, openFindings: 3 * DAMAGED });
    // Each run that ended has one event, over each file once.
    const runs = rowsOf<{ outcomes: number; files: number; events: number }>(
      join(place.archive, 'catalogue.sqlite'),
      `SELECT count(*) AS outcomes, count(DISTINCT x.replica_id) AS files,
         (SELECT count(*) FROM events e WHERE e.act_id = a.id) AS events
       FROM acts a JOIN act_outcomes x ON x.act_id = a.id WHERE a.kind = 'audit' GROUP BY a.id`,
    );
    expect(runs.length).toBeGreaterThan(0);
    for (const row of runs) expect(row).toEqual({ outcomes: FILES, files: FILES, events: 1 });
    expect(run('log', 'verify', ...in_)).toMatchObject({ ok: true });
    expectSound(place.archive);
  }

  for (const seed of [1, 2]) it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 3; seed <= 50; seed += 1)
      it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));
  });
});
