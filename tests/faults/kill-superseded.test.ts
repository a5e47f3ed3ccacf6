/** Removing a bag that another succeeded, killed at any moment: nothing else goes, nothing is said that is not so, and the next run completes it. */
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { expectSound } from '../support/custodian.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 800;
// Beside other work each start of the program takes seconds.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

function placeIn(dir: string) {
  return { archive: join(dir, 'archive'), vault: join(dir, 'vault') };
}

type Place = ReturnType<typeof placeIn>;

function run(...words: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = holdfast([...words, '--json']);
  expect([0, 1], `${words.join(' ')}: ${stdout}${stderr}`).toContain(status);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function removing({ archive }: Place): string[] {
  const said = ['--reason', 'R', '--agent', 'Ada Kettle', '--second-agent', 'Jo Miller', '--yes', '--json'];
  return ['delete', 'acc-1', '--superseded', '--archive', archive, ...said];
}

describe('the removal of a superseded bag, killed at any moment', () => {
  const origin = placeIn(sharedFolder());
  let span = 0;

  beforeAll(() => {
    const { archive, vault } = origin;
    const in_ = ['--archive', archive];
    const tapes = join(archive, '../tapes');
    makeCollection({
      dir: tapes,
      files: FILES,
      bytesPerFile: { min: 2000, max: 6000 },
      kind: 'mixed',
      seed: 9,
    });
    run('init', archive, '--name', 'Killed');
    run('location', 'add', vault, '--name', 'Vault', '--writes', 'managed', ...in_);
    const terms = ['--title', 'T', '--rights-basis', 'other', '--source', 'S', '--acquired', 'A'];
    run('accession', tapes, '--to', 'Vault', ...terms, ...in_);
    const [bag = ''] = bagsIn(vault);
    const files = readdirSync(join(bag, 'data'), { recursive: true, withFileTypes: true });
    const file = files.find((entry) => entry.isFile());
    appendFileSync(join(file?.parentPath ?? '', file?.name ?? ''), 'changed on purpose');
    run('audit', ...in_);
    run('findings', 'resolve', '--all', '--as', 'accept', '--reason', 'R', ...in_);
    const place = copied(join(archive, '../whole'));
    const started = Date.now();
    expect(JSON.parse(holdfast(removing(place)).stdout)).toMatchObject({ complete: true });
    span = Date.now() - started;
  });

  /** Its location is re-linked, since the copy stands elsewhere. */
  function copied(dir: string): Place {
    const place = placeIn(dir);
    for (const name of ['archive', 'vault'] as const)
      cpSync(origin[name], place[name], { recursive: true, preserveTimestamps: true });
    run('location', 'relink', 'Vault', place.vault, '--archive', place.archive);
    return place;
  }

  /** Nothing is called deleted that stands, and nothing has gone whose removal was not begun. */
  function honest({ archive }: Place, bag: string): void {
    const [row] = rowsOf<{ gone: number; begun: number }>(
      join(archive, 'catalogue.sqlite'),
      `SELECT deleted_at IS NOT NULL AS gone,
         EXISTS (SELECT 1 FROM acts a, json_each(a.tally, '$.begun') j WHERE j.value = bags.id) AS begun FROM bags WHERE id = 1`,
    );
    if (existsSync(bag)) expect(row?.gone).toBe(0);
    else expect((row?.gone ?? 0) + (row?.begun ?? 0)).toBeGreaterThan(0);
  }

  async function completes(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const [before = '', successor = ''] = bagsIn(place.vault);
    const kept = originals(successor);
    const random = randomFrom(seed);
    for (let kills = 0; kills < 3; kills += 1) {
      const running = startHoldfast(removing(place));
      const exited = once(running, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      running.kill('SIGKILL');
      await exited;
      expect(originals(successor)).toEqual(kept);
      honest(place, before);
    }
    // A killed run that had come to its end leaves the last one nothing to do.
    const last = JSON.parse(holdfast(removing(place)).stdout) as { error?: { message: string } };
    if (last.error === undefined) expect(last).toMatchObject({ complete: true });
    else expect(last.error.message).toMatch(/that was succeeded stands anywhere/);
    expect(bagsIn(place.vault)).toEqual([successor]);
    expect(originals(successor)).toEqual(kept);
    sha256sum(successor);
    const staging = readdirSync(join(place.vault, '.holdfast/staging'), { recursive: true }).map(String);
    expect(staging.filter((path) => path.split('/').length > 2)).toEqual([]);
    const catalogue = join(place.archive, 'catalogue.sqlite');
    expect(rowsOf(catalogue, `SELECT count(*) AS events FROM events WHERE type = 'deletion'`)).toEqual([
      { events: 1 },
    ]);
    const in_ = ['--archive', place.archive];
    expect(run('status', ...in_)).toMatchObject({ openJobs: 0, openFindings: 0, replicas: FILES });
    expect(run('rescan', ...in_)).toMatchObject({ outcomes: { changed: 0, untracked: 0, gone: 0 } });
    expect(run('log', 'verify', ...in_)).toMatchObject({ ok: true });
    expectSound(place.archive);
  }

  for (const seed of [1, 2, 3])
    it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 4; seed <= 50; seed += 1)
      it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));
  });
});
