/** Accepting a change in a sealed bag, killed at any moment: nothing is lost, nothing is said that is not so, and the next run completes it. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { expectSound } from '../support/custodian.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals, readUntouched } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 400;
const CHANGED = 12;
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

function accepting({ archive }: Place): string[] {
  return ['findings', 'resolve', '--all', '--as', 'accept', '--reason', 'R', '--archive', archive, '--json'];
}

/** Every file below a folder, by its name there: content, inode and times. */
function inside(folder: string): string[] {
  return originals(folder).map((line) => line.replace(folder, ''));
}

describe('a bag that succeeds another, killed at any moment of its making', () => {
  const origin = placeIn(sharedFolder());
  let span = 0;

  beforeAll(() => {
    const { archive, vault } = origin;
    const in_ = ['--archive', archive];
    const tapes = join(archive, '../tapes');
    makeCollection({
      dir: tapes,
      files: FILES,
      bytesPerFile: { min: 2000, max: 60_000 },
      kind: 'mixed',
      seed: 9,
    });
    run('init', archive, '--name', 'Killed');
    run('location', 'add', vault, '--name', 'Vault', '--writes', 'managed', ...in_);
    const terms = ['--title', 'T', '--rights-basis', 'other', '--source', 'S', '--acquired', 'A'];
    run('accession', tapes, '--to', 'Vault', ...terms, ...in_);
    rmSync(tapes, { recursive: true });
    const [bag = ''] = bagsIn(vault);
    const files = readdirSync(join(bag, 'data'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of files.slice(0, CHANGED))
      appendFileSync(join(parentPath, name), 'changed on purpose');
    run('audit', ...in_);
    const place = copied(join(archive, '../whole'));
    const started = Date.now();
    expect(JSON.parse(holdfast(accepting(place)).stdout)).toMatchObject({ done: CHANGED, refusedTotal: 0 });
    span = Date.now() - started;
    rmSync(join(place.archive, '..'), { recursive: true });
  });

  /** Its location is re-linked, since the copy stands elsewhere. */
  function copied(dir: string): Place {
    const place = placeIn(dir);
    for (const name of ['archive', 'vault'] as const)
      cpSync(origin[name], place[name], { recursive: true, preserveTimestamps: true });
    run('location', 'relink', 'Vault', place.vault, '--archive', place.archive);
    return place;
  }

  /** Whatever is expected stands where it is expected; only what waits for a decision holds something else. */
  function honest({ archive, vault }: Place): void {
    const rows = rowsOf<{ path: Buffer; name: Buffer; sha256: Buffer; open: number }>(
      join(archive, 'catalogue.sqlite'),
      `SELECT f.path, r.name, o.sha256, EXISTS (SELECT 1 FROM findings n WHERE n.replica_id = r.id AND n.resolved_at IS NULL) AS open
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id`,
    );
    expect(rows).toHaveLength(FILES);
    for (const { path, name, sha256, open } of rows) {
      const bytes = readUntouched(join(vault, path.toString(), name.toString()));
      expect(createHash('sha256').update(bytes).digest().equals(sha256)).toBe(open === 0);
    }
    // A successor that stands in its place is whole, whether it is recorded yet or not.
    for (const bag of bagsIn(vault).slice(1)) sha256sum(bag);
  }

  async function completes(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const [before = ''] = bagsIn(place.vault);
    const asItWas = inside(before);
    const random = randomFrom(seed);
    for (let kills = 0; kills < 3; kills += 1) {
      const running = startHoldfast(accepting(place));
      const exited = once(running, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      running.kill('SIGKILL');
      await exited;
      expect(inside(before)).toEqual(asItWas);
      honest(place);
    }
    // A killed run that had come to its end leaves the last one nothing to do.
    const last = JSON.parse(holdfast(accepting(place)).stdout) as { readonly done: number };
    expect(last).toMatchObject({ done: last.done === 0 ? 0 : CHANGED, refusedTotal: 0 });
    honest(place);
    expect(inside(before)).toEqual(asItWas);
    expect(bagsIn(place.vault)).toEqual([before, `${before}-s2`]);
    const catalogue = join(place.archive, 'catalogue.sqlite');
    expect(
      rowsOf(
        catalogue,
        `SELECT a.kind, x.outcome, count(*) AS n FROM act_outcomes x JOIN acts a ON a.id = x.act_id
         WHERE a.kind IN ('resolution', 'succession') GROUP BY 1, 2 ORDER BY 1`,
      ),
    ).toEqual([
      { kind: 'resolution', outcome: 'accepted', n: CHANGED },
      { kind: 'succession', outcome: 'repackaged', n: FILES },
    ]);
    expect(
      rowsOf(
        catalogue,
        'SELECT (SELECT count(*) FROM staged_files) + (SELECT count(*) FROM staged_bags) AS n',
      ),
    ).toEqual([{ n: 0 }]);
    const in_ = ['--archive', place.archive];
    expect(run('status', ...in_)).toMatchObject({
      openJobs: 0,
      openFindings: 0,
      byOutcome: { intact: FILES },
    });
    expect(run('rescan', ...in_)).toMatchObject({ outcomes: { unchanged: FILES, untracked: 0, gone: 0 } });
    expect(run('audit', ...in_)).toMatchObject({ outcomes: { intact: FILES } });
    expect(run('log', 'verify', ...in_)).toMatchObject({ ok: true });
    const staging = readdirSync(join(place.vault, '.holdfast/staging'), { recursive: true }).map(String);
    expect(staging.filter((path) => path.split('/').length > 2)).toEqual([]);
    expectSound(place.archive);
  }

  /** Either all of it is done by then, or none of it will be. */
  async function isCalledOff(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const [before = ''] = bagsIn(place.vault);
    const asItWas = inside(before);
    const running = startHoldfast(accepting(place));
    const exited = once(running, 'exit');
    const ended = await Promise.race([exited, delay(randomFrom(seed)() * span).then(() => undefined)]);
    if (ended === undefined) {
      running.kill('SIGKILL');
      await exited;
    }
    const in_ = ['--archive', place.archive];
    const { rows } = run('jobs', 'list', ...in_) as { rows: { id: string; kind: string; state: string }[] };
    for (const { id } of rows.filter(({ kind, state }) => kind === 'resolution' && state !== 'done'))
      run('jobs', 'cancel', id, ...in_);
    honest(place);
    expect(inside(before)).toEqual(asItWas);
    const open = bagsIn(place.vault).length === 1 ? CHANGED : 0;
    expect(run('status', ...in_)).toMatchObject({ openJobs: 0, openFindings: open, replicas: FILES });
    expect(run('rescan', ...in_)).toMatchObject({ outcomes: { untracked: 0, gone: 0 } });
    expect(run('log', 'verify', ...in_)).toMatchObject({ ok: true });
    const staging = readdirSync(join(place.vault, '.holdfast/staging'), { recursive: true }).map(String);
    expect(staging.filter((path) => path.split('/').length > 2)).toEqual([]);
    expectSound(place.archive);
  }

  for (const seed of [1, 2, 3])
    it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));

  for (const seed of [51, 52])
    it(`is all or nothing when it is called off then (seed ${String(seed)})`, () => isCalledOff(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 53; seed <= 60; seed += 1)
      it(`is all or nothing when it is called off then (seed ${String(seed)})`, () => isCalledOff(seed));
    for (let seed = 4; seed <= 50; seed += 1)
      it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));
  });
});
